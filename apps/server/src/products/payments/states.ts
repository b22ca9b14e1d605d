import type { states } from '@shouyin/wechatpay-core/payments'

/** What an answer of WeChat Pay says about a charge. `unknown` is never failed: it means ask again. */
export type Finding = 'paid' | 'unpaid' | 'closed' | 'unknown'

const findings: Readonly<Record<string, Finding>> = {
  NOTPAY: 'unpaid',
  USERPAYING: 'unpaid',
  PAYERROR: 'unpaid',
  SUCCESS: 'paid',
  // 转入退款 is evidence of payment as SUCCESS is: a partial refund sets it too.
  REFUND: 'paid',
  CLOSED: 'closed',
  REVOKED: 'closed',
} satisfies Record<states.TradeState, Finding>

/** 交易状态 → finding. A state that WeChat Pay adds tomorrow proves nothing. */
export function fromWechat(tradeState: string): Finding {
  return (Object.hasOwn(findings, tradeState) && findings[tradeState]) || 'unknown'
}
