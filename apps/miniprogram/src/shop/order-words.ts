import type { orders } from '@shouyin/contracts/shopper'

type Order = Pick<orders.Order, 'status' | 'confirming' | 'refundedFen' | 'amountFen'>

const words = {
  pending: '待支付',
  closing: '正在取消',
  paid: '已支付',
  closed: '已关闭',
  unknown: '请更新小程序查看',
} as const satisfies Record<orders.Order['status'], string>

/** An order in a list, in a word. */
export function orderWords(order: Order): string {
  if (order.status === 'pending' && order.confirming) return '正在确认'
  if (order.refundedFen > 0) return order.refundedFen >= order.amountFen ? '已退款' : '部分退款'
  return words[order.status]
}

const sums = {
  pending: '应付',
  closing: '订单金额',
  paid: '实付',
  closed: '订单金额',
  unknown: '订单金额',
} as const satisfies Record<orders.Order['status'], string>

/** What the sum of an order is: still to be paid, paid, or neither for certain. */
export const sumWords = ({ status, confirming }: Pick<Order, 'status' | 'confirming'>): string =>
  status === 'pending' && confirming ? '订单金额' : sums[status]

export type Tone = 'good' | 'waiting' | 'quiet'

/** The colour that goes with it. */
export function orderTone(order: Order): Tone {
  if (order.status === 'closed' || order.refundedFen > 0) return 'quiet'
  return order.status === 'paid' ? 'good' : 'waiting'
}
