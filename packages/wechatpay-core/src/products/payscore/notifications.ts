import { defineNotification, PAY_SCORE_LADDER, SIGN_LADDER } from '../../contract/notification.ts'
import { PaidServiceOrder, ServiceAuthorisation, ServiceOrder, SignPlan } from './schema/index.ts'

const PAGES = 'https://pay.weixin.qq.com/docs/merchant/apis'

const ofSignPlan = {
  originalType: 'payscore',
  ladder: SIGN_LADDER,
  when: { has: ['merchant_sign_plan_no'], lacks: ['sp_mchid'] },
  resource: SignPlan,
  doc: `${PAGES}/payscore-plan/sign-plan-notice.html`,
} as const

/** 签约计划成功通知. `sign_state` is printed wrongly in some samples: the event type says what happened. */
export const userSignPlan = defineNotification({
  ...ofSignPlan,
  id: 'payscore.userSignPlan',
  eventType: 'PAYSCORE.USER_SIGN_PLAN',
  summary: '用户签约计划成功',
})

/** 取消签约计划通知: of the user's own doing, also by revoking the service; the merchant's own stop is not notified. */
export const userCancelSignPlan = defineNotification({
  ...ofSignPlan,
  id: 'payscore.userCancelSignPlan',
  eventType: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
  summary: '用户取消签约计划',
})

const ofOrder = {
  originalType: 'payscore',
  ladder: PAY_SCORE_LADDER,
  when: { has: ['out_order_no'], lacks: ['sp_mchid', 'sub_mchid'] },
} as const

/** 支付成功回调通知. */
export const userPaid = defineNotification({
  ...ofOrder,
  id: 'payscore.userPaid',
  eventType: 'PAYSCORE.USER_PAID',
  summary: '用户支付成功',
  resource: PaidServiceOrder,
  doc: `${PAGES}/weixin-pay-score/payment-success-notice.html`,
})

/** 确认订单回调通知: of ordinary Pay Score orders; a plan was confirmed when it was signed. */
export const userConfirm = defineNotification({
  ...ofOrder,
  id: 'payscore.userConfirm',
  eventType: 'PAYSCORE.USER_CONFIRM',
  summary: '用户确认订单成功',
  resource: ServiceOrder,
  doc: `${PAGES}/weixin-pay-score/confirm-order-notice.html`,
})

const ofService = {
  originalType: 'payscore',
  ladder: PAY_SCORE_LADDER,
  when: { has: ['user_service_status'], lacks: ['sp_mchid', 'mch_id', 'sub_mch_id'] },
  resource: ServiceAuthorisation,
  doc: `${PAGES}/weixin-pay-score/service-auth/service-auth-notice.html`,
} as const

/** 授权服务通知. */
export const userOpenService = defineNotification({
  ...ofService,
  id: 'payscore.userOpenService',
  eventType: 'PAYSCORE.USER_OPEN_SERVICE',
  summary: '用户授权服务成功',
})

/** 解除授权服务通知: every plan that the user signed for the service ends with it. */
export const userCloseService = defineNotification({
  ...ofService,
  id: 'payscore.userCloseService',
  eventType: 'PAYSCORE.USER_CLOSE_SERVICE',
  summary: '用户解除授权服务',
})
