import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Card, CardGoal, CardRecord, CardReward } from './table.ts'

/**
 * Lock order everywhere: the order and its charge, then the card, then its records and the charge of the card. Nobody who
 * holds a card waits for an order.
 */
export const lockCard = (tx: Tx, id: string): Promise<Card> =>
  tx.selectFrom('card').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow()

export const findCardByCode = (
  db: Kysely<Database>,
  { mchid, outCardCode }: { readonly mchid: string; readonly outCardCode: string },
): Promise<Card | undefined> =>
  db
    .selectFrom('card')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('out_card_code', '=', outCardCode)
    .executeTakeFirst()

export function listCardGoals(db: Kysely<Database>, cardIds: readonly string[]): Promise<readonly CardGoal[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_goal').selectAll().where('card_id', 'in', cardIds).orderBy('position').execute()
}

export function listCardRewards(db: Kysely<Database>, cardIds: readonly string[]): Promise<readonly CardReward[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_reward').selectAll().where('card_id', 'in', cardIds).orderBy('position').execute()
}

/** In the order in which WeChat Pay is told. */
export function listRecords(db: Kysely<Database>, cardIds: readonly string[]): Promise<readonly CardRecord[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_record').selectAll().where('card_id', 'in', cardIds).orderBy('number').execute()
}
