import * as v from 'valibot'
import { PrintedFen } from '../../../contract/fen.ts'
import { orEmpty } from '../../../contract/fragments.ts'
import { CompactTime } from '../../../contract/time.ts'

const CollectionDetail = v.looseObject({
  seq: v.optional(v.number()),
  // A published answer of 修改订单金额 has a detail with no member at all: nothing was collected yet.
  amount: v.optional(PrintedFen),
  /** NEWTON: Pay Score deducted it. MCH: the merchant says that it was paid another way. */
  paid_type: orEmpty(v.string()),
  paid_time: orEmpty(CompactTime),
  /** Of a deduction of more than zero fen: the number under which the bill lists it. */
  transaction_id: orEmpty(v.string()),
})

const Collection = v.looseObject({
  state: orEmpty(v.string()),
  total_amount: v.optional(PrintedFen),
  paying_amount: v.optional(PrintedFen),
  paid_amount: v.optional(PrintedFen),
  details: v.optional(v.array(CollectionDetail)),
})

/** What nothing depends on may be odd without making a charged order unreadable. */
const shown = v.optional(v.unknown())

/** 支付分订单: the answer of every operation but cancel, and the plaintext of its notices. Read it with `phaseOf`. */
export const ServiceOrder = v.looseObject({
  out_order_no: v.string(),
  service_id: v.string(),
  appid: v.string(),
  mchid: v.string(),
  service_introduction: v.optional(v.string()),
  state: v.string(),
  state_description: orEmpty(v.string()),
  total_amount: v.optional(PrintedFen),
  post_payments: shown,
  post_discounts: shown,
  risk_fund: shown,
  time_range: shown,
  location: shown,
  attach: orEmpty(v.string()),
  notify_url: orEmpty(v.string()),
  order_id: orEmpty(v.string()),
  openid: orEmpty(v.string()),
  need_collection: v.optional(v.boolean()),
  collection: v.optional(Collection),
})
export type ServiceOrder = v.InferOutput<typeof ServiceOrder>

export const CancelResponse = v.looseObject({
  appid: v.string(),
  mchid: v.string(),
  out_order_no: v.string(),
  service_id: v.string(),
  order_id: orEmpty(v.string()),
})

/** 支付成功: what USER_PAID always carries. */
export const PaidServiceOrder = v.looseObject({
  ...ServiceOrder.entries,
  openid: v.string(),
  total_amount: PrintedFen,
  collection: v.looseObject({
    ...Collection.entries,
    details: v.pipe(v.array(v.looseObject({ ...CollectionDetail.entries, amount: PrintedFen })), v.minLength(1)),
  }),
})
export type PaidServiceOrder = v.InferOutput<typeof PaidServiceOrder>

/** 授权/解除授权服务. `openorclose_time` is compact in the samples; nothing depends on how it is written. */
export const ServiceAuthorisation = v.looseObject({
  appid: v.string(),
  mchid: v.string(),
  out_request_no: orEmpty(v.string()),
  service_id: v.string(),
  openid: v.string(),
  user_service_status: v.string(),
  openorclose_time: orEmpty(v.string()),
  authorization_code: orEmpty(v.string()),
})
export type ServiceAuthorisation = v.InferOutput<typeof ServiceAuthorisation>
