import { type schema, states } from '@shouyin/wechatpay-core/payscore'
import type { Tx } from '../../../kernel/db.ts'
import { closeCharge } from '../../../ledger/close.ts'
import { NEVER, openCharge } from '../../../ledger/open.ts'
import { lockLiveCharge } from '../../../ledger/repository.ts'
import { closeOrdersOf, hasOpenOrder } from '../lesson-orders.ts'
import { nextQueryAt } from '../schedule.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { askedFen, isPaidElsewhere, lessonContradictions } from './compare.ts'
import { moveLesson } from './move.ts'

/** A lesson of ours, locked, and whose it is. */
export interface Known {
  readonly lesson: Lesson
  readonly signPlan: SignPlan
}

/** What is left to do once that is committed. */
export interface Followed {
  /** There is money to settle, in a charge that is open for it by now. */
  readonly isDeducted: boolean
  readonly alarm: string | undefined
}

const quiet: Followed = { isDeducted: false, alarm: undefined }

/** Brings a lesson to where its service order is, as far as it is not there or further. */
export async function moveTo(tx: Tx, known: Known, order: schema.ServiceOrder, now: Date): Promise<Followed> {
  const { lesson } = known
  const phase = states.phaseOf(order)
  switch (phase) {
    // CREATED is what the sample of the page prints; nobody has to confirm an order of a plan.
    case 'created':
    case 'in_service':
      if (lesson.state === 'starting') await moveLesson(tx, lesson, { to: 'in_service', now, started_at: now })
      return quiet
    case 'paying':
      await collect(tx, known, now)
      return quiet
    case 'done':
      return finish(tx, known, order, now)
    case 'revoked':
    case 'expired':
      await revoke(tx, lesson, now)
      return quiet
    case 'unknown':
      return { ...quiet, alarm: 'service_order_state_unknown' }
  }
}

/**
 * 修改订单金额: somebody lowered in 商户平台 what WeChat Pay still tries to collect. That is what the lesson costs now, and
 * nobody is asked for the old sum.
 */
export async function followLowerSum(tx: Tx, known: Known, order: schema.ServiceOrder, now: Date): Promise<Known> {
  const { lesson } = known
  const { total_amount: fen = 0 } = order
  const isLower = lesson.amount_fen !== null && fen > 0 && fen < lesson.amount_fen
  const charge = isLower && lesson.state !== 'paid' ? await lockLiveCharge(tx, 'lesson', lesson.id) : undefined
  if (!charge || lessonContradictions(order, known).join() !== 'amountFen') return known
  await closeOrdersOf(tx, lesson.id, now)
  const set = { amount_fen: fen }
  await tx.updateTable('charge').set(set).where('id', '=', charge.id).execute()
  await tx.updateTable('lesson').set(set).where('id', '=', lesson.id).execute()
  return { ...known, lesson: { ...lesson, ...set } }
}

/**
 * Somebody completed it in 商户平台 with another sum, or lowered ours: the shop may complete it with that one, and nobody is
 * asked for the old one.
 */
export async function offerOtherSum(tx: Tx, lesson: Lesson, order: schema.ServiceOrder, now: Date): Promise<void> {
  const problem = `WeChat Pay has another sum: ${order.total_amount} fen`
  if (lesson.state === 'deducting') await closeOrdersOf(tx, lesson.id, now)
  const isCompleting = lesson.state === 'completing'
  if (!isCompleting && lesson.state !== 'starting') return
  await moveLesson(tx, lesson, {
    to: 'in_service',
    now,
    problem,
    ...(isCompleting ? { amount_fen: null } : { started_at: now }),
  })
}

async function finish(tx: Tx, known: Known, order: schema.ServiceOrder, now: Date): Promise<Followed> {
  if (askedFen(known.lesson) === 0) {
    await finishFree(tx, known.lesson, now)
    return quiet
  }
  if (isPaidElsewhere(order)) {
    if (await mayOrderHavePaid(tx, known.lesson, now)) return quiet
    // Told by ourselves when an order paid the lesson; else by somebody in 商户平台, and nothing comes to us.
    const isNews = await revoke(tx, known.lesson, now, 'PAID_ELSEWHERE')
    return { ...quiet, alarm: isNews ? 'lesson_paid_elsewhere' : undefined }
  }
  await collect(tx, known, now)
  return { ...quiet, isDeducted: true }
}

/** Somebody synchronised it, perhaps because an order of ours was paid of which we have not heard: that comes first. */
async function mayOrderHavePaid(tx: Tx, { id, state }: Lesson, now: Date): Promise<boolean> {
  if (state !== 'deducting') return false
  await closeOrdersOf(tx, id, now)
  return hasOpenOrder(tx, id)
}

/** WeChat Pay collects, or has: from the first time that it says so there is a charge, whatever the lesson is. */
async function collect(tx: Tx, { lesson, signPlan }: Known, now: Date): Promise<void> {
  const amountFen = askedFen(lesson)
  if (amountFen === undefined || amountFen === 0 || (await hasCharge(tx, lesson))) return
  const completing = await asCompleting(tx, lesson, now)
  await moveLesson(tx, completing, { to: 'deducting', now, completed_at: now })
  await openCharge(
    tx,
    {
      source: 'payscore',
      purpose: 'lesson',
      subjectId: lesson.id,
      mchid: lesson.mchid,
      outTradeNo: lesson.out_order_no,
      appid: signPlan.appid,
      openid: signPlan.openid,
      amountFen,
      description: lesson.name,
      expiresAt: NEVER,
    },
    { now, nextQueryAt: nextQueryAt(0, now) },
  )
}

/** A completion that WeChat Pay seemed to refuse, and took after all. */
async function asCompleting(tx: Tx, lesson: Lesson, now: Date): Promise<Lesson> {
  const amount_fen = askedFen(lesson) ?? null
  if (lesson.state === 'in_service') {
    return (await moveLesson(tx, lesson, { to: 'completing', now, amount_fen })) ?? lesson
  }
  if (lesson.amount_fen === null && lesson.state === 'cancelling') {
    await tx.updateTable('lesson').set({ amount_fen }).where('id', '=', lesson.id).execute()
  }
  return lesson
}

const hasCharge = async (tx: Tx, { id }: Lesson): Promise<boolean> =>
  (await tx
    .selectFrom('charge')
    .select('id')
    .where('purpose', '=', 'lesson')
    .where('subject_id', '=', id)
    .executeTakeFirst()) !== undefined

/** 0 元完结: nothing is collected. */
async function finishFree(tx: Tx, lesson: Lesson, now: Date): Promise<void> {
  const completing = await asCompleting(tx, lesson, now)
  await moveLesson(tx, completing, { to: 'paid', now, completed_at: now, paid_at: now })
}

/** Nothing is collected for it by WeChat Pay any more. @returns whether that ended the lesson */
async function revoke(tx: Tx, lesson: Lesson, now: Date, problem: string | null = null): Promise<boolean> {
  const cancelled = await moveLesson(tx, lesson, { to: 'cancelled', now, cancelled_at: now, problem })
  await closeOrdersOf(tx, lesson.id, now)
  const charge = await lockLiveCharge(tx, 'lesson', lesson.id)
  if (charge) await closeCharge(tx, charge)
  return cancelled !== undefined
}
