import * as v from 'valibot'
import { Fen, PositiveFen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

/**
 * proposed: a second person has to approve · declined: he did not · waiting: WeChat Pay has not accepted it yet, see
 * `problem` · withdrawn: given up before WeChat Pay accepted it · processing, abnormal, succeeded, closed: as WeChat Pay.
 */
export const refundStates = [
  'proposed',
  'declined',
  'waiting',
  'withdrawn',
  'processing',
  'abnormal',
  'succeeded',
  'closed',
] as const

/** `foreign`: made at WeChat Pay without us, e.g. by hand in 商户平台. */
export const refundCauses = ['merchant', 'shopper', 'paid_after_close', 'paid_twice', 'foreign'] as const

export const Refund = v.object({
  id: v.string(),
  outRefundNo: v.string(),
  refundId: v.nullable(v.string()),
  outTradeNo: v.string(),
  transactionId: v.nullable(v.string()),
  orderId: v.nullable(v.string()),
  amountFen: Fen,
  state: v.picklist(refundStates),
  cause: v.picklist(refundCauses),
  reason: v.nullable(v.string()),
  /** Why WeChat Pay does not take it, e.g. NOT_ENOUGH. */
  problem: v.nullable(v.string()),
  account: v.nullable(v.string()),
  requestedBy: v.nullable(v.string()),
  approvedBy: v.nullable(v.string()),
  createdAt: v.string(),
  successTime: v.nullable(v.string()),
})
export type Refund = v.InferOutput<typeof Refund>

const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))
const notFound = { REFUND_NOT_FOUND: 404 } as const

export const createRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/orders/:id/refunds',
  summary: 'Refund an order, whole or in part; above a set sum a second person has to approve',
  scope: 'refunds:write',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    id: Id,
    /** Which of the order's charges, for one that was paid twice or too late; default: the one that paid it. */
    outTradeNo: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(32))),
    /** Default: all that is left. */
    amountFen: v.optional(PositiveFen),
    reason,
  }),
  output: Refund,
  errors: {
    ORDER_NOT_FOUND: 404,
    ORDER_NOT_PAID: 409,
    REFUND_EXCEEDS_ORDER: 409,
    REFUND_COUNT_EXCEEDED: 409,
    REFUND_TOO_LATE: 409,
    IDEMPOTENCY_KEY_REUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})

export const refundCharge = defineRoute({
  method: 'POST',
  path: '/api/merchant/charges/:number/refunds',
  summary:
    'Refund what was collected for anything, e.g. a lesson or a card; by 商户订单号, 商户服务订单号, 商户领卡号 or 微信订单号',
  scope: 'refunds:write',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    number: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    /** Default: all that is left. */
    amountFen: v.optional(PositiveFen),
    reason,
  }),
  output: Refund,
  errors: {
    CHARGE_NOT_FOUND: 404,
    CHARGE_NOT_PAID: 409,
    REFUND_EXCEEDS_ORDER: 409,
    REFUND_COUNT_EXCEEDED: 409,
    REFUND_TOO_LATE: 409,
    IDEMPOTENCY_KEY_REUSED: 409,
  },
})

export const listRefunds = defineRoute({
  method: 'GET',
  path: '/api/merchant/refunds',
  summary: 'Refunds, newest first',
  scope: 'refunds:read',
  input: v.strictObject({ ...page, state: v.optional(v.picklist(refundStates)) }),
  output: v.object({ refunds: v.array(Refund), next }),
  errors: {},
})

export const getRefund = defineRoute({
  method: 'GET',
  path: '/api/merchant/refunds/:id',
  summary: 'One refund; the id, a 商户退款单号 or a 微信退款单号 finds it',
  scope: 'refunds:read',
  input: ById,
  output: Refund,
  errors: notFound,
})

export const approveRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/refunds/:id/approve',
  summary: 'Let a proposed refund go; by another person than who proposed it',
  scope: 'refunds:approve',
  input: ById,
  output: Refund,
  errors: { ...notFound, SAME_PERSON: 403, REFUND_NOT_PROPOSED: 409 },
})

export const declineRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/refunds/:id/decline',
  summary: 'Do not let a proposed refund go',
  scope: 'refunds:approve',
  input: ById,
  output: Refund,
  errors: { ...notFound, REFUND_NOT_PROPOSED: 409 },
})

export const checkRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/refunds/:id/check',
  summary: 'Ask WeChat Pay what became of a refund',
  scope: 'refunds:read',
  input: ById,
  output: Refund,
  errors: notFound,
})

export const withdrawRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/refunds/:id/withdraw',
  summary: 'Give up a refund that WeChat Pay never accepted; its sum is free again',
  scope: 'refunds:write',
  input: ById,
  output: Refund,
  errors: { ...notFound, REFUND_UNDER_WAY: 409, WECHATPAY_UNAVAILABLE: 503 },
})

const text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))

/** 发起异常退款. The card and the name go to WeChat Pay encrypted and are neither stored nor logged. */
export const sendAbnormalRefund = defineRoute({
  method: 'POST',
  path: '/api/merchant/refunds/:id/abnormal-refund',
  summary: "Send an abnormal refund to a bank card of the shopper or to the merchant's own",
  scope: 'refunds:approve',
  input: v.variant('type', [
    v.strictObject({
      id: Id,
      type: v.literal('USER_BANK_CARD'),
      bankType: text(16),
      bankAccount: text(64),
      realName: text(64),
    }),
    v.strictObject({ id: Id, type: v.literal('MERCHANT_BANK_CARD') }),
  ]),
  output: Refund,
  errors: {
    ...notFound,
    SAME_PERSON: 403,
    REFUND_NOT_ABNORMAL: 409,
    WECHATPAY_REFUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})
