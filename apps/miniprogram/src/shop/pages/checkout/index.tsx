import { goods } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab } from '@tarojs/taro'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { yuan } from '../../../shared/format.ts'
import { replace } from '../../../shared/go.ts'
import { resultPath, tabs } from '../../../shared/paths.ts'
import { problemWords } from '../../../shared/problem-words.ts'
import { BottomBar } from '../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import { Empty, Failure, Skeleton } from '../../../shared/ui/states.tsx'
import { useBusy } from '../../../shared/use-busy.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { toast } from '../../../shared/wechat.ts'
import { type Cart, countOf, priceCart } from '../../cart.ts'
import { placeOrder } from '../../place-order.ts'
import { useCart } from '../../use-cart.ts'
import style from './index.module.scss'

export default function CheckoutPage() {
  const cart = useCart()
  const onSale = useLoad(() => api.call(goods.listGoods, {}))

  if (onSale.state === 'loading') return <Skeleton rows={2} />
  if (onSale.state === 'failed') return <Failure error={onSale.error} onRetry={onSale.reload} />
  return <Summary cart={cart} onSale={onSale.value.goods} />
}

function Summary({ cart, onSale }: { cart: Cart; onSale: goods.Goods[] }) {
  const [ordered, setOrdered] = useState<Cart>()
  const { lines, totalFen } = priceCart(ordered ?? cart, onSale)
  const { busy, run } = useBusy(async () => {
    // The cart is emptied by ordering; the page goes on showing what was ordered.
    setOrdered(cart)
    try {
      const order = await placeOrder(lines.map((line) => ({ goodsId: line.goods.id, quantity: line.quantity })))
      const asShown = order.amountFen === totalFen
      if (!asShown) toast('价格有变动，请看清金额再支付')
      // Ordered is ordered: where its page does not open, the list of orders does.
      if (!(await replace(resultPath(order.id, { pay: asShown })))) await switchTab({ url: tabs.orders })
    } catch (error) {
      toast(problemWords(error))
      setOrdered(undefined)
    }
  })

  if (lines.length === 0)
    return (
      <Empty title="没有要结算的商品" hint="先去挑几件，再回来下单">
        <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
      </Empty>
    )
  return (
    <View className={style.page}>
      <View className={style.card}>
        {lines.map((line) => (
          <View key={line.goods.id} className={style.line}>
            <GoodsRow
              name={line.goods.name}
              imageUrl={line.goods.imageUrl}
              priceFen={line.goods.priceFen}
              quantity={line.quantity}
            />
          </View>
        ))}
      </View>
      <Amounts pieces={countOf(lines)} totalFen={totalFen} />
      <BottomBar>
        <View className={style.pay}>
          <Button id="pay" busy={busy} onTap={run}>
            {busy ? '正在下单' : `微信支付 ${yuan(totalFen)}`}
          </Button>
        </View>
      </BottomBar>
    </View>
  )
}

function Amounts({ pieces, totalFen }: { pieces: number; totalFen: number }) {
  return (
    <View className={style.card}>
      <View className={style.entry}>
        <Text>商品件数</Text>
        <Text>{pieces} 件</Text>
      </View>
      <View className={style.entry}>
        <Text>支付方式</Text>
        <Text className={style.wechat}>微信支付</Text>
      </View>
      <View className={style.entry}>
        <Text>应付</Text>
        <Price fen={totalFen} />
      </View>
    </View>
  )
}
