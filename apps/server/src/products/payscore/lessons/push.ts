import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { endTurn, isTurn } from '../../../kernel/turn.ts'
import { lockLesson } from '../repository.ts'
import type { LessonState } from '../states.ts'
import type { Lesson } from '../table.ts'
import { readLesson } from './find.ts'
import { finishEarlier } from './finish-earlier.ts'
import { isSigned, NOT_SIGNED } from './is-signed.ts'
import { moveLesson } from './move.ts'
import { type Answer, queryLesson } from './query.ts'
import { cancelAgainAt } from './schedule.ts'
import { type Refusal, sendLesson } from './send.ts'

/**
 * Takes a lesson that is under way one step on: what was committed is sent, always with the same bytes, and what came of
 * it is asked. Only a refusal that a query does not contradict takes the wish back; nothing unsigned ends anything.
 * @param wasSent perhaps it was: WeChat Pay is asked first
 */
export async function pushLesson(
  ctx: Ctx,
  lesson: Lesson,
  { wasSent }: { readonly wasSent: boolean },
): Promise<'answered' | 'unknown'> {
  try {
    if (wasSent) {
      const answer = await queryLesson(ctx, lesson)
      // A cancel is right whatever the sum is that somebody made of it.
      if (answer === 'unknown' || (answer === 'refused' && lesson.state !== 'cancelling')) return 'unknown'
      if ((await readLesson(ctx.db, lesson.id)).state !== lesson.state) return 'answered'
    }
    return await send(ctx, lesson)
  } finally {
    await endTurn(ctx, 'lesson', lesson)
  }
}

async function send(ctx: Ctx, lesson: Lesson): Promise<'answered' | 'unknown'> {
  if (lesson.state === 'starting') {
    const signed = await isSigned(ctx, lesson)
    if (signed === 'unknown') return 'unknown'
    if (!signed) {
      await takeBack(ctx, lesson, { problem: NOT_SIGNED, isDeclared: true }, 'absent')
      return 'answered'
    }
    await finishEarlier(ctx, lesson)
  }
  const refusal = await sendLesson(ctx, lesson)
  const answer = await queryLesson(ctx, lesson)
  if (refusal) await takeBack(ctx, lesson, refusal, answer)
  return answer === 'unknown' || answer === 'refused' ? 'unknown' : 'answered'
}

/** What has to be said of a lesson that WeChat Pay did nothing about, for the wish to be taken back. */
const back: Readonly<Partial<Record<LessonState, { readonly to: LessonState; readonly when: readonly Answer[] }>>> = {
  starting: { to: 'unused', when: ['absent'] },
  completing: { to: 'in_service', when: ['in_service', 'created'] },
}

async function takeBack(ctx: Ctx, turn: Lesson, refusal: Refusal, answer: Answer): Promise<void> {
  const { id, state } = turn
  const now = ctx.clock.now()
  const { problem, isDeclared } = refusal
  const isNews = await inTransaction(ctx.db, async (tx) => {
    const lesson = await lockLesson(tx, id)
    if (lesson.state !== state || !isTurn(lesson, turn)) return false
    const way = back[state]
    if (isDeclared && way?.when.includes(answer)) {
      await moveLesson(tx, lesson, { to: way.to, now, problem, amount_fen: null })
      return problem !== NOT_SIGNED
    }
    await tx
      .updateTable('lesson')
      .set({ problem, ...(state === 'cancelling' && { next_query_at: cancelAgainAt(now) }) })
      .where('id', '=', id)
      .execute()
    // While WeChat Pay deducts, it takes no cancel: that is nothing that a person has to look at.
    return lesson.problem !== problem && state !== 'cancelling'
  })
  if (isNews) await alarmRefusal(ctx, id, problem)
}

async function alarmRefusal(ctx: Ctx, id: string, problem: string): Promise<void> {
  const { mchid, out_order_no: outTradeNo, state } = await readLesson(ctx.db, id)
  ctx.alarm('lesson_refused', { mchid, outTradeNo, state, problem })
}
