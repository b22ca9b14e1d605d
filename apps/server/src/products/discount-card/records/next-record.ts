import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { isTurn } from '../../../kernel/turn.ts'
import { lockCard } from '../repository.ts'
import { nextQueryAt } from '../schedule.ts'
import { isOpen, openRecordStates } from '../states.ts'
import type { Card, CardRecord } from '../table.ts'
import { rank } from './missing.ts'
import { recordBody } from './request.ts'

/** A record whose request is committed: from now on it may be at WeChat Pay. */
export type SentRecord = CardRecord & { readonly request: string }

/** As much as one record may take: it is sent, and asked about. */
const ONE_RECORD_MS = 40_000

/** The first record of a card that may be told, with its request; undefined when there is none, or the turn is over. */
export function takeNextRecord(ctx: Ctx, turn: Card): Promise<SentRecord | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now()
    const card = await lockCard(tx, turn.id)
    if (!isTurn(card, turn) || !isOpen(card.state)) return undefined
    const next = firstOf(await listOpen(tx, card))
    const isLate = now.getTime() + ONE_RECORD_MS > (card.sending_until?.getTime() ?? 0)
    if (!next || isLate) {
      const set = { next_send_at: next ? now : null, send_count: 0 }
      await tx.updateTable('card').set(set).where('id', '=', card.id).execute()
      return undefined
    }
    return startSending(tx, { card, now }, next)
  })
}

const listOpen = (tx: Tx, { id }: Card): Promise<readonly CardRecord[]> =>
  tx
    .selectFrom('card_record')
    .selectAll()
    .where('card_id', '=', id)
    .where('state', 'in', openRecordStates)
    .orderBy('number')
    .execute()

const aboutOf = ({ order_id, objective_id, reward_id }: CardRecord): string =>
  `${order_id} ${objective_id ?? reward_id}`

/**
 * What may be there already, then by rank over all orders: a goal that is reached ends the card, and by then WeChat Pay has
 * to know what was enjoyed and what was given back. What the same order says of the same thing stays in its order, and
 * waits behind what was refused.
 */
function firstOf(open: readonly CardRecord[]): CardRecord | undefined {
  const firsts = [...Map.groupBy(open, aboutOf).values()].flatMap(([first]) => first ?? [])
  const [next] = firsts.filter(({ state }) => state !== 'refused').toSorted((one, other) => rankOf(one) - rankOf(other))
  return next
}

const rankOf = (record: CardRecord): number => (record.state === 'sending' ? -1 : rank(record))

/** One that is sent for the first time has not failed yet, however often the one before it did. */
async function startSending(tx: Tx, { card, now }: { card: Card; now: Date }, record: CardRecord): Promise<SentRecord> {
  const request = record.request ?? (await compose(tx, card.template_id, record))
  if (record.state === 'waiting') {
    await tx.updateTable('card_record').set({ state: 'sending', request }).where('id', '=', record.id).execute()
    const set = { next_send_at: nextQueryAt(0, now), send_count: 1 }
    await tx.updateTable('card').set(set).where('id', '=', card.id).execute()
  }
  return { ...record, state: 'sending', request }
}

async function compose(tx: Tx, templateId: string, record: CardRecord): Promise<string> {
  const { card_template_id } = await tx
    .selectFrom('card_template')
    .select('card_template_id')
    .where('id', '=', templateId)
    .executeTakeFirstOrThrow()
  return JSON.stringify(recordBody(record, card_template_id))
}
