import type { lessons } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { findSignPlanById, lockLesson } from '../repository.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { findAnyLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { moveLesson } from './move.ts'
import { lessonState, refusedByWechat, unanswered } from './refused.ts'
import { completeBody } from './request.ts'
import { begin, joinIn, seeThrough, type Turn } from './see-through.ts'

type Input = ParsedInputOf<typeof lessons.completeLesson>

/**
 * The lesson was given, for at most what was promised at signing: from here on WeChat Pay collects by itself. A lesson
 * of 0 fen is paid with that, without a charge.
 * @throws AppError LESSON_NOT_FOUND, LESSON_STATE, LESSON_PRICE_EXCEEDED, WECHATPAY_REFUSED; WECHATPAY_UNAVAILABLE when
 * the outcome is unknown
 */
export async function completeLesson(ctx: MerchantCtx & RequestInfo, input: Input): Promise<lessons.MerchantLesson> {
  const { id, sign_plan_id, price_fen } = await findAnyLesson(ctx, input.id)
  const amountFen = input.amountFen ?? price_fen
  if (amountFen > price_fen) {
    throw new AppError('LESSON_PRICE_EXCEEDED', `the shopper signed for ${price_fen} fen at most`, {
      field: 'amountFen',
    })
  }
  const signPlan = await findSignPlanById(ctx.db, sign_plan_id)
  const lesson = await seeThrough(ctx, id, async (tx) =>
    decide(tx, ctx, { signPlan, lesson: await lockLesson(tx, id), amountFen }),
  )
  if (lesson.state === 'completing') throw unanswered(lesson)
  if (lesson.state === 'in_service') throw refusedByWechat(lesson)
  return viewMerchantLesson(ctx.db, lesson)
}

interface Wanted {
  readonly signPlan: SignPlan
  readonly lesson: Lesson
  readonly amountFen: number
}

async function decide(tx: Tx, ctx: MerchantCtx & RequestInfo, { signPlan, lesson, amountFen }: Wanted): Promise<Turn> {
  const now = ctx.clock.now()
  if (lesson.state !== 'in_service') {
    const isGiven = lesson.state === 'completing' || lesson.state === 'deducting' || lesson.state === 'paid'
    if (!isGiven || lesson.amount_fen !== amountFen) {
      throw lessonState(lesson, 'it can be completed once, while it is in_service')
    }
    return joinIn(tx, lesson, now)
  }
  const complete_request = JSON.stringify(completeBody(lesson, signPlan, { amountFen, now }))
  const completing = await moveLesson(tx, lesson, { to: 'completing', now, amount_fen: amountFen, complete_request })
  if (!completing) throw new Error(`lesson ${lesson.id} was not locked while it was completed`)
  await audit(tx, ctx, 'lesson.complete', lesson.id, { amountFen, priceFen: lesson.price_fen })
  return begin(tx, completing, now)
}
