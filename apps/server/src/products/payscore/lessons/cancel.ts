import type { lessons } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { closeOrdersOf } from '../lesson-orders.ts'
import { lockLesson } from '../repository.ts'
import type { Lesson } from '../table.ts'
import { findAnyLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { moveLesson } from './move.ts'
import { lessonState } from './refused.ts'
import { begin, joinIn, seeThrough, type Turn } from './see-through.ts'

type Input = ParsedInputOf<typeof lessons.cancelLesson>

/**
 * Nothing is to be collected for the lesson, also while WeChat Pay tries. Answers `cancelling` for as long as it has not
 * agreed; the deduction may be faster. What WeChat Pay has still to say of a start or a completion is awaited first.
 * @throws AppError LESSON_NOT_FOUND, LESSON_STATE, LESSON_PAID
 */
export async function cancelLesson(ctx: MerchantCtx & RequestInfo, input: Input): Promise<lessons.MerchantLesson> {
  const { id } = await findAnyLesson(ctx, input.id)
  const lesson = await seeThrough(ctx, id, async (tx) => decide(tx, ctx, await lockLesson(tx, id), input.reason))
  if (lesson.state === 'paid') throw alreadyPaid()
  return viewMerchantLesson(ctx.db, lesson)
}

async function decide(tx: Tx, ctx: MerchantCtx & RequestInfo, lesson: Lesson, reason: string): Promise<Turn> {
  const now = ctx.clock.now()
  if (lesson.state === 'paid') throw alreadyPaid()
  if (lesson.state === 'cancelling' || lesson.state === 'cancelled') {
    // 支持原参重入: WeChat Pay takes a second cancel with the same reason only.
    if (lesson.cancel_reason !== null && lesson.cancel_reason !== reason) {
      throw lessonState(lesson, `it is being cancelled already, for another reason: ${lesson.cancel_reason}`)
    }
    return joinIn(tx, lesson, now)
  }
  const cancelling = await moveLesson(tx, lesson, { to: 'cancelling', now, cancel_reason: reason })
  if (!cancelling) throw lessonState(lesson, 'it can be cancelled while it is in_service or deducting')
  await audit(tx, ctx, 'lesson.cancel', lesson.id, { reason, from: lesson.state })
  await closeOrdersOf(tx, lesson.id, now)
  return begin(tx, cancelling, now)
}

const alreadyPaid = (): AppError => new AppError('LESSON_PAID', 'the lesson is paid; give the money back by a refund')
