import { commonErrors, defineEndpoint, rejected } from '../../contract/endpoint.ts'
import { AbnormalBody, CreateBody, OutRefundNoPath, Refund, RefundIdPath, SubMchidQuery } from './schema.ts'

const notFound = [rejected(404, 'MCH_NOT_EXISTS'), rejected(404, 'RESOURCE_NOT_EXISTS')] as const

/**
 * 退款申请. Accepted means PROCESSING; what became of it comes as a notification or by `query`. After an unknown outcome
 * or a 429 it is queried and sent again with the same number. TRADE_OVERDUE and REFUND_FEE_MISMATCH are named by a FAQ
 * without their HTTP status, so an answer that carries them is not declared and stays unknown.
 */
export const create = defineEndpoint({
  id: 'refunds.create',
  method: 'POST',
  url: '/v3/refund/domestic/refunds',
  body: CreateBody,
  response: Refund,
  errors: [
    ...commonErrors,
    ...notFound,
    rejected(403, 'NOT_ENOUGH'),
    rejected(403, 'USER_ACCOUNT_ABNORMAL'),
    rejected(403, 'NO_AUTH'),
  ],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791903',
})

/** 查询单笔退款（按商户退款单号). RESOURCE_NOT_EXISTS: never accepted, the same number may be sent again. */
export const query = defineEndpoint({
  id: 'refunds.query',
  method: 'GET',
  url: '/v3/refund/domestic/refunds/{out_refund_no}',
  path: OutRefundNoPath,
  query: SubMchidQuery,
  response: Refund,
  errors: [...commonErrors, ...notFound],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791904',
})

/** 发起异常退款: only for a refund that is ABNORMAL; sends it to a bank card of the shopper or of the merchant. */
export const applyAbnormal = defineEndpoint({
  id: 'refunds.applyAbnormal',
  method: 'POST',
  url: '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
  path: RefundIdPath,
  body: AbnormalBody,
  encrypted: ['bank_account', 'real_name'],
  response: Refund,
  errors: [...commonErrors, ...notFound, rejected(403, 'NOT_ENOUGH'), rejected(403, 'NO_AUTH')],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791905',
})
