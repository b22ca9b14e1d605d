import type { cards } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { CardTemplate } from '../table.ts'
import { loadTerms, noTerms, type Terms } from './terms.ts'

/** What a shopper sees of these templates, in their order. */
export async function viewOffers(db: Kysely<Database>, rows: readonly CardTemplate[]): Promise<cards.CardOffer[]> {
  const ids = rows.map(({ id }) => id)
  const terms = await loadTerms(db, ids)
  return rows.map((row) => ({
    ...describeTemplate(row, terms.get(row.id) ?? noTerms),
    onOffer: row.state === 'on_offer',
  }))
}

/** What shopper and shop both see. */
export const describeTemplate = (
  { id, name, description, duration_days }: CardTemplate,
  { goals, rewards }: Terms,
): Omit<cards.CardOffer, 'onOffer'> => ({
  ...{ id, name, description, durationDays: duration_days },
  goals: goals.map(({ number: _, ...goal }) => goal),
  rewards: rewards.map(({ number: _, ...reward }) => reward),
})
