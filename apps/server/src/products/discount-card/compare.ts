import { parseRfc3339 } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Evidence } from '../../ledger/compare.ts'
import type { Proof } from '../../ledger/table.ts'
import { type CardState, fromCardState } from './states.ts'
import type { Card } from './table.ts'

interface Ours {
  readonly card: Card
  /** WeChat's number of the template. */
  readonly cardTemplateId: string
  /** Who has this card_id already. */
  readonly owner: { readonly id: string } | undefined
}

/** The members in which WeChat's word contradicts our own record; none: it is about this card. */
export function cardContradictions(said: schema.ChargedCard, { card, cardTemplateId, owner }: Ours): readonly string[] {
  const pairs = {
    mchid: [card.mchid, said.mchid],
    appid: [card.appid, said.appid],
    outCardCode: [card.out_card_code, said.out_card_code],
    cardTemplateId: [cardTemplateId, said.card_template_id],
    openid: [card.openid ?? said.openid, said.openid],
    cardId: [card.card_id ?? said.card_id, said.card_id],
    cardIdOwner: [owner?.id ?? card.id, card.id],
    state: [isKept(card.state) ?? isKept(stateOf(said)), isKept(stateOf(said)) ?? isKept(card.state)],
  }
  return Object.entries(pairs).flatMap(([name, [ours, theirs]]) => (ours === theirs ? [] : [name]))
}

/** A promise that was kept cannot be broken any more, nor the other way round. */
function isKept(state: CardState | 'unknown'): boolean | undefined {
  if (state === 'finished') return true
  return state === 'unfinished' || state === 'owing' || state === 'paid' ? false : undefined
}

export const payFenOf = ({ pay_information }: schema.ChargedCard): number => pay_information?.pay_amount ?? 0

/** What the word means for us: `owing` as soon as WeChat Pay says what it collects. */
export function stateOf(said: schema.ChargedCard): CardState | 'unknown' {
  const state = fromCardState(said.state)
  return state === 'unfinished' && payFenOf(said) > 0 ? 'owing' : state
}

/** What was collected, in the words of the ledger; undefined when it lacks what collected sums have. */
export function toEvidence(said: schema.ChargedCard, proof: Proof): Evidence | undefined {
  const { transaction_id, pay_time, pay_amount = 0 } = said.pay_information ?? {}
  if (!transaction_id || !pay_time) return undefined
  return {
    mchid: said.mchid,
    appid: said.appid,
    outTradeNo: said.out_card_code,
    transactionId: transaction_id,
    amountFen: pay_amount,
    currency: 'CNY',
    openid: said.openid,
    successTime: parseRfc3339(pay_time),
    proof,
  }
}
