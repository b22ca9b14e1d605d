import { defineNotification, PAYMENT_LADDER } from '../../contract/notification.ts'
import { NotifiedRefund } from './schema.ts'

const common = {
  originalType: 'refund',
  ladder: PAYMENT_LADDER,
  // Service providers get the same event with sp_mchid and sub_mchid.
  when: { has: ['out_refund_no'], lacks: ['sp_mchid'] },
  resource: NotifiedRefund,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791906',
} as const

/** 退款成功通知. */
export const success = defineNotification({
  ...common,
  id: 'refunds.success',
  eventType: 'REFUND.SUCCESS',
  summary: '退款成功',
})

/** 退款异常通知. The summary is a GUESS from the page's title. */
export const abnormal = defineNotification({
  ...common,
  id: 'refunds.abnormal',
  eventType: 'REFUND.ABNORMAL',
  summary: '退款异常',
})

/** 退款关闭通知. The summary is a GUESS from the page's title. */
export const closed = defineNotification({
  ...common,
  id: 'refunds.closed',
  eventType: 'REFUND.CLOSED',
  summary: '退款关闭',
})
