import { RequestFailed } from './request-failed.ts'

const words: Record<string, string> = {
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
  IDEMPOTENCY_KEY_REUSED: '内容有变化，请再提交一次',
}

/** Codes that one product alone meets have their words in its own package, which names them here when it is loaded. */
export const nameProblems = (more: Readonly<Record<string, string>>): void => void Object.assign(words, more)

/** What a shopper reads when a call did not work out. */
export function problemWords(error: unknown): string {
  const known = error instanceof RequestFailed ? words[error.code] : undefined
  return known ?? '出了点小问题，请稍后再试'
}
