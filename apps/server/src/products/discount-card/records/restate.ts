import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db.ts'
import { isOpen } from '../states.ts'
import type { Card } from '../table.ts'
import { describe } from './describe.ts'
import { isTaken, listFacts, type TakenCard } from './facts.ts'
import { matters } from './matters.ts'
import { type Change, missing, type Told } from './missing.ts'
import { type KnownGoal, truthOf } from './truth.ts'

/**
 * Compares what is true of a locked card with what was told, and appends what is missing: the only writer of records,
 * right however often and whenever it is called. What comes after the card has ended is written down as too late.
 */
export async function restateCard(tx: Tx, card: Card, now: Date): Promise<void> {
  if (!isTaken(card)) return
  const truths = truthOf(card, await listKnownGoals(tx, card), await listFacts(tx, card))
  const changes = missing(truths, await listTold(tx, card), now).filter((change) => matters(card, change))
  await append(tx, card, changes, now)
  if (isOpen(card.state)) await tellSoon(tx, card, { isNews: changes.length > 0, now })
}

/** … of all cards that an order counts for. The caller holds the order, or the charge that paid it. */
export async function restateCardsOf(tx: Tx, orderId: string, now: Date): Promise<void> {
  for (const card of await lockCardsOf(tx, orderId)) await restateCard(tx, card, now)
}

/**
 * One that ended before has nothing to do with it, unless it made the order cheaper. Joined from the order: who pays locks
 * cards of his own, and reads nobody else's.
 */
const lockCardsOf = (tx: Tx, orderId: string): Promise<readonly Card[]> =>
  tx
    .selectFrom('orders')
    .innerJoin('card', (on) =>
      on
        .onRef('card.openid', '=', 'orders.openid')
        .onRef('card.mchid', '=', 'orders.mchid')
        .onRef('card.appid', '=', 'orders.appid'),
    )
    .leftJoin('card_order', 'card_order.order_id', 'orders.id')
    .selectAll('card')
    .where('orders.id', '=', orderId)
    .where('orders.state', '=', 'paid')
    .where(({ or, eb, ref }) =>
      or([
        eb('card.ended_at', 'is', null),
        eb('orders.paid_at', '<', ref('card.ended_at')),
        eb('card_order.card_id', '=', ref('card.id')),
      ]),
    )
    .orderBy('card.id')
    .forNoKeyUpdate('card')
    .execute()

const listKnownGoals = (tx: Tx, card: TakenCard): Promise<readonly KnownGoal[]> =>
  tx
    .selectFrom('card_goal')
    .innerJoin('card_template_goal', 'card_template_goal.number', 'card_goal.number')
    .select(['objective_id', 'counts', 'goods_ids'])
    .where('card_id', '=', card.id)
    .where('template_id', '=', card.template_id)
    .orderBy('position')
    .execute()

const net = (what: 'times' | 'amount_fen') =>
  sql<number>`sum(case direction when 'INCREASE' then ${sql.ref(what)} else -${sql.ref(what)} end)::bigint`

const listTold = (tx: Tx, { id }: TakenCard): Promise<readonly Told[]> =>
  tx
    .selectFrom('card_record')
    .select(['order_id as orderId', sql<string>`coalesce(objective_id, reward_id)`.as('of')])
    .select([net('times').as('times'), sql<number>`coalesce(${net('amount_fen')}, 0)`.as('fen')])
    .where('card_id', '=', id)
    .groupBy(['order_id', 'objective_id', 'reward_id'])
    .execute()

async function append(tx: Tx, card: TakenCard, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return
  const { last } = await tx
    .selectFrom('card_record')
    .select(sql<number>`coalesce(max(number), 0)::int`.as('last'))
    .where('card_id', '=', card.id)
    .executeTakeFirstOrThrow()
  for (const [i, change] of changes.entries()) {
    const id = randomUUIDv7()
    await tx
      .insertInto('card_record')
      .values({
        id,
        card_id: card.id,
        number: last + 1 + i,
        kind: change.kind,
        objective_id: change.kind === 'goal' ? change.of : null,
        reward_id: change.kind === 'reward' ? change.of : null,
        serial_no: id.replaceAll('-', ''),
        direction: change.direction,
        times: change.times,
        amount_fen: change.fen,
        description: describe(change),
        order_id: change.orderId,
        happened_at: change.happenedAt,
        created_at: now,
        state: isOpen(card.state) ? 'waiting' : 'too_late',
      })
      .execute()
  }
}

/** What is new is told at once; what waits already is told when its turn comes. */
async function tellSoon(
  tx: Tx,
  { id, next_send_at }: Card,
  { isNews, now }: { readonly isNews: boolean; readonly now: Date },
): Promise<void> {
  if (!isNews && next_send_at !== null) return
  const waiting = sql<boolean>`exists (select from card_record where card_id = ${id} and state in ('waiting', 'sending'))`
  await tx.updateTable('card').set({ next_send_at: now }).where('id', '=', id).where(waiting).execute()
}
