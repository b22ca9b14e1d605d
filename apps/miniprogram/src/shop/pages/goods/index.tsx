import { goods } from '@shouyin/contracts/shopper'
import { Image, Text, View } from '@tarojs/components'
import { switchTab, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { goodsPath, tabs } from '../../../shared/paths.ts'
import { BottomBar } from '../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import { Failure, Skeleton } from '../../../shared/ui/states.tsx'
import { Stepper } from '../../../shared/ui/stepper.tsx'
import { useBusy } from '../../../shared/use-busy.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { countOf, MAX_QUANTITY } from '../../cart.ts'
import { addToCart, useCart } from '../../use-cart.ts'
import style from './index.module.scss'

/** The second tap of a double tap puts nothing more into the cart. */
const DOUBLE_TAP_MS = 500

/** Opens cold from a share card: it needs nothing but `?id=`. */
export default function GoodsPage() {
  const { id = '' } = useRouter().params
  const one = useLoad(() => api.call(goods.getGoods, { id }))
  useShareAppMessage(() => ({
    title: one.value?.name ?? '收银体育馆',
    path: goodsPath(id),
    ...(one.value && { imageUrl: one.value.imageUrl }),
  }))

  if (one.state === 'loading') return <Skeleton rows={2} />
  if (one.state === 'failed') return <Failure error={one.error} onRetry={one.reload} />
  return <Details one={one.value} />
}

function Details({ one }: { one: goods.Goods }) {
  const [quantity, setQuantity] = useState(1)
  const inCart = countOf(useCart())
  const add = useBusy(async () => {
    addToCart(one.id, quantity)
    await new Promise((resolve) => setTimeout(resolve, DOUBLE_TAP_MS))
  })
  return (
    <View>
      <Image className={style.picture} src={one.imageUrl} mode="aspectFill" />
      <View className={style.card}>
        <Price fen={one.priceFen} size="large" />
        <Text className={style.name}>{one.name}</Text>
        <Text className={style.description}>{one.description}</Text>
      </View>
      <View className={`${style.card} ${style.quantity}`}>
        <Text>{one.kind === 'service' ? '份数' : '数量'}</Text>
        <Stepper value={quantity} min={1} max={MAX_QUANTITY} onChange={setQuantity} />
      </View>
      <BottomBar>
        <View className={style.cart}>
          <Button id="cart" kind="plain" onTap={() => switchTab({ url: tabs.cart })}>
            {inCart > 0 ? `购物车 ${inCart}` : '购物车'}
          </Button>
        </View>
        <View className={style.add}>
          <Button id="add" onTap={add.run}>
            加入购物车
          </Button>
        </View>
      </BottomBar>
    </View>
  )
}
