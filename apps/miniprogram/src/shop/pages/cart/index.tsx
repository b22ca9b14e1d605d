import type { goods } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab, useDidShow } from '@tarojs/taro'
import { open } from '../../../shared/go.ts'
import { checkoutPath, goodsPath, tabs } from '../../../shared/paths.ts'
import { BarItem, BottomBar } from '../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Card } from '../../../shared/ui/card.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../shared/ui/states.tsx'
import { Stepper } from '../../../shared/ui/stepper.tsx'
import { confirm } from '../../../shared/wechat.ts'
import { type Cart, countOf, MAX_QUANTITY, type PricedLine, priceCart } from '../../cart.ts'
import { useGoodsOf } from '../../goods-list.ts'
import { setQuantity, showCartCount, useCart } from '../../use-cart.ts'
import style from './index.module.scss'

export default function CartPage() {
  const cart = useCart()
  const onSale = useGoodsOf(cart)
  useDidShow(() => {
    showCartCount()
    onSale.reload()
  })
  return (
    <Page>
      {cart.length === 0 ? (
        <Empty title="购物车是空的" hint="挑点喜欢的装备，或者订一节课">
          <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
        </Empty>
      ) : (
        <Content of={onSale} skeleton={<Skeleton shape="goods" count={cart.length} />}>
          {({ goods: all }) => <Lines cart={cart} onSale={all} />}
        </Content>
      )}
    </Page>
  )
}

function Lines({ cart, onSale }: { cart: Cart; onSale: goods.Goods[] }) {
  const { lines, gone, totalFen } = priceCart(cart, onSale)
  return (
    <>
      <View className={style.lines}>
        {lines.map((line) => (
          <Line key={line.goods.id} line={line} />
        ))}
        {gone.map(({ goodsId }) => (
          <Gone key={goodsId} goodsId={goodsId} />
        ))}
      </View>
      <BottomBar>
        <BarItem>
          <View className={style.total} ariaLive="polite">
            <Text className={style.label}>合计</Text>
            <Price fen={totalFen} size="large" />
          </View>
        </BarItem>
        <BarItem>
          <Button id="checkout" disabled={lines.length === 0} onTap={() => open(checkoutPath())}>
            {`结算 ${countOf(cart) - countOf(gone)} 件`}
          </Button>
        </BarItem>
      </BottomBar>
    </>
  )
}

function Line({ line: { goods: one, quantity } }: { line: PricedLine<goods.Goods> }) {
  const change = async (next: number) => {
    const question = { title: '移出购物车？', content: one.name, yes: '移出', no: '留着' }
    if (next > 0 || (await confirm(question))) setQuantity(one.id, next)
  }
  return (
    <Card>
      <GoodsRow
        name={one.name}
        note={one.description}
        imageUrl={one.imageUrl}
        priceFen={one.priceFen}
        onTap={() => open(goodsPath(one.id))}
      >
        <View className={style.stepper}>
          <Stepper name={one.name} value={quantity} min={0} max={MAX_QUANTITY} onChange={change} />
        </View>
      </GoodsRow>
    </Card>
  )
}

function Gone({ goodsId }: { goodsId: string }) {
  return (
    <Card>
      <View className={style.gone}>
        <Text>有一件商品已经下架</Text>
        <View>
          <Button kind="quiet" ariaLabel="移除下架的商品" onTap={() => setQuantity(goodsId, 0)}>
            移除
          </Button>
        </View>
      </View>
    </Card>
  )
}
