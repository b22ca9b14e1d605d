import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { isTurn } from '../../../kernel/turn.ts'
import { lockCard } from '../repository.ts'
import { isOpen, openRecordStates } from '../states.ts'
import type { Card, CardRecord } from '../table.ts'
import { recordBody } from './request.ts'

/** A record whose request is committed: from now on it may be at WeChat Pay. */
export type SentRecord = CardRecord & { readonly request: string }

/** As much as one record may take: it is sent, and asked about. */
const ONE_RECORD_MS = 40_000

/**
 * The first record of a card that may be told, with its request; undefined when there is none (any more), or when the turn
 * is over. What WeChat Pay refused holds up what the same order says about the same goal or reward later.
 */
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
    return startSending(tx, card, next)
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

function firstOf(open: readonly CardRecord[]): CardRecord | undefined {
  const heldUp = new Set(open.filter(({ state }) => state === 'refused').map(aboutOf))
  return open.find((record) => !heldUp.has(aboutOf(record)))
}

async function startSending(tx: Tx, { template_id }: Card, record: CardRecord): Promise<SentRecord> {
  const request = record.request ?? (await compose(tx, template_id, record))
  if (record.state === 'waiting') {
    await tx.updateTable('card_record').set({ state: 'sending', request }).where('id', '=', record.id).execute()
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
