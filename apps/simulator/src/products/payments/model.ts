import { randomBytes } from 'node:crypto'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { type schema, states } from '@shouyin/wechatpay-core/payments'
import type { InferOutput } from 'valibot'
import { fingerprint } from '../../kernel/fingerprint.ts'
import { timeDigits } from '../../kernel/numbers.ts'
import type { Switches } from '../../kernel/switches.ts'
import type { Coupon, StoredTransaction } from '../../kernel/transactions.ts'

export type OrderBody = InferOutput<typeof schema.CreateJsapiBody>

/** prepay_id: two hours, whatever time_expire says. */
export const PREPAY_LIFE_MS = 2 * 3600_000
/** 支付结束时间: never earlier than a minute after the order. */
const SHORTEST_LIFE_MS = 60_000
const DEFAULT_LIFE_MS = 7 * 86_400_000

/** The stored form of a new order. */
export function newTransaction(body: OrderBody, nowMs: number, switches: Switches): StoredTransaction {
  return {
    mchid: body.mchid,
    appid: body.appid,
    openid: body.payer.openid,
    outTradeNo: body.out_trade_no,
    tradeType: 'JSAPI',
    description: body.description,
    attach: body.attach ?? null,
    notifyUrl: body.notify_url,
    amountFen: body.amount.total,
    deviceId: body.scene_info?.device_id ?? null,
    parameters: parametersOf(body),
    createdAtMs: nowMs,
    expiresAtMs: expiryOf(body, nowMs, switches),
    prepays: [],
    namesPublicKey: false,
    tradeState: 'NOTPAY',
    transactionId: null,
    payerTotalFen: null,
    coupon: null,
    successAtMs: null,
  }
}

/** Too early is lifted, too late is clipped; neither is refused. */
export function expiryOf(body: OrderBody, createdAtMs: number, switches: Switches): number {
  if (body.time_expire === undefined) return createdAtMs + DEFAULT_LIFE_MS
  const lifeMs = Date.parse(body.time_expire) - createdAtMs
  return createdAtMs + Math.min(Math.max(lifeMs, SHORTEST_LIFE_MS), switches.timeExpireMaxSeconds * 1000)
}

/** 重入: whether a repeated order brings the parameters of the first, whatever the order of the members. */
export function isSameOrder({ parameters }: StoredTransaction, body: OrderBody, switches: Switches): boolean {
  const again = parametersOf(body)
  return switches.reorderMayChangeTimeExpire
    ? again.split(' ', 1)[0] === parameters.split(' ', 1)[0]
    : again === parameters
}

/** A digest of all but time_expire, and time_expire, which may differ by switch. */
const parametersOf = ({ time_expire: timeExpire = '', ...others }: OrderBody): string =>
  `${fingerprint(others)} ${timeExpire}`

/** As issued: `wx`, the time in Beijing, 20 hex digits. */
export const makePrepayId = (at: Date) => `wx${timeDigits(at)}${randomBytes(10).toString('hex')}`

/** The order as both queries answer it and, once paid, as the notification carries it. */
export function toWire(transaction: StoredTransaction) {
  const { tradeState, transactionId, successAtMs, payerTotalFen } = transaction
  const common = {
    appid: transaction.appid,
    mchid: transaction.mchid,
    out_trade_no: transaction.outTradeNo,
    trade_state: tradeState,
    trade_state_desc: states.tradeStateDescriptions[tradeState],
    ...(transaction.attach !== null && { attach: transaction.attach }),
    ...(transaction.deviceId !== null && { scene_info: { device_id: transaction.deviceId } }),
  }
  if (transactionId === null || successAtMs === null || payerTotalFen === null) {
    return { ...common, amount: { total: transaction.amountFen, currency: 'CNY' } }
  }
  return {
    ...common,
    transaction_id: transactionId,
    trade_type: transaction.tradeType,
    // 零钱: what WeChat prints for everything that is not a bank.
    bank_type: 'OTHERS',
    success_time: formatShanghai(new Date(successAtMs)),
    payer: { openid: transaction.openid },
    amount: { total: transaction.amountFen, payer_total: payerTotalFen, currency: 'CNY', payer_currency: 'CNY' },
    ...(transaction.coupon && { promotion_detail: [promotionOf(transaction.coupon)] }),
  }
}

/** 优惠功能: one coupon for the whole order. */
const promotionOf = ({ id, type, amountFen }: Coupon) => ({
  coupon_id: id,
  name: '模拟代金券',
  scope: 'GLOBAL',
  type,
  amount: amountFen,
  wechatpay_contribute: type === 'CASH' ? amountFen : 0,
  merchant_contribute: type === 'CASH' ? 0 : amountFen,
  other_contribute: 0,
  currency: 'CNY',
})
