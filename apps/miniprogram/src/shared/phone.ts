import type { cards, orders, plans } from '@shouyin/contracts/shopper'

/** What WeChat says about its payment sheet. A hint, never proof: the server is asked afterwards. */
export type SheetClaim = 'ok' | 'cancelled' | 'failed'

/** What the phone does for a payment, at WeChat or at the simulator. */
export interface Phone {
  /** A login code, single use. */
  login(): Promise<string>
  requestPayment(parameters: orders.PaymentParameters): Promise<SheetClaim>
}

/** What WeChat says about a page of its own. `opened` says nothing of what the shopper does there. */
export type ViewClaim = 'opened' | 'refused' | 'unsupported'

/** Pages of Pay Score (支付分), at WeChat or at the simulator. */
export interface BusinessViews {
  /** WeChat opens such a page in the moment of a tap only. */
  open(view: plans.BusinessView): Promise<ViewClaim>
  /** Calls back when the shopper comes back from such a page; a reason to ask the server, no more. Returns how to stop. */
  onReturn(tell: () => void): () => void
}

/** Pages of 先享卡, a mini-program of WeChat's, at WeChat or at the simulator. */
export interface CardPages {
  /** In the moment of a tap only; WeChat asks the shopper first, whose no is `refused`. */
  open(page: cards.CardPage): Promise<ViewClaim>
  /** As of {@link BusinessViews}. */
  onReturn(tell: () => void): () => void
}

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
