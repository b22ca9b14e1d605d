import type { cards } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { cutPage, isUuid, readCursor } from '../../../kernel/page.ts'
import type { CardState } from '../states.ts'
import { viewMerchantCards } from './merchant-view.ts'

type Input = ParsedInputOf<typeof cards.listMerchantCards>

/** What a status stands for, where it is not a state of that name. */
const statesOf: Partial<Record<NonNullable<Input['status']>, readonly CardState[]>> = {
  prepared: ['preparing', 'prepared'],
  failed: ['refused'],
  // That is how the one sees it who asked; the shop sees whose it is.
  taken_by_other: [],
}

/** Of everybody, newest first, also those that nobody took. */
export async function listMerchantCards(
  { db }: MerchantCtx,
  { limit, after, status, templateId }: Input,
): Promise<{ cards: cards.MerchantCard[]; next: string | null }> {
  const cursor = readCursor(after)
  const states = status && (statesOf[status] ?? [status as CardState])
  if (states?.length === 0 || (templateId !== undefined && !isUuid(templateId))) return { cards: [], next: null }
  const rows = await db
    .selectFrom('card')
    .selectAll()
    .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
    .$if(templateId !== undefined, (query) => query.where('template_id', '=', templateId ?? ''))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { cards: await viewMerchantCards(db, page), next }
}
