import type { cards } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { readTemplate } from '../repository.ts'
import type { CardTemplate } from '../table.ts'
import { loadTerms, noTerms } from './terms.ts'
import { describeTemplate } from './view.ts'

/** What the shop sees of these templates, in their order. */
export async function viewTemplates(
  db: Kysely<Database>,
  rows: readonly CardTemplate[],
): Promise<cards.CardTemplate[]> {
  const ids = rows.map(({ id }) => id)
  const [terms, counts] = [await loadTerms(db, ids), await countTaken(db, ids)]
  return rows.map((row) => ({
    ...describeTemplate(row, terms.get(row.id) ?? noTerms),
    state: row.state,
    cardTemplateId: row.card_template_id,
    takenCount: counts.get(row.id) ?? 0,
    createdAt: row.created_at.toISOString(),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }))
}

export async function viewTemplate(db: Kysely<Database>, id: string): Promise<cards.CardTemplate> {
  const [template] = await viewTemplates(db, [await readTemplate(db, id)])
  if (!template) throw new Error(`card template ${id} has no view`)
  return template
}

/** How many have ever taken each of them. */
async function countTaken(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('card')
    .select((eb) => ['template_id', eb.fn.countAll<number>().as('count')])
    .where('template_id', 'in', ids)
    .where('taken_at', 'is not', null)
    .groupBy('template_id')
    .execute()
  return new Map(rows.map(({ template_id, count }) => [template_id, count]))
}
