import type { cards } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { listTemplateGoals, listTemplateRewards } from '../repository.ts'

type Numbered<Term> = Term & { readonly number: number }

/** What a template promises and gives, in our own words. */
export interface Terms {
  readonly goals: readonly Numbered<cards.CardOffer['goals'][number]>[]
  readonly rewards: readonly Numbered<cards.CardOffer['rewards'][number]>[]
}

/** … of these templates, with the names of what counts. */
export async function loadTerms(
  db: Kysely<Database>,
  templateIds: readonly string[],
): Promise<ReadonlyMap<string, Terms>> {
  const [goals, rewards] = [await listTemplateGoals(db, templateIds), await listTemplateRewards(db, templateIds)]
  const names = await namesOf(db, [...goals, ...rewards])
  const named = (ids: string[] | null) => ids?.map((id) => names.get(id) ?? id) ?? null
  const termsOf = (id: string): Terms => ({
    goals: goals
      .filter((goal) => goal.template_id === id)
      .map(({ number, name, times, unit, counts, goods_ids }) => ({
        ...{ number, name, times, unit, counts, goods: named(goods_ids) },
      })),
    rewards: rewards
      .filter((reward) => reward.template_id === id)
      .map(({ number, name, times, unit, amount_fen, percent_off, goods_ids }) => ({
        ...{ number, name, times, unit, amountFen: amount_fen, percentOff: percent_off, goods: named(goods_ids) },
      })),
  })
  return new Map(templateIds.map((id) => [id, termsOf(id)]))
}

export const noTerms: Terms = { goals: [], rewards: [] }

async function namesOf(db: Kysely<Database>, terms: readonly { readonly goods_ids: string[] | null }[]) {
  const ids = [...new Set(terms.flatMap(({ goods_ids }) => goods_ids ?? []))]
  if (ids.length === 0) return new Map<string, string>()
  const goods = await db.selectFrom('goods').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(goods.map(({ id, name }) => [id, name]))
}
