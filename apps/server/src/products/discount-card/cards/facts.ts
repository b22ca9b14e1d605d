import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { listCardGoals, listCardRewards, listRecords, listTemplates } from '../repository.ts'
import type { Card, CardGoal, CardRecord, CardReward } from '../table.ts'
import { loadTerms, noTerms, type Terms } from '../templates/terms.ts'

/** What WeChat Pay collects for a card. */
export interface CardCharge {
  readonly transactionId: string | null
  readonly unconfirmed: boolean
  readonly refundedFen: number
}

/** All that a view of one card needs. */
export interface CardFacts {
  readonly name: string
  /** Of its template. */
  readonly terms: Terms
  readonly goals: readonly CardGoal[]
  readonly rewards: readonly CardReward[]
  readonly records: readonly CardRecord[]
  readonly charge: CardCharge | undefined
}

/** … of these, in their order. A handful of queries, however many cards. */
export async function loadFacts(db: Kysely<Database>, cards: readonly Card[]): Promise<readonly CardFacts[]> {
  const [ids, templateIds] = [cards.map(({ id }) => id), [...new Set(cards.map((card) => card.template_id))]]
  const [templates, terms] = [await listTemplates(db, templateIds), await loadTerms(db, templateIds)]
  const [goals, rewards] = [await listCardGoals(db, ids), await listCardRewards(db, ids)]
  const [records, charges] = [await listRecords(db, ids), await loadCharges(db, ids)]
  return cards.map(({ id, template_id }) => ({
    name: templates.find((template) => template.id === template_id)?.name ?? '',
    terms: terms.get(template_id) ?? noTerms,
    goals: goals.filter((goal) => goal.card_id === id),
    rewards: rewards.filter((reward) => reward.card_id === id),
    records: records.filter((record) => record.card_id === id),
    charge: charges.get(id),
  }))
}

async function loadCharges(db: Kysely<Database>, cardIds: readonly string[]): Promise<ReadonlyMap<string, CardCharge>> {
  if (cardIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('charge')
    .leftJoin('movement', (on) => on.onRef('movement.charge_id', '=', 'charge.id').on('movement.kind', '=', 'refund'))
    .select((eb) => [
      ...(['charge.subject_id', 'transaction_id', 'unconfirmed'] as const),
      eb.fn.sum<string | null>('movement.amount_fen').as('sum'),
    ])
    .where('purpose', '=', 'card')
    .where('subject_id', 'in', cardIds)
    .groupBy('charge.id')
    .execute()
  return new Map(
    rows.map(({ subject_id, transaction_id, unconfirmed, sum }) => [
      subject_id,
      { transactionId: transaction_id, unconfirmed, refundedFen: Math.abs(Number(sum ?? 0)) },
    ]),
  )
}
