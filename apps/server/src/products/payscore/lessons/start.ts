import type { lessons } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { lockLesson, lockSignPlan } from '../repository.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { findAnyLesson } from './find.ts'
import { NOT_SIGNED } from './is-signed.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { moveLesson } from './move.ts'
import { lessonState, refusedByWechat, unanswered } from './refused.ts'
import { type StartBody, startBody } from './request.ts'
import { begin, joinIn, seeThrough, type Turn } from './see-through.ts'

type Input = ParsedInputOf<typeof lessons.startLesson>

/**
 * The shopper takes a lesson: one service order, however many ask. The request is committed before WeChat Pay hears of
 * it, and WeChat Pay is asked whether the plan is still signed before the order is made.
 * @throws AppError LESSON_NOT_FOUND, LESSON_STATE, LESSON_OUT_OF_ORDER, SIGN_PLAN_NOT_SIGNED, WECHATPAY_REFUSED;
 * WECHATPAY_UNAVAILABLE when the outcome is unknown
 */
export async function startLesson(ctx: MerchantCtx & RequestInfo, input: Input): Promise<lessons.MerchantLesson> {
  const { id, sign_plan_id } = await findAnyLesson(ctx, input.id)
  const lesson = await seeThrough(ctx, id, async (tx) => {
    const signPlan = await lockSignPlan(tx, sign_plan_id)
    return decide(tx, ctx, { signPlan, lesson: await lockLesson(tx, id), location: input.location })
  })
  if (lesson.state === 'starting') throw unanswered(lesson)
  if (lesson.state === 'unused') throw lesson.problem === NOT_SIGNED ? notSigned() : refusedByWechat(lesson)
  return viewMerchantLesson(ctx.db, lesson)
}

interface Wanted {
  readonly signPlan: SignPlan
  readonly lesson: Lesson
  readonly location: string | undefined
}

async function decide(tx: Tx, ctx: MerchantCtx & RequestInfo, wanted: Wanted): Promise<Turn> {
  const { signPlan, lesson, location } = wanted
  const now = ctx.clock.now()
  if (lesson.state !== 'unused') {
    assertSame(lesson, location)
    return joinIn(tx, lesson, now)
  }
  if (signPlan.state !== 'signed' || signPlan.stop_reason !== null) throw notSigned()
  await assertTurn(tx, lesson)
  const { name: planName } = await tx
    .selectFrom('plan')
    .select('name')
    .where('id', '=', signPlan.plan_id)
    .executeTakeFirstOrThrow()
  const body = startBody(lesson, { signPlan, planName, location, notifyBaseUrl: ctx.config.notifyBaseUrl })
  const starting = await moveLesson(tx, lesson, { to: 'starting', now, start_request: JSON.stringify(body) })
  if (!starting) throw new Error(`lesson ${lesson.id} was not locked while it began`)
  await audit(tx, ctx, 'lesson.start', lesson.id, { number: lesson.number })
  return begin(tx, starting, now)
}

/** A repeated request is answered; another one is not the same wish. */
function assertSame(lesson: Lesson, location: string | undefined): void {
  const { location: first } = JSON.parse(lesson.start_request ?? '{}') as Partial<StartBody>
  const isOver = lesson.state === 'cancelling' || lesson.state === 'cancelled'
  if (isOver || first?.start_location !== location) {
    throw lessonState(lesson, 'it can be begun once, while it is unused')
  }
}

/** @throws AppError LESSON_OUT_OF_ORDER naming the lesson that comes first; the database, too, refuses */
async function assertTurn(tx: Tx, { sign_plan_id, number }: Lesson): Promise<void> {
  const first = await tx
    .selectFrom('lesson')
    .select(['number', 'name', 'state'])
    .where('sign_plan_id', '=', sign_plan_id)
    .where('number', '<', number)
    .where('state', 'not in', ['paid', 'cancelled'])
    .orderBy('number')
    .executeTakeFirst()
  if (!first) return
  const what = `lesson ${first.number} (${first.name}) is ${first.state}`
  throw new AppError('LESSON_OUT_OF_ORDER', `${what}; it has to be paid or cancelled before lesson ${number} begins`)
}

const notSigned = (): AppError =>
  new AppError('SIGN_PLAN_NOT_SIGNED', 'the plan is not signed any more; no lesson of it can begin')
