import type { orders } from '@shouyin/contracts/shopper'

/** What WeChat says about its payment sheet. A hint, never proof: the server is asked afterwards. */
export type SheetClaim = 'ok' | 'cancelled' | 'failed'

/** What the phone does for a payment, at WeChat or at the simulator. */
export interface Phone {
  /** A login code, single use. */
  login(): Promise<string>
  requestPayment(parameters: orders.PaymentParameters): Promise<SheetClaim>
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
