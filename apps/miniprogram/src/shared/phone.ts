import type { orders, plans } from '@shouyin/contracts/shopper'

/** What WeChat says about its payment sheet. A hint, never proof: the server is asked afterwards. */
export type SheetClaim = 'ok' | 'cancelled' | 'failed'

/** What WeChat says about a page of its own. `opened` says nothing of what the shopper does there. */
export type ViewClaim = 'opened' | 'refused' | 'unsupported'

/** What the phone does for a payment, at WeChat or at the simulator. */
export interface Phone {
  /** A login code, single use. */
  login(): Promise<string>
  requestPayment(parameters: orders.PaymentParameters): Promise<SheetClaim>
  /** A page of Pay Score (支付分). WeChat opens it in the moment of a tap only. */
  openBusinessView(view: plans.BusinessView): Promise<ViewClaim>
  /** Calls back when the shopper comes back from such a page; a reason to ask the server, no more. Returns how to stop. */
  onReturn(tell: () => void): () => void
}

/** Of 微信支付分, which is a mini-program itself. */
export const PAY_SCORE_APPID = 'wxd8f3793ea3b935b8'
const FROM_MINI_PROGRAM = 1038

/** Whether the app was returned to from Pay Score: on Android the scene may be another, and in some versions there is no referrer. */
export const isReturn = (shown: { scene?: number; referrerInfo?: { appId?: string } }): boolean =>
  shown.referrerInfo?.appId === undefined
    ? shown.scene === FROM_MINI_PROGRAM
    : shown.referrerInfo.appId === PAY_SCORE_APPID

/** `requestPayment:fail cancel` is all that WeChat tells apart. */
export const claimOf = (errMsg: string): SheetClaim => {
  if (errMsg === 'requestPayment:ok') return 'ok'
  return /cancel/.test(errMsg) ? 'cancelled' : 'failed'
}

export interface Question {
  title: string
  content: string
  /** At most four characters each. */
  yes: string
  no: string
}
