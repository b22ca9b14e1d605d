import { RequestFailed } from './request-failed.ts'

const words: Readonly<Record<string, string>> = {
  OFFLINE: '网络断开了，检查后再试',
  TIMED_OUT: '等得太久没有回应，请稍后再试',
  LOGIN_FAILED: '微信登录没有成功，请再试一次',
  LOGIN_CODE_INVALID: '微信登录没有成功，请再试一次',
  UNAUTHENTICATED: '登录已过期，请再试一次',
  TOO_MANY_REQUESTS: '操作有点快，歇一会儿再试',
  NOT_FOUND: '这个链接不完整，从商城再找找',
  GOODS_NOT_FOUND: '这件商品已经下架了',
  ORDER_NOT_FOUND: '没有找到这笔订单',
  ORDER_PAID: '这笔订单已经付过了',
  ORDER_CLOSED: '这笔订单已经关闭，请重新下单',
  ORDER_EXPIRED: '订单快到期了，请重新下单',
  WECHAT_UNAVAILABLE: '微信暂时没有回应，请稍后再试',
  WECHATPAY_UNAVAILABLE: '微信支付暂时没有回应，请稍后再试',
  ORDER_NOT_PAID: '这笔订单还没有付款',
  REFUND_EXCEEDS_ORDER: '超过了还可以退的金额',
  REFUND_COUNT_EXCEEDED: '这笔订单退款次数太多了，请联系商家',
  REFUND_TOO_LATE: '付款已超过一年，请联系商家退款',
  REFUND_ALREADY_REQUESTED: '已经申请过了，等商家处理',
  PLAN_NOT_FOUND: '没有找到这份课程计划',
  PLAN_STOPPED: '这份计划已经停售了',
  PLAN_ALREADY_SIGNED: '你已经签过这份计划了',
  SIGN_PLAN_NOT_FOUND: '没有找到这门课程',
  SIGN_PLAN_NOT_SIGNED: '这份计划没有签约，或已经结束',
  WECHATPAY_REFUSED: '微信支付没有接受，请联系商家',
  LESSON_NOT_FOUND: '没有找到这节课',
  LESSON_NOT_OWED: '这节课现在不用付款',
  LESSON_NOT_TAKEN: '这节课还没有上',
  LESSON_PAGE_NOT_SET_UP: '商家没有开通这个页面',
  CARD_OFFER_NOT_FOUND: '没有找到这种先享卡',
  CARD_OFFER_WITHDRAWN: '这种先享卡现在不能领了',
  CARD_ALREADY_TAKEN: '你已经有一张这样的先享卡',
  CARD_NOT_FOUND: '没有找到这张先享卡',
  IDEMPOTENCY_KEY_REUSED: '内容有变化，请再提交一次',
}

/** What a shopper reads when a call did not work out. */
export function problemWords(error: unknown): string {
  const known = error instanceof RequestFailed ? words[error.code] : undefined
  return known ?? '出了点小问题，请稍后再试'
}
