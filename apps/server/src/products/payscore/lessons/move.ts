import { step } from '@shouyin/wechatpay-core/contract'
import type { Updateable } from 'kysely'
import type { Tx } from '../../../kernel/db.ts'
import { nextQueryAt } from '../schedule.ts'
import { type LessonState, lessonTransitions } from '../states.ts'
import type { Lesson, LessonTable } from '../table.ts'

/** In these WeChat Pay has still to agree: the sweep asks. */
export const underWayStates = ['starting', 'completing', 'cancelling'] as const satisfies readonly LessonState[]
export type UnderWay = (typeof underWayStates)[number]

export const isUnderWay = (state: LessonState): state is UnderWay => underWayStates.some((one) => one === state)

type Change = Omit<Updateable<LessonTable>, 'state' | 'next_query_at' | 'query_count'>

/**
 * The caller holds the lock of the lesson.
 * @returns undefined when it may not move there (any more): a normal result of a lost race
 */
export async function moveLesson(
  tx: Tx,
  lesson: Lesson,
  { to, now, ...change }: Change & { readonly to: LessonState; readonly now: Date },
): Promise<Lesson | undefined> {
  if (step<LessonState>(lessonTransitions, lesson.state, to).kind !== 'move') return undefined
  return tx
    .updateTable('lesson')
    .set({
      problem: null,
      ...change,
      state: to,
      next_query_at: isUnderWay(to) ? nextQueryAt(0, now) : null,
      query_count: 0,
    })
    .where('id', '=', lesson.id)
    .where('state', '=', lesson.state)
    .returningAll()
    .executeTakeFirst()
}
