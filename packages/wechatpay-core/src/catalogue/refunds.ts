import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/merchant/4012791903'

/** 退款. */
export const refunds: readonly Entry[] = [
  {
    id: 'refund-not-as-order',
    where: 'api',
    match: { text: '您的请求参数与订单信息不一致' },
    cause: 'Total, order number or transaction do not belong together.',
    remedy: 'Send amount.total of the order, not of what is left of it.',
    doc,
    basis: 'official',
  },
  {
    id: 'refund-not-enough',
    where: 'api',
    match: { code: 'NOT_ENOUGH' },
    cause: 'The balance from which the refund is paid is too low.',
    remedy: 'Top up in 商户平台 → 账户中心 → 充值; then the same refund with the same number.',
    doc,
    basis: 'official',
  },
  {
    id: 'refund-user-account',
    where: 'api',
    match: { code: 'USER_ACCOUNT_ABNORMAL' },
    cause: "The shopper's account was closed.",
    remedy: 'Pay it back outside of WeChat Pay and note it; this refund will not succeed.',
    doc,
    basis: 'official',
  },
  {
    id: 'refund-in-progress',
    where: 'api',
    match: { status: 429, text: '该笔退款为受理中' },
    cause: 'This very refund is being accepted.',
    remedy: 'Query it with its number; a minute later repeat with the same number. Never a new one.',
    doc,
    basis: 'official',
  },
  {
    id: 'refund-overdue',
    where: 'api',
    match: { code: 'TRADE_OVERDUE' },
    cause: 'The payment is more than a year old.',
    remedy: 'Pay it back outside of WeChat Pay and note it.',
    basis: 'official',
  },
  {
    id: 'refund-fee-mismatch',
    where: 'api',
    match: { code: 'REFUND_FEE_MISMATCH' },
    cause: 'The refund number was used with another amount.',
    remedy: 'Repeat with the amount of the first call; another refund needs a number of its own.',
    basis: 'official',
  },
]
