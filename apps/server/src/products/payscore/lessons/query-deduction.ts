import type { Ctx } from '../../../kernel/context.ts'
import { noteAnswer } from '../../../ledger/note-answer.ts'
import type { Charge } from '../../../ledger/table.ts'
import type { Lesson } from '../table.ts'
import { type Answer, queryLesson } from './query-lesson.ts'
import { syncLesson } from './sync-lesson.ts'

/**
 * Asks WeChat Pay what became of a deduction and applies what it says. Of a lesson that was paid another way it is told
 * so, and stops deducting.
 */
export async function queryDeduction(ctx: Ctx, charge: Charge): Promise<Answer> {
  const answer = await queryLesson(ctx, await lessonOf(ctx, charge))
  const lesson = await lessonOf(ctx, charge)
  const isUnheard = answer === 'paying' && lesson.sync_paid_at !== null
  const last = isUnheard ? await syncLesson(ctx, lesson) : answer
  await noteAnswer(ctx.db, charge.id, last !== 'unknown' && last !== 'refused')
  return last
}

const lessonOf = ({ db }: Ctx, { subject_id }: Charge): Promise<Lesson> =>
  db.selectFrom('lesson').selectAll().where('id', '=', subject_id).executeTakeFirstOrThrow()
