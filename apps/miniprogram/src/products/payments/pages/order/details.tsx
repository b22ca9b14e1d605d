import type { orders } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { dayAndTime, spokenYuan, yuan } from '../../../../shared/format.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { AskRefund } from '../../../../shop/refunds/ask-refund.tsx'
import { RefundList } from '../../../../shop/refunds/refund-list.tsx'
import { useRefunds } from '../../../../shop/refunds/use-refunds.ts'
import { headWords } from '../../../../shop/refunds/words.ts'
import type { View as PaymentView } from '../../flow.ts'
import { usePayment } from '../../index.ts'
import { StatusPanel } from '../../status-panel.tsx'
import { OrderActions } from './actions.tsx'
import style from './index.module.scss'

export function OrderDetails({ opening }: { opening: orders.Order }) {
  const { view, order = opening, error, send } = usePayment({ id: opening.id, order: opening })
  const refunds = useRefunds(view === 'paid' || view === 'closed' ? order.id : undefined)
  return (
    <>
      <View className={style.top}>
        <StatusPanel view={view} order={order} told={refunds.value && headWords(order, refunds.value)} />
        {error !== undefined && <Problem before="没有问到：" error={error} />}
        <RefundList loaded={refunds} />
        <Items order={order} />
        <Entries order={order} view={view} />
        <AskRefund orderId={order.id} found={refunds.value} />
      </View>
      <OrderActions view={view} order={order} send={send} />
    </>
  )
}

function Items({ order }: { order: orders.Order }) {
  return (
    <Card>
      {order.items.map((item) => (
        <View key={item.goodsId} className={style.item}>
          <View className={style.name}>{item.name}</View>
          <View className={style.foot}>
            <Text className={style.soft} ariaLabel={`${spokenYuan(item.priceFen)}，${item.quantity} 件`}>
              {yuan(item.priceFen)} × {item.quantity}
            </Text>
            <Text className={style.amount} ariaLabel={`小计${spokenYuan(item.priceFen * item.quantity)}`}>
              {yuan(item.priceFen * item.quantity)}
            </Text>
          </View>
        </View>
      ))}
      {order.discountFen > 0 && <Discount order={order} />}
    </Card>
  )
}

/** What the goods cost, what a card took off, and what is left of it. */
function Discount({ order: { amountFen, discountFen, discountName } }: { order: orders.Order }) {
  const lines = [
    ['商品合计', yuan(amountFen + discountFen), spokenYuan(amountFen + discountFen)],
    [`先享卡优惠 ${discountName ?? ''}`, `−${yuan(discountFen)}`, `减${spokenYuan(discountFen)}`],
    ['优惠后', yuan(amountFen), spokenYuan(amountFen)],
  ] as const
  return (
    <View id="discount" className={style.item}>
      {lines.map(([label, sum, spoken]) => (
        <View key={label} className={style.foot}>
          <Text className={style.soft}>{label}</Text>
          <Text className={style.amount} ariaLabel={spoken}>
            {sum}
          </Text>
        </View>
      ))}
    </View>
  )
}

interface Entered {
  order: orders.Order
  view: PaymentView
}

/** Views that know of no payment: only there is the shopper told until when to make it. */
const awaitsPayment: readonly PaymentView[] = ['payable', 'starting', 'paying']

function Entries({ order, view }: Entered) {
  return (
    <Card>
      {entriesOf({ order, view }).map(([label, value]) => (
        <View key={label} className={style.entry}>
          <Text className={style.label}>{label}</Text>
          <Text className={style.value} userSelect>
            {value}
          </Text>
        </View>
      ))}
    </Card>
  )
}

/** What is known about an order, in the order in which a shopper asks for it. */
function entriesOf({ order, view }: Entered): [label: string, value: string][] {
  const entries: [string, string | undefined][] = [
    ['付款时间', order.paidAt ? dayAndTime(order.paidAt) : undefined],
    ['请在此前支付', awaitsPayment.includes(view) ? dayAndTime(order.expiresAt) : undefined],
    ['下单时间', dayAndTime(order.createdAt)],
    ['订单号', order.outTradeNo ?? undefined],
  ]
  return entries.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
