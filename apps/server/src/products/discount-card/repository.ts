import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Card, CardGoal, CardRecord, CardReward, CardTemplate, TemplateGoal, TemplateReward } from './table.ts'

type Db = Kysely<Database>

/**
 * Lock order everywhere: the order and its charge, then the card, then its records and the charge of the card. Nobody who
 * holds a card waits for an order.
 */
export const lockCard = (tx: Tx, id: string): Promise<Card> =>
  tx.selectFrom('card').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow()

/** One that is known to exist. */
export const readCard = (db: Db, id: string): Promise<Card> =>
  db.selectFrom('card').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const findCardByCode = (
  db: Db,
  { mchid, outCardCode }: { readonly mchid: string; readonly outCardCode: string },
): Promise<Card | undefined> =>
  db
    .selectFrom('card')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('out_card_code', '=', outCardCode)
    .executeTakeFirst()

/** The caller holds its lock. */
export const updateCard = (tx: Tx, { id, state }: Card, set: Partial<Card>): Promise<Card> =>
  tx
    .updateTable('card')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirstOrThrow()

export const readTemplate = (db: Db, id: string): Promise<CardTemplate> =>
  db.selectFrom('card_template').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export function listTemplates(db: Db, ids: readonly string[]): Promise<readonly CardTemplate[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db.selectFrom('card_template').selectAll().where('id', 'in', ids).execute()
}

export function listTemplateGoals(db: Db, templateIds: readonly string[]): Promise<readonly TemplateGoal[]> {
  if (templateIds.length === 0) return Promise.resolve([])
  const goals = db.selectFrom('card_template_goal').selectAll().where('template_id', 'in', templateIds)
  return goals.orderBy('number').execute()
}

export function listTemplateRewards(db: Db, templateIds: readonly string[]): Promise<readonly TemplateReward[]> {
  if (templateIds.length === 0) return Promise.resolve([])
  const rewards = db.selectFrom('card_template_reward').selectAll().where('template_id', 'in', templateIds)
  return rewards.orderBy('number').execute()
}

export function listCardGoals(db: Db, cardIds: readonly string[]): Promise<readonly CardGoal[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_goal').selectAll().where('card_id', 'in', cardIds).orderBy('position').execute()
}

export function listCardRewards(db: Db, cardIds: readonly string[]): Promise<readonly CardReward[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_reward').selectAll().where('card_id', 'in', cardIds).orderBy('position').execute()
}

/** In the order in which WeChat Pay is told. */
export function listRecords(db: Db, cardIds: readonly string[]): Promise<readonly CardRecord[]> {
  if (cardIds.length === 0) return Promise.resolve([])
  return db.selectFrom('card_record').selectAll().where('card_id', 'in', cardIds).orderBy('number').execute()
}
