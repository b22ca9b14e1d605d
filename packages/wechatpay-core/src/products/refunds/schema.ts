import * as v from 'valibot'
import { Fen, PositiveFen } from '../../contract/fen.ts'
import { Mchid, NotifyUrl, OutTradeNo, text } from '../../contract/fragments.ts'
import { Rfc3339 } from '../../contract/time.ts'

/** 商户退款单号: the key of a refund. A retry with the same number never refunds twice; a new number is a new refund. */
export const OutRefundNo = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z_\-|*@]{1,64}$/, 'must be 1 to 64 of 0-9 A-Z a-z _ - | * @'),
)

const TransactionId = v.pipe(v.string('must be a string'), v.regex(/^\w{1,32}$/, 'must be 1 to 32 letters and digits'))

const GoodsDetail = v.strictObject({
  merchant_goods_id: text(32),
  wechatpay_goods_id: v.optional(text(32)),
  goods_name: v.optional(text(256)),
  unit_price: Fen,
  refund_amount: Fen,
  refund_quantity: v.pipe(v.number('must be a number'), v.safeInteger(), v.minValue(1)),
})

const From = v.strictObject({ account: v.picklist(['AVAILABLE', 'UNAVAILABLE']), amount: PositiveFen })

const Amount = v.pipe(
  v.strictObject({
    refund: PositiveFen,
    total: PositiveFen,
    currency: v.literal('CNY', 'must be CNY'),
    from: v.optional(v.pipe(v.array(From), v.minLength(1))),
  }),
  v.check(
    ({ from, refund }) => !from || from.reduce((sum, { amount }) => sum + amount, 0) === refund,
    'amount.from must add up to amount.refund',
  ),
)

/** 退款申请: one of transaction_id and out_trade_no names the order. */
export const CreateBody = v.pipe(
  v.strictObject({
    sub_mchid: v.optional(Mchid),
    transaction_id: v.optional(TransactionId),
    out_trade_no: v.optional(OutTradeNo),
    out_refund_no: OutRefundNo,
    reason: v.optional(text(80)),
    /** Always send it: without one the notice is a V2 XML, or does not come. */
    notify_url: v.optional(NotifyUrl),
    funds_account: v.optional(v.picklist(['AVAILABLE', 'UNSETTLED'])),
    amount: Amount,
    goods_detail: v.optional(v.pipe(v.array(GoodsDetail), v.minLength(1))),
  }),
  v.check(
    ({ transaction_id, out_trade_no }) => transaction_id !== undefined || out_trade_no !== undefined,
    'must name the order by transaction_id or out_trade_no',
  ),
)

const PromotionDetail = v.looseObject({
  promotion_id: v.optional(v.string()),
  scope: v.optional(v.string()),
  // CASH and NOCASH; older pages say COUPON and DISCOUNT.
  type: v.optional(v.string()),
  amount: v.optional(Fen),
  refund_amount: v.optional(Fen),
})

/**
 * 退款单: the answer of creation, of the query and of the abnormal refund. `status` is an open string: narrow it with
 * `RefundStatus`. 200 means accepted, not refunded.
 */
export const Refund = v.looseObject({
  refund_id: v.string(),
  out_refund_no: v.string(),
  transaction_id: v.string(),
  out_trade_no: v.string(),
  channel: v.optional(v.string()),
  user_received_account: v.optional(v.string()),
  success_time: v.optional(Rfc3339),
  create_time: v.optional(v.string()),
  status: v.string(),
  funds_account: v.optional(v.string()),
  amount: v.looseObject({
    total: PositiveFen,
    refund: PositiveFen,
    payer_total: v.optional(Fen),
    payer_refund: v.optional(Fen),
    settlement_refund: v.optional(Fen),
    settlement_total: v.optional(Fen),
    discount_refund: v.optional(Fen),
    currency: v.optional(v.string()),
    refund_fee: v.optional(Fen),
  }),
  // Nothing depends on it: an odd coupon must not make a refund unreadable.
  promotion_detail: v.fallback(v.optional(v.array(PromotionDetail)), undefined),
})
export type Refund = v.InferOutput<typeof Refund>

/** The plaintext of REFUND.*: another shape than the API's, and the state is called `refund_status` here. */
export const NotifiedRefund = v.looseObject({
  mchid: v.string(),
  out_trade_no: v.string(),
  transaction_id: v.string(),
  out_refund_no: v.string(),
  refund_id: v.string(),
  refund_status: v.string(),
  success_time: v.optional(Rfc3339),
  user_received_account: v.optional(v.string()),
  amount: v.looseObject({
    total: PositiveFen,
    refund: PositiveFen,
    payer_total: v.optional(Fen),
    payer_refund: v.optional(Fen),
  }),
})
export type NotifiedRefund = v.InferOutput<typeof NotifiedRefund>

export const OutRefundNoPath = v.object({ out_refund_no: OutRefundNo })
export const SubMchidQuery = v.object({ sub_mchid: v.optional(Mchid) })

export const RefundIdPath = v.object({
  refund_id: v.pipe(v.string(), v.regex(/^\w{1,32}$/, 'must be 1 to 32 letters and digits')),
})

/** 发起异常退款. bank_account and real_name are passed in plain text: the client encrypts them on the way out. */
export const AbnormalBody = v.variant('type', [
  v.strictObject({
    type: v.literal('USER_BANK_CARD'),
    sub_mchid: v.optional(Mchid),
    out_refund_no: OutRefundNo,
    bank_type: text(16),
    bank_account: text(1024),
    real_name: text(1024),
  }),
  v.strictObject({
    type: v.literal('MERCHANT_BANK_CARD'),
    sub_mchid: v.optional(Mchid),
    out_refund_no: OutRefundNo,
  }),
])
