import { goods } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab, useDidShow } from '@tarojs/taro'
import { api } from '../../../shared/api.ts'
import { open } from '../../../shared/go.ts'
import { checkoutPath, goodsPath, tabs } from '../../../shared/paths.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import { Empty, Failure, Skeleton } from '../../../shared/ui/states.tsx'
import { Stepper } from '../../../shared/ui/stepper.tsx'
import { useLoad } from '../../../shared/use-load.ts'
import { confirm } from '../../../shared/wechat.ts'
import { type Cart, countOf, MAX_QUANTITY, type PricedLine, priceCart } from '../../cart.ts'
import { setQuantity, showCartCount, useCart } from '../../use-cart.ts'
import style from './index.module.scss'

export default function CartPage() {
  const cart = useCart()
  const onSale = useLoad(() => api.call(goods.listGoods, {}))
  useDidShow(() => {
    showCartCount()
    onSale.reload()
  })

  if (cart.length === 0)
    return (
      <Empty title="购物车是空的" hint="挑点喜欢的装备，或者订一节课">
        <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
      </Empty>
    )
  if (onSale.state === 'loading') return <Skeleton rows={cart.length} />
  if (onSale.state === 'failed') return <Failure error={onSale.error} onRetry={onSale.reload} />
  return <Lines cart={cart} onSale={onSale.value.goods} />
}

function Lines({ cart, onSale }: { cart: Cart; onSale: goods.Goods[] }) {
  const { lines, gone, totalFen } = priceCart(cart, onSale)
  return (
    <View className={style.page}>
      {lines.map((line) => (
        <Line key={line.goods.id} line={line} />
      ))}
      {gone.map(({ goodsId }) => (
        <View key={goodsId} className={`${style.card} ${style.gone}`}>
          <Text>有一件商品已经下架</Text>
          <View className={style.remove}>
            <Button kind="quiet" onTap={() => setQuantity(goodsId, 0)}>
              移除
            </Button>
          </View>
        </View>
      ))}
      <View className={style.bar}>
        <View className={style.total}>
          <Text className={style.label}>合计</Text>
          <Price fen={totalFen} size="large" />
        </View>
        <View className={style.go}>
          <Button id="checkout" disabled={lines.length === 0} onTap={() => open(checkoutPath)}>
            {`结算 ${countOf(cart) - countOf(gone)} 件`}
          </Button>
        </View>
      </View>
    </View>
  )
}

function Line({ line: { goods: one, quantity } }: { line: PricedLine<goods.Goods> }) {
  const change = async (next: number) => {
    const question = { title: '移出购物车？', content: one.name, yes: '移出', no: '留着' }
    if (next > 0 || (await confirm(question))) setQuantity(one.id, next)
  }
  return (
    <View className={style.card}>
      <View onClick={() => open(goodsPath(one.id))}>
        <GoodsRow name={one.name} note={one.description} imageUrl={one.imageUrl} priceFen={one.priceFen}>
          <View className={style.stepper} onClick={(event) => event.stopPropagation()}>
            <Stepper value={quantity} min={0} max={MAX_QUANTITY} onChange={change} />
          </View>
        </GoodsRow>
      </View>
    </View>
  )
}
