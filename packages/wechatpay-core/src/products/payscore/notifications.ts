import { defineNotification, PAY_SCORE_LADDER, SIGN_LADDER } from '../../contract/notification.ts'
import { PaidServiceOrder, ServiceAuthorisation, ServiceOrder, SignPlan } from './schema/index.ts'

/** A service provider (服务商) gets the same event types with members of its sub-merchant. */
const SUB_MERCHANT = ['sub_mchid', 'sub_mch_id', 'sp_mchid'] as const

const ofSignPlan = {
  originalType: 'payscore',
  ladder: SIGN_LADDER,
  when: { has: ['merchant_sign_plan_no'], lacks: SUB_MERCHANT },
  resource: SignPlan,
} as const

/** 签约计划成功通知. `sign_state` is printed wrongly in some samples: the event type says what happened. */
export const userSignPlan = defineNotification({
  ...ofSignPlan,
  id: 'payscore.userSignPlan',
  eventType: 'PAYSCORE.USER_SIGN_PLAN',
  summary: '用户签约计划成功',
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012286193',
})

/** 取消签约计划通知: of the user's own doing, also by revoking the service; the merchant's own stop is not notified. */
export const userCancelSignPlan = defineNotification({
  ...ofSignPlan,
  id: 'payscore.userCancelSignPlan',
  eventType: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
  summary: '用户取消签约计划',
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012286184',
})

const ofOrder = {
  originalType: 'payscore',
  ladder: PAY_SCORE_LADDER,
  when: { has: ['out_order_no'], lacks: SUB_MERCHANT },
} as const

/** 支付成功回调通知. */
export const userPaid = defineNotification({
  ...ofOrder,
  id: 'payscore.userPaid',
  eventType: 'PAYSCORE.USER_PAID',
  summary: '支付成功',
  resource: PaidServiceOrder,
  doc: 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/success-notification.html',
})

/** 确认订单回调通知: of ordinary Pay Score orders; a plan was confirmed when it was signed. */
export const userConfirm = defineNotification({
  ...ofOrder,
  id: 'payscore.userConfirm',
  eventType: 'PAYSCORE.USER_CONFIRM',
  summary: '确认订单',
  resource: ServiceOrder,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012587953',
})

const ofService = {
  originalType: 'payscore',
  ladder: PAY_SCORE_LADDER,
  when: { has: ['user_service_status', 'mchid'], lacks: SUB_MERCHANT },
  resource: ServiceAuthorisation,
  doc: 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score-no-confirm/disable-notification.html',
} as const

/** 授权服务通知. */
export const userOpenService = defineNotification({
  ...ofService,
  id: 'payscore.userOpenService',
  eventType: 'PAYSCORE.USER_OPEN_SERVICE',
  summary: '授权成功',
})

/** 解除授权服务通知: every plan that the user signed for the service ends with it. */
export const userCloseService = defineNotification({
  ...ofService,
  id: 'payscore.userCloseService',
  eventType: 'PAYSCORE.USER_CLOSE_SERVICE',
  // GUESS: the pages print the summary of the other one only.
  summary: '解除授权成功',
})
