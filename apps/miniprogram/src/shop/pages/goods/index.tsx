import type { goods } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { open } from '../../../shared/go.ts'
import { checkoutPath, goodsOf, goodsPath, tabs } from '../../../shared/paths.ts'
import { pause } from '../../../shared/pause.ts'
import { BarItem, BottomBar } from '../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Picture } from '../../../shared/ui/picture.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Content } from '../../../shared/ui/states.tsx'
import { Stepper } from '../../../shared/ui/stepper.tsx'
import { useBusy } from '../../../shared/use-busy.ts'
import { countOf, MAX_QUANTITY } from '../../cart.ts'
import { useGoods } from '../../goods-list.ts'
import { addToCart, useCart } from '../../use-cart.ts'
import style from './index.module.scss'

/** The second tap of a double tap puts nothing more into the cart. */
const DOUBLE_TAP_MS = 500

/** Opens cold from a share card or a poster's code. */
export default function GoodsPage() {
  const id = goodsOf(useRouter().params)
  const one = useGoods(id)
  useShareAppMessage(() => ({
    title: one.value?.name ?? '收银体育馆',
    path: goodsPath(id),
    ...(one.value && { imageUrl: one.value.imageUrl }),
  }))
  return (
    <Page>
      <Content of={one} skeleton={<Skeleton shape="page" />}>
        {(value) => <Details one={value} />}
      </Content>
    </Page>
  )
}

function Details({ one }: { one: goods.Goods }) {
  const [quantity, setQuantity] = useState(1)
  const inCart = countOf(useCart())
  const add = useBusy(async () => {
    addToCart(one.id, quantity)
    await pause(DOUBLE_TAP_MS)
  })
  return (
    <>
      <Picture url={one.imageUrl} name={one.name} size="page" />
      <View className={style.part}>
        <Price fen={one.priceFen} size="large" />
        <View className={style.name} ariaRole="heading">
          {one.name}
        </View>
        <View className={style.description}>{one.description}</View>
      </View>
      <View className={`${style.part} ${style.quantity}`}>
        <Text>{one.kind === 'service' ? '份数' : '数量'}</Text>
        <Stepper name={one.name} value={quantity} min={1} max={MAX_QUANTITY} onChange={setQuantity} />
      </View>
      <BottomBar>
        <BarItem>
          <Button
            id="cart"
            kind="plain"
            ariaLabel={`去购物车，里面有 ${inCart} 件`}
            onTap={() => switchTab({ url: tabs.cart })}
          >
            {inCart > 0 ? `购物车 ${inCart}` : '购物车'}
          </Button>
        </BarItem>
        <BarItem>
          <Button id="add" kind="plain" onTap={add.run}>
            加入购物车
          </Button>
        </BarItem>
        <BarItem main>
          <Button id="buy" onTap={() => open(checkoutPath({ goodsId: one.id, quantity }))}>
            立即购买
          </Button>
        </BarItem>
      </BottomBar>
    </>
  )
}
