import { takeAlarmTurn } from '../../../kernel/alarm-turn.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { readLesson } from './find.ts'

/** WeChat Pay has tried for so long; a person may want to talk to the shopper. */
const OWED_MS = 4 * 3_600_000
/** Once: a deduction may be tried for months. */
const EVERY_SECONDS = 100 * 365 * 86_400

/** Says once of a lesson that its deduction does not succeed. */
export async function alarmIfOwed(ctx: Ctx, lessonId: string): Promise<void> {
  const lesson = await readLesson(ctx.db, lessonId)
  const { state, completed_at, mchid, out_order_no: outTradeNo, amount_fen: amountFen } = lesson
  if (state !== 'deducting' || completed_at === null) return
  if (ctx.clock.now().getTime() - completed_at.getTime() < OWED_MS) return
  const isOurs = await takeAlarmTurn(ctx, { kind: 'lesson_owed', subject: lessonId, everySeconds: EVERY_SECONDS })
  if (isOurs) ctx.alarm('lesson_owed', { mchid, outTradeNo, amountFen })
}
