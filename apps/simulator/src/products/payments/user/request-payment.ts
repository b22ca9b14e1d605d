import { verifySha256Rsa } from '@shouyin/wechatpay-core/crypto'
import { paySignMessage } from '@shouyin/wechatpay-core/protocol'
import { type Diagnosis, diagnosePaySign } from '../../../kernel/diagnose.ts'
import { type Merchant, merchantPublicKey } from '../../../kernel/merchants.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { PREPAY_LIFE_MS } from '../model.ts'
import { type CouponChoice, type PayRefusal, pay, payRefusals, whyNotPay } from './pay.ts'

/** What `wx.requestPayment` was given, and which user in which mini-program gave it. */
export type CashierInput = Readonly<Record<(typeof TEXTS)[number], string>>

const TEXTS = ['appid', 'openid', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const

export type CashierReason =
  | 'PARAMETER_INVALID'
  | 'APPID_MISMATCH'
  | 'SIGNATURE_INVALID'
  | 'PREPAY_UNKNOWN'
  | 'PREPAY_EXPIRED'
  | PayRefusal
  | 'USER_CANCELLED'

export interface CashierAnswer {
  /** As `wx.requestPayment` reports it; null while the sheet is open. */
  readonly errMsg: string | null
  readonly reason: CashierReason | null
  readonly sheet: { readonly amountFen: number; readonly description: string; readonly merchantName: string } | null
}

export interface CashierResult {
  readonly answer: CashierAnswer
  readonly transaction: StoredTransaction | null
  /** For a wrong paySign only. */
  readonly diagnosis: Diagnosis | null
}

/** What the phone does with `wx.requestPayment`: checks everything, then opens the sheet, pays or cancels. */
export function requestPayment(
  world: World,
  action: 'open' | 'pay' | 'cancel',
  given: Readonly<Record<string, unknown>>,
  coupon: CouponChoice,
) {
  const input = readInput(given)
  if (typeof input === 'string') return failed('PARAMETER_INVALID', input)
  const prepayId = /^prepay_id=(.+)$/.exec(input.package)?.[1] ?? ''
  const transaction = world.transactions.findByPrepayId(prepayId) ?? null
  if (input.appid !== (transaction?.appid ?? world.appid)) {
    return failed(
      'APPID_MISMATCH',
      `下单的appid（${transaction?.appid ?? world.appid}）与当前小程序（${input.appid}）不一致`,
      transaction,
    )
  }
  const diagnosis = checkPaySign(world, input, transaction)
  if (diagnosis) return { ...failed('SIGNATURE_INVALID', '支付验证签名失败', transaction), diagnosis }
  const issuedAtMs = transaction?.prepays.find(({ id }) => id === prepayId)?.issuedAtMs
  if (!transaction || issuedAtMs === undefined) return failed('PREPAY_UNKNOWN', '预支付交易会话标识prepay_id无效')
  if (world.clock.nowMs() >= issuedAtMs + PREPAY_LIFE_MS) {
    return failed('PREPAY_EXPIRED', '支付会话已过期，请重新下单', transaction)
  }
  const refusal = whyNotPay(world, transaction, input.openid, coupon)
  if (refusal) return failed(refusal, payRefusals[refusal], transaction)
  return act(world, action, transaction, coupon)
}

function act(
  world: World,
  action: 'open' | 'pay' | 'cancel',
  transaction: StoredTransaction,
  coupon: CouponChoice,
): CashierResult {
  if (action === 'cancel') return result({ errMsg: CANCELLED, reason: 'USER_CANCELLED', sheet: null }, transaction)
  if (action === 'pay') {
    pay(world, transaction, transaction.openid, coupon)
    return result({ errMsg: 'requestPayment:ok', reason: null, sheet: null }, transaction)
  }
  const { amountFen, description } = transaction
  const merchantName = merchantOf(world, transaction)?.merchantName ?? ''
  return result({ errMsg: null, reason: null, sheet: { amountFen, description, merchantName } }, transaction)
}

/** @returns the texts, or what is wrong with one of them */
function readInput(given: Readonly<Record<string, unknown>>): CashierInput | string {
  const texts = new Map<string, string>()
  for (const name of TEXTS) {
    const value = given[name]
    if (typeof value !== 'string' || value === '') return `支付参数错误：${name}必须是非空字符串`
    texts.set(name, value)
  }
  const { signType, ...input } = Object.fromEntries(texts) as CashierInput
  if (!/^\d{10}$/.test(input.timeStamp)) return '支付参数错误：timeStamp必须是10位的秒级时间戳'
  if (signType !== 'RSA') return `支付参数错误：signType必须是RSA，不能是${signType}`
  return { ...input, signType }
}

/** With the key of the merchant who ordered; with any of the world's while the order is not known. */
function checkPaySign(world: World, input: CashierInput, transaction: StoredTransaction | null): Diagnosis | null {
  const ordered = transaction && merchantOf(world, transaction)
  const candidates = ordered ? [ordered] : world.merchants
  const message = paySignMessage(input)
  if (candidates.some((merchant) => verifySha256Rsa(merchantPublicKey(merchant), message, input.paySign))) return null
  const [first] = candidates
  return first ? diagnosePaySign({ ...input, merchantPublicKey: merchantPublicKey(first) }) : null
}

const merchantOf = (world: World, { mchid }: StoredTransaction): Merchant | undefined =>
  world.merchants.find((merchant) => merchant.mchid === mchid)

const CANCELLED = 'requestPayment:fail cancel'

const result = (answer: CashierAnswer, transaction: StoredTransaction | null): CashierResult => ({
  answer,
  transaction,
  diagnosis: null,
})

/** A wrong signature looks like a cancel on real phones. */
function failed(reason: CashierReason, words: string, transaction: StoredTransaction | null = null): CashierResult {
  const errMsg = reason === 'SIGNATURE_INVALID' ? CANCELLED : `requestPayment:fail ${words}`
  return result({ errMsg, reason, sheet: null }, transaction)
}
