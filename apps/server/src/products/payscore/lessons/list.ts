import type { lessons } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { viewMerchantLessons } from './merchant-view.ts'

/** Of everybody, newest first. One that was not begun is listed while its plan is signed: who only looked has no lessons. */
export async function listLessons(
  { db }: MerchantCtx,
  { limit, after, status }: ParsedInputOf<typeof lessons.listLessons>,
): Promise<{ lessons: lessons.MerchantLesson[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('lesson')
    .selectAll()
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('state', '<>', 'unused'),
        exists(
          selectFrom('sign_plan')
            .select('sign_plan.id')
            .whereRef('sign_plan.id', '=', 'lesson.sign_plan_id')
            .where('sign_plan.state', '=', 'signed'),
        ),
      ]),
    )
    .$if(status !== undefined, (query) => query.where('state', '=', status ?? 'unused'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { lessons: await viewMerchantLessons(db, page), next }
}
