import type { goods, orders } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { switchTab, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { spokenYuan, yuan } from '../../../shared/format.ts'
import { replace } from '../../../shared/go.ts'
import { resultPath, tabs } from '../../../shared/paths.ts'
import { problemWords } from '../../../shared/problem-words.ts'
import { BarItem, BottomBar } from '../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Card } from '../../../shared/ui/card.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Problem } from '../../../shared/ui/problem.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../shared/ui/states.tsx'
import { useBusy } from '../../../shared/use-busy.ts'
import { useIsHere } from '../../../shared/use-is-here.ts'
import { toast } from '../../../shared/wechat.ts'
import { type Cart, countOf, priceCart, withQuantity } from '../../cart.ts'
import { useGoodsToday } from '../../goods-list.ts'
import { placeOrder } from '../../place-order.ts'
import { sumOf } from '../../quote.ts'
import { takeOut, useCart } from '../../use-cart.ts'
import { useQuote } from '../../use-quote.ts'
import { Amounts } from './amounts.tsx'
import style from './index.module.scss'

/** With `?goods=` it is one thing that is bought at once, and the cart stays as it is. */
export default function CheckoutPage() {
  const { goods: goodsId, quantity } = useRouter().params
  const inCart = useCart()
  const lines = goodsId ? withQuantity([], goodsId, Number(quantity) || 1) : inCart
  const onSale = useGoodsToday()
  return (
    <Page>
      <Content of={onSale} skeleton={<Skeleton shape="goods" count={2} />}>
        {({ goods: all }) => <Summary wanted={lines} onSale={all} onOrdered={goodsId ? undefined : takeOut} />}
      </Content>
    </Page>
  )
}

interface Props {
  wanted: Cart
  onSale: goods.Goods[]
  onOrdered: ((lines: Cart) => void) | undefined
}

function Summary({ wanted, onSale, onOrdered }: Props) {
  const [ordered, setOrdered] = useState<Cart>()
  const [problem, setProblem] = useState<unknown>()
  const placed = useRef<orders.Order>()
  const isHere = useIsHere()
  const { lines, totalFen } = priceCart(ordered ?? wanted, onSale)
  const items = lines.map((line) => ({ goodsId: line.goods.id, quantity: line.quantity }))
  const sum = sumOf(totalFen, useQuote(items))
  const { busy, run } = useBusy(async () => {
    // The cart is emptied by ordering; the page goes on showing what was ordered.
    setOrdered(ordered ?? wanted)
    setProblem(undefined)
    try {
      // Where the order's page does not open, the next tap leads there, and not to another order.
      if (!placed.current) {
        placed.current = await placeOrder(items)
        onOrdered?.(items)
      }
      // Whoever went back meanwhile is not fetched into a payment.
      if (isHere.current) await goPay(placed.current, sum.amountFen)
      else toast('订单已生成，可以在“订单”里支付')
    } catch (error) {
      toast(problemWords(error))
      setProblem(error)
      if (!placed.current) setOrdered(undefined)
    }
  })

  if (lines.length === 0)
    return (
      <Empty title="没有要结算的商品" hint="先去挑几件，再回来下单">
        <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
      </Empty>
    )
  return (
    <>
      <View className={style.cards}>
        <Card>
          {lines.map(({ goods: { id, name, imageUrl, priceFen }, quantity }) => (
            <View key={id} className={style.line}>
              <GoodsRow name={name} imageUrl={imageUrl} priceFen={priceFen} quantity={quantity} />
            </View>
          ))}
        </Card>
        <Amounts pieces={countOf(lines)} sum={sum} />
      </View>
      <BottomBar>
        <BarItem>
          {problem !== undefined && <Problem before="还没有扣款。" error={problem} />}
          <Button id="pay" busy={busy} ariaLabel={`用微信支付付款，${spokenYuan(sum.amountFen)}`} onTap={run}>
            {busy ? '正在下单' : `微信支付 ${yuan(sum.amountFen)}`}
          </Button>
        </BarItem>
      </BottomBar>
    </>
  )
}

/**
 * Another sum than the one on the screen, for better or worse, is seen before the sheet opens. What a card takes off is no
 * other sum: a quick tap comes before the quote.
 */
async function goPay({ id, amountFen, discountFen }: orders.Order, shownFen: number): Promise<void> {
  const asShown = amountFen === shownFen || amountFen + discountFen === shownFen
  // Ordered is ordered: where its page does not open, the list of orders does.
  if (!(await replace(resultPath(id, { pay: asShown })))) await switchTab({ url: tabs.orders })
  // Said there, not on the page that goes.
  if (!asShown) toast(`${amountFen < shownFen ? '比刚才便宜了' : '价格有变动'}，请看清金额再支付`)
}
