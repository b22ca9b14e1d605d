import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/payscore'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'

/** 支付分订单, as creating answers it: nothing was collected yet, and the user is not named. */
export function createdOrderToWire(order: StoredServiceOrder) {
  const { state, description } = states.phaseFields[order.phase]
  return {
    out_order_no: order.outOrderNo,
    service_id: order.serviceId,
    appid: order.appid,
    mchid: order.mchid,
    service_introduction: order.introduction,
    state,
    ...(description !== undefined && { state_description: description }),
    post_payments: order.payments,
    post_discounts: order.discounts,
    time_range: order.timeRange,
    ...(order.location && { location: order.location }),
    ...(order.attach !== null && { attach: order.attach }),
    notify_url: order.notifyUrl,
    order_id: order.orderId,
  }
}

/** 完结 answers the sum and whether it will be collected, not the collection. */
export const completedOrderToWire = (order: StoredServiceOrder) => ({
  ...createdOrderToWire(order),
  ...(order.totalFen !== null && { total_amount: order.totalFen, need_collection: order.totalFen > 0 }),
})

/** Everything: the answer of query, modify and sync, and what USER_PAID carries. */
export const orderToWire = (order: StoredServiceOrder) => ({
  ...completedOrderToWire(order),
  openid: order.openid,
  ...collectionOf(order),
})

/** None for an order of zero fen, nor while nothing is due. */
function collectionOf({ phase, totalFen, paidType, paidAtMs, transactionId }: StoredServiceOrder) {
  const { collection: state } = states.phaseFields[phase]
  if (state === undefined || totalFen === null || totalFen === 0) return {}
  if (paidType === null || paidAtMs === null) {
    return { collection: { state, total_amount: totalFen, paying_amount: totalFen, paid_amount: 0 } }
  }
  const detail = {
    seq: 1,
    amount: totalFen,
    paid_type: paidType,
    paid_time: formatCompact(new Date(paidAtMs)),
    ...(transactionId !== null && { transaction_id: transactionId }),
  }
  return { collection: { state, total_amount: totalFen, paying_amount: 0, paid_amount: totalFen, details: [detail] } }
}
