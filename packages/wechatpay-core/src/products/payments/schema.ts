import * as v from 'valibot'
import { Fen, PositiveFen } from '../../contract/fen.ts'
import { Appid, Mchid, NotifyUrl, Openid, OutTradeNo, text } from '../../contract/fragments.ts'
import { Rfc3339 } from '../../contract/time.ts'

const Currency = v.picklist(['CNY'], 'must be CNY')

const GoodsDetail = v.strictObject({
  merchant_goods_id: text(32),
  wechatpay_goods_id: v.optional(text(32)),
  goods_name: v.optional(text(256)),
  quantity: v.pipe(v.number('must be a number'), v.safeInteger(), v.minValue(1)),
  unit_price: Fen,
})

const DETAIL_BYTES_MAX = 6144

/** 优惠功能. */
const Detail = v.pipe(
  v.strictObject({
    cost_price: v.optional(Fen),
    invoice_id: v.optional(text(32)),
    goods_detail: v.optional(v.pipe(v.array(GoodsDetail), v.minLength(1), v.maxLength(6000))),
  }),
  v.check(
    (detail) => new TextEncoder().encode(JSON.stringify(detail)).length <= DETAIL_BYTES_MAX,
    `must have at most ${DETAIL_BYTES_MAX} bytes`,
  ),
)

/** 场景信息. */
const SceneInfo = v.strictObject({
  payer_client_ip: text(45),
  device_id: v.optional(text(32)),
  store_info: v.optional(
    v.strictObject({
      id: text(32),
      name: v.optional(text(256)),
      area_code: v.optional(text(32)),
      address: v.optional(text(512)),
    }),
  ),
})

/** 实名支付: number and name are encrypted with the platform's key (OAEP). */
const Identity = v.strictObject({
  type: text(32),
  number: v.optional(text(1024)),
  name: v.optional(text(1024)),
})

/** JSAPI/小程序下单: every member of the wire reference, with its limit in characters. */
export const CreateJsapiBody = v.strictObject({
  appid: Appid,
  mchid: Mchid,
  description: text(127),
  out_trade_no: OutTradeNo,
  time_expire: v.optional(v.pipe(text(64), Rfc3339)),
  attach: v.optional(text(128)),
  notify_url: NotifyUrl,
  goods_tag: v.optional(text(256)),
  support_fapiao: v.optional(v.boolean('must be true or false')),
  amount: v.strictObject({ total: PositiveFen, currency: v.optional(Currency) }),
  payer: v.strictObject({ openid: Openid, identity: v.optional(Identity) }),
  detail: v.optional(Detail),
  scene_info: v.optional(SceneInfo),
  settle_info: v.optional(v.strictObject({ profit_sharing: v.optional(v.boolean()) })),
  limit_pay: v.optional(v.array(v.picklist(['no_balance', 'no_credit', 'no_debit', 'balance_only']))),
  // Named by one unofficial copy of the reference only, without its members.
  subsidy_info: v.optional(v.record(v.string(), v.unknown())),
})

const PromotionDetail = v.looseObject({
  coupon_id: v.optional(v.string()),
  name: v.optional(v.string()),
  scope: v.optional(v.string()),
  type: v.optional(v.string()),
  amount: v.optional(Fen),
  stock_id: v.optional(v.string()),
  wechatpay_contribute: v.optional(Fen),
  merchant_contribute: v.optional(Fen),
  other_contribute: v.optional(Fen),
  currency: v.optional(v.string()),
})

/**
 * 订单: the answer of both queries and the plaintext of TRANSACTION.SUCCESS. `trade_state` is an open string here:
 * a state that WeChat adds tomorrow must not break a paid order today; narrow it with `TradeState`.
 */
export const Transaction = v.looseObject({
  appid: v.string(),
  mchid: v.string(),
  out_trade_no: v.string(),
  transaction_id: v.optional(v.string()),
  trade_type: v.optional(v.string()),
  trade_state: v.string(),
  trade_state_desc: v.optional(v.string()),
  bank_type: v.optional(v.string()),
  attach: v.optional(v.string()),
  success_time: v.optional(v.string()),
  payer: v.optional(v.looseObject({ openid: v.optional(v.string()) })),
  amount: v.optional(
    v.looseObject({
      total: v.optional(Fen),
      payer_total: v.optional(Fen),
      currency: v.optional(v.string()),
      payer_currency: v.optional(v.string()),
    }),
  ),
  // Nothing depends on these two: an odd coupon must not make a paid order unreadable.
  scene_info: v.fallback(v.optional(v.looseObject({ device_id: v.optional(v.string()) })), undefined),
  promotion_detail: v.fallback(v.optional(v.array(PromotionDetail)), undefined),
})
export type Transaction = v.InferOutput<typeof Transaction>

/** What WeChat always sends once it is paid. */
export const PaidTransaction = v.looseObject({
  ...Transaction.entries,
  transaction_id: v.string(),
  success_time: Rfc3339,
  payer: v.looseObject({ openid: v.string() }),
  amount: v.looseObject({
    total: PositiveFen,
    payer_total: v.optional(Fen),
    currency: v.optional(v.string()),
    payer_currency: v.optional(v.string()),
  }),
})
export type PaidTransaction = v.InferOutput<typeof PaidTransaction>

export const CreateJsapiResponse = v.looseObject({ prepay_id: v.pipe(v.string(), v.minLength(1)) })
export const OutTradeNoPath = v.object({ out_trade_no: OutTradeNo })
export const TransactionIdPath = v.object({
  transaction_id: v.pipe(v.string(), v.regex(/^\w{1,32}$/, 'must be 1 to 32 letters and digits')),
})
export const MchidQuery = v.object({ mchid: Mchid })
export const CloseBody = v.strictObject({ mchid: Mchid })
