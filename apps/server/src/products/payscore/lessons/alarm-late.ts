import { takeAlarmTurn } from '../../../kernel/alarm-turn.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Lesson } from '../table.ts'
import { readLesson } from './find.ts'
import { isUnderWay } from './move.ts'

/** WeChat Pay has tried for so long; a person may want to talk to the shopper. */
const OWED_MS = 4 * 3_600_000
/** Once: a deduction may be tried for months. */
const EVERY_SECONDS = 100 * 365 * 86_400
/** It is asked so often in one hour, where it refuses a cancel, and in two and a half, where it does not answer. */
const STUCK_QUERIES = 20

/** Says once of a lesson that its deduction does not succeed, or goes on although WeChat Pay was told that it is paid. */
export async function alarmIfOwed(ctx: Ctx, lessonId: string): Promise<void> {
  const lesson = await readLesson(ctx.db, lessonId)
  const isOwed = lesson.state === 'deducting'
  const since = isOwed ? lesson.completed_at : lesson.sync_paid_at
  if (since === null || ctx.clock.now().getTime() - since.getTime() < OWED_MS) return
  await alarmOnce(ctx, isOwed ? 'lesson_owed' : 'lesson_not_synced', lesson)
}

/** Says once of a lesson that WeChat Pay does not agree to what the shop wants of it. */
export async function alarmIfStuck(ctx: Ctx, { id }: Lesson): Promise<void> {
  const lesson = await readLesson(ctx.db, id)
  if (isUnderWay(lesson.state) && lesson.query_count >= STUCK_QUERIES) await alarmOnce(ctx, 'lesson_stuck', lesson)
}

async function alarmOnce(ctx: Ctx, kind: string, lesson: Lesson): Promise<void> {
  const { id: subject, mchid, out_order_no: outTradeNo, amount_fen: amountFen, state, problem } = lesson
  const isOurs = await takeAlarmTurn(ctx, { kind, subject, everySeconds: EVERY_SECONDS })
  if (isOurs) ctx.alarm(kind, { mchid, outTradeNo, amountFen, state, problem })
}
