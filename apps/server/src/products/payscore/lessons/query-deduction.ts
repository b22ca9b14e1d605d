import type { Ctx } from '../../../kernel/context.ts'
import { noteAnswer } from '../../../ledger/note-answer.ts'
import { type ChargeNumber, findLiveCharge } from '../../../ledger/repository.ts'
import { findLesson } from './find.ts'
import { type Answer, queryLesson } from './query.ts'
import { syncLesson } from './sync.ts'

/**
 * Asks WeChat Pay what became of a deduction and applies what it says. Of a lesson that was paid another way it is told
 * so, and stops deducting.
 */
export async function queryDeduction(ctx: Ctx, number: ChargeNumber): Promise<Answer> {
  const lesson = await findLesson(ctx.db, number)
  if (!lesson) return 'unknown'
  const first = await queryLesson(ctx, lesson)
  const now = await findLesson(ctx.db, number)
  // Also where somebody lowered the sum by hand: it is owed no more.
  const isOwed = first === 'paying' || first === 'refused'
  const isUnheard = isOwed && now !== undefined && now.sync_paid_at !== null
  const answer = isUnheard ? await syncLesson(ctx, now) : first
  const charge = await findLiveCharge(ctx.db, 'lesson', lesson.id)
  if (charge) await noteAnswer(ctx.db, charge.id, answer !== 'unknown' && answer !== 'refused')
  return answer
}
