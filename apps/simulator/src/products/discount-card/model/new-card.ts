import { randomBytes } from 'node:crypto'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { InferOutput } from 'valibot'
import type { StoredCard, StoredPreparation, StoredTemplate } from '../../../kernel/discount-card/stored.ts'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import { digits, makeTransactionId, timeDigits } from '../../../kernel/numbers.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'

export type PrepareBody = InferOutput<typeof schema.PrepareBody>

/** The stored form of a new request for a card: nobody has taken it yet. */
export const newPreparation = (
  mchid: string,
  body: PrepareBody,
  nowMs: number,
  namesPublicKey: boolean,
): StoredPreparation => ({
  mchid,
  appid: body.appid,
  outCardCode: body.out_card_code,
  cardTemplateId: body.card_template_id,
  notifyUrl: body.notify_url,
  parameters: fingerprint(body),
  namesPublicKey,
  createdAtMs: nowMs,
  tokens: [],
})

/** The stored form of the card that this user takes now; `startCard` is what makes it his. */
export function newCard(world: World, preparation: StoredPreparation, openid: string): StoredCard {
  const { mchid, appid, outCardCode, cardTemplateId } = preparation
  const { objectives, rewards, durationSeconds } = templateOf(world, preparation)
  const nowMs = world.clock.nowMs()
  return {
    mchid,
    appid,
    openid,
    cardId: randomBytes(16).toString('hex'),
    cardTemplateId,
    outCardCode,
    objectives,
    rewards,
    createdAtMs: nowMs,
    beginAtMs: nowMs,
    endAtMs: nowMs + durationSeconds * 1000,
    completions: [],
    usages: [],
    state: 'ONGOING',
    unfinishedReason: null,
    settleAtMs: null,
    endedAtMs: null,
    payState: null,
    deductAtMs: null,
    attempts: 0,
    paidAtMs: null,
    transactionId: null,
  }
}

/**
 * The payment that collecting makes: bills, funds and refunds know nothing else of it. How it looks there nothing is known
 * (GUESS): AUTH, a 商户订单号 of WeChat's making as that of Pay Score, no 商户数据包.
 */
export function newCollection(world: World, card: StoredCard, amountFen: number, paidAtMs: number): StoredTransaction {
  const at = new Date(paidAtMs)
  const { mchid, appid, openid } = card
  const { notifyUrl, parameters, namesPublicKey } = preparationOf(world, card)
  return {
    mchid,
    appid,
    openid,
    outTradeNo: `${timeDigits(at)}${digits(14)}`,
    tradeType: 'AUTH',
    description: templateOf(world, card).name,
    attach: null,
    notifyUrl,
    amountFen,
    deviceId: null,
    parameters,
    createdAtMs: paidAtMs,
    expiresAtMs: paidAtMs,
    prepays: [],
    namesPublicKey,
    tradeState: 'SUCCESS',
    transactionId: makeTransactionId(at),
    payerTotalFen: amountFen,
    coupon: null,
    successAtMs: paidAtMs,
  }
}

/** The request that brought this card. */
export function preparationOf(world: World, { mchid, outCardCode }: StoredCard): StoredPreparation {
  const preparation = world.discountCards.preparation(mchid, outCardCode)
  if (!preparation) throw new Error(`what prepared the card ${outCardCode} is always there`)
  return preparation
}

export function templateOf(world: World, { mchid, cardTemplateId }: StoredPreparation | StoredCard): StoredTemplate {
  const template = world.discountCards.template(mchid, cardTemplateId)
  if (!template) throw new Error(`the template ${cardTemplateId} is always there`)
  return template
}
