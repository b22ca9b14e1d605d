import { step } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import type { Proof } from '../../../ledger/table.ts'
import { cardContradictions, stateOf } from '../compare.ts'
import { acceptSeen } from '../records/accept-seen.ts'
import { findCardByCode, lockCard, readCard, readTemplate } from '../repository.ts'
import { type CardState, cardTransitions } from '../states.ts'
import type { Card } from '../table.ts'
import { advance, stay } from './advance.ts'
import { closeOrdersOfEnded } from './close-orders.ts'
import { settleCard } from './settle-card.ts'

/** What a person has to hear of. */
export interface Alarming {
  readonly alarm: string
  /** What it is raised about once a day; default: the card. */
  readonly subject?: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** `refused`: it contradicts our record or proves nothing; nothing changed, and a person hears of it. */
export type Applied =
  | { readonly kind: 'moved' | 'same' | 'late'; readonly card: Card; readonly alarms: readonly Alarming[] }
  | { readonly kind: 'refused'; readonly alarms: readonly [Alarming] }

/** What WeChat Pay says about a card, verified before it comes here. */
export interface Told {
  readonly said: schema.Card
  readonly proof: Proof
}

/**
 * The one way on for a card, whoever brings the word: notice, query, or answer. Idempotent and forward only, so that lost,
 * late, crossed and repeated notices end alike. Whoever took the card has it, whoever asked for it.
 */
export async function applyCard(ctx: Ctx, { said, proof }: Told): Promise<Applied> {
  const applied = await inTransaction(ctx.db, (tx) => apply(tx, said, ctx.clock.now()))
  const { mchid, out_card_code: outCardCode, state } = said
  const about = { mchid, outCardCode, state, proof }
  for (const { alarm, subject = outCardCode, detail } of applied.alarms) {
    await alarmDaily(ctx, alarm, subject, { ...about, ...detail })
  }
  ctx.log.info({ ...about, result: applied.kind }, 'word about a card')
  if (applied.kind === 'refused') return applied
  await settleCard(ctx, applied.card, { said, proof })
  if (applied.kind === 'moved') {
    ctx.wake()
    if (applied.card.ended_at !== null) await closeOrdersOfEnded(ctx)
  }
  return { ...applied, card: await readCard(ctx.db, applied.card.id) }
}

async function apply(tx: Tx, said: schema.Card, now: Date): Promise<Applied> {
  const found = await findCardByCode(tx, { mchid: said.mchid, outCardCode: said.out_card_code })
  if (!found) return refuse('unknown_card', {})
  const card = await lockCard(tx, found.id)
  const fields = await contradictionsOf(tx, card, said)
  if (fields.length > 0) return refuse('card_mismatch', { fields })
  const state = stateOf(said)
  if (state === 'unknown') return refuse('card_state_unknown', {})

  const { kind } = step<CardState>(cardTransitions, card.state, state)
  if (kind === 'move') return { kind: 'moved', ...(await advance(tx, card, { said, state, now })) }
  if (kind === 'same') return { kind, ...(await stay(tx, card, { said, state, now })) }
  // Its records are no news of the past: what WeChat Pay has it has.
  await acceptSeen(tx, card, said, now)
  return { kind: 'late', card, alarms: [] }
}

const refuse = (alarm: string, detail: Alarming['detail']): Applied => ({
  kind: 'refused',
  alarms: [{ alarm, detail }],
})

/** The members of any of the three notices, or of an answer, that are not about this card of ours. */
export async function contradictionsOf(tx: Tx, card: Card, said: schema.ChargedCard): Promise<readonly string[]> {
  const owner = tx.selectFrom('card').select('id').where('card_id', '=', said.card_id)
  const { card_template_id: cardTemplateId } = await readTemplate(tx, card.template_id)
  return cardContradictions(said, { card, cardTemplateId, owner: await owner.executeTakeFirst() })
}
