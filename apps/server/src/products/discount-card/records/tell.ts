import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { endTurn } from '../../../kernel/turn.ts'
import { queryCard } from '../cards/query.ts'
import { lockCard } from '../repository.ts'
import type { Card } from '../table.ts'
import { type SentRecord, takeNextRecord } from './next-record.ts'
import { type Refusal, sendRecord } from './send.ts'

/**
 * Tells WeChat Pay the records of a card, one after another: the next one goes when the one before was seen in an answer
 * about the card, or was refused. The caller has the turn of the card, which is given back.
 * @returns false when WeChat Pay did not answer, or did not do what it said: it is told again later
 */
export async function tellCard(ctx: Ctx, card: Card): Promise<boolean> {
  try {
    for (;;) {
      const record = await takeNextRecord(ctx, card)
      if (!record) return true
      if (!(await tellRecord(ctx, card, record))) return false
    }
  } finally {
    await endTurn(ctx, 'card', card)
  }
}

async function tellRecord(ctx: Ctx, card: Card, record: SentRecord): Promise<boolean> {
  const refusal = await sendRecord(ctx, card, record)
  const answer = await queryCard(ctx, card)
  const isAnswered = answer !== 'absent' && answer !== 'unknown' && answer !== 'refused'
  if (!(await isStillSending(ctx, record))) return true
  if (refusal?.isOfRecord && isAnswered) return refuse(ctx, card, record, refusal)
  if (refusal) await alarmRefusal(ctx, card, refusal)
  return false
}

const isStillSending = async ({ db }: Ctx, { id }: SentRecord): Promise<boolean> =>
  (await db
    .selectFrom('card_record')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst()) !== undefined

/** A signed answer does not show it: it waits for a person, and what else there is goes on. */
async function refuse(
  ctx: Ctx,
  card: Card,
  { id, serial_no: serialNo }: SentRecord,
  { problem }: Refusal,
): Promise<true> {
  const { numUpdatedRows } = await inTransaction(ctx.db, async (tx) => {
    await lockCard(tx, card.id)
    const refused = tx.updateTable('card_record').set({ state: 'refused', problem }).where('id', '=', id)
    return refused.where('state', '=', 'sending').executeTakeFirst()
  })
  const { mchid, out_card_code: outCardCode } = card
  if (numUpdatedRows === 1n) ctx.alarm('card_record_refused', { mchid, outCardCode, serialNo, problem })
  return true
}

/** WeChat Pay takes nothing of this card, or of this merchant. It is tried again without an end. */
const alarmRefusal = (ctx: Ctx, { id, mchid, out_card_code: outCardCode }: Card, { problem }: Refusal): Promise<void> =>
  alarmDaily(ctx, 'card_record_refused', id, { mchid, outCardCode, problem })
