import { randomUUID } from 'node:crypto'
import type { lessons as contract } from '@shouyin/contracts/merchant'
import type { ShopperCtx } from '../kernel/context.ts'
import type { Charge } from '../ledger/table.ts'
import { catchUp as catchUpPayments } from '../products/payments/catch-up.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { catchUp } from '../products/payscore/catch-up.ts'
import { cancelLesson } from '../products/payscore/lessons/cancel.ts'
import { completeLesson } from '../products/payscore/lessons/complete.ts'
import { payLesson } from '../products/payscore/lessons/pay.ts'
import { startLesson } from '../products/payscore/lessons/start.ts'
import { onNotification } from '../products/payscore/on-notification.ts'
import { createPlan } from '../products/payscore/plans/create.ts'
import { listLessons } from '../products/payscore/repository.ts'
import { checkSignPlan } from '../products/payscore/sign-plans/check.ts'
import { createSignPlan } from '../products/payscore/sign-plans/create.ts'
import type { Lesson } from '../products/payscore/table.ts'
import { catchUp as catchUpRefunds } from '../products/refunds/catch-up.ts'
import { newMerchant } from './context.ts'
import { deliver, type Letter } from './letters.ts'
import { startWorld, type WorldOptions } from './world.ts'

/** A service order as the local WeChat Pay keeps it. */
export interface WechatOrder {
  readonly outOrderNo: string
  readonly phase: string
  readonly totalFen: number | null
  readonly attempts: number
  readonly paidType: string | null
  readonly transactionId: string | null
}

/** A plan that one shopper has signed. */
export interface Course {
  readonly shopper: ShopperCtx
  readonly signPlanId: string
  readonly lessons: readonly [Lesson, Lesson, Lesson]
}

export type Courses = Awaited<ReturnType<typeof openCourses>>

export const CREATE_ORDER = '/v3/payscore/sign-plan/serviceorder'
export const ORDERS = '/v3/payscore/serviceorder'
export const BADMINTON = {
  name: '羽毛球课3节',
  durationDays: 300,
  lessons: [
    { name: '第一节课', originalFen: 18_000, priceFen: 18_000 },
    { name: '第二节课', originalFen: 18_000, priceFen: 12_000, discount: '优惠60元' },
    { name: '第三节课', originalFen: 18_000, priceFen: 0, discount: '送一节课' },
  ],
}

/** A world in which the shop sells a course of three lessons. Nobody sweeps but the test. */
export async function openCourses(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const { db } = ctx
  const lin = await newMerchant(ctx, { person: 'Lin' })
  const asking = () => ({ ...lin, idempotencyKey: randomUUID() })
  const plan = await createPlan(asking(), BADMINTON)
  while ((await catchUp(ctx)) > 0);
  const row = (lesson: Pick<Lesson, 'id'>): Promise<Lesson> =>
    db.selectFrom('lesson').selectAll().where('id', '=', lesson.id).executeTakeFirstOrThrow()
  const numbered = ({ signPlanId }: { signPlanId: string }) =>
    db.selectFrom('sign_plan').selectAll().where('id', '=', signPlanId).executeTakeFirstOrThrow()
  return {
    ...world,
    lin,
    plan,
    row,
    async signed(shopper = world.newShopper()): Promise<Course> {
      const { signPlan } = await createSignPlan(shopper, { id: plan.id })
      const { merchant_sign_plan_no } = await numbered({ signPlanId: signPlan.id })
      await simulated.call('POST', `/payscore/sign-plans/${merchant_sign_plan_no}/sign`, {})
      await checkSignPlan(shopper, signPlan)
      const [first, second, third] = await listLessons(db, [signPlan.id])
      if (!first || !second || !third) throw new Error('the course has three lessons')
      return { shopper, signPlanId: signPlan.id, lessons: [first, second, third] }
    },
    /** The user ends the plan, or the authorisation of the whole service, in WeChat. */
    async cancelInWechat(course: Course): Promise<void> {
      const { merchant_sign_plan_no } = await numbered(course)
      await simulated.call('POST', `/payscore/sign-plans/${merchant_sign_plan_no}/cancel`, {})
    },
    revokeService: ({ shopper }: Course) =>
      simulated.call('POST', '/payscore/revoke-service', { openid: shopper.actor.openid }),
    signPlan: numbered,
    start: (lesson: Lesson, location?: string): Promise<contract.MerchantLesson> =>
      startLesson(lin, { id: lesson.id, ...(location !== undefined && { location }) }),
    complete: (lesson: Lesson, amountFen?: number): Promise<contract.MerchantLesson> =>
      completeLesson(lin, { id: lesson.id, ...(amountFen !== undefined && { amountFen }) }),
    cancel: (lesson: Lesson, reason = '顾客不来了') => cancelLesson(lin, { id: lesson.id, reason }),
    payOtherwise: ({ shopper }: Course, lesson: Lesson) => payLesson(shopper, { id: lesson.id }),
    /** A lesson that was given, and for which WeChat collects. */
    async given(lesson: Lesson, amountFen?: number): Promise<Lesson> {
      await this.start(lesson)
      await this.complete(lesson, amountFen)
      return row(lesson)
    },
    /** … and that shopper pays with an ordinary order. @returns the order's number */
    async tapOrder(course: Course, lesson: Lesson): Promise<string> {
      const order = await payLesson(course.shopper, { id: lesson.id })
      await startPayment(course.shopper, order)
      const { out_trade_no } = await db
        .selectFrom('charge')
        .select('out_trade_no')
        .where('subject_id', '=', order.id)
        .executeTakeFirstOrThrow()
      return out_trade_no
    },
    switches: (switches: object) => simulated.call('PUT', '/switches', switches),
    atWechat: ({ out_order_no }: Lesson) => simulated.call<WechatOrder>('GET', `/payscore/orders/${out_order_no}`),
    ordersAtWechat: async () => (await simulated.call<{ orders: WechatOrder[] }>('GET', '/payscore/orders')).orders,
    deduct: ({ out_order_no }: Lesson, result: 'succeed' | 'fail' = 'succeed') =>
      simulated.call('POST', `/payscore/orders/${out_order_no}/deduct`, { result }),
    chargesOf: ({ id }: Pick<Lesson, 'id'>): Promise<Charge[]> =>
      db.selectFrom('charge').selectAll().where('purpose', '=', 'lesson').where('subject_id', '=', id).execute(),
    /** What came in and went out for a lesson, whatever it was paid by. */
    async movedFen({ id }: Pick<Lesson, 'id'>): Promise<{ in: number; out: number }> {
      const rows = await db
        .selectFrom('movement')
        .innerJoin('charge', 'charge.id', 'movement.charge_id')
        .leftJoin('lesson_order', 'lesson_order.order_id', 'charge.subject_id')
        .select(['movement.kind', 'movement.amount_fen'])
        .where((eb) => eb.or([eb('charge.subject_id', '=', id), eb('lesson_order.lesson_id', '=', id)]))
        .execute()
      const sum = (kind: string) =>
        rows.filter((one) => one.kind === kind).reduce((fen, one) => fen + one.amount_fen, 0)
      return { in: sum('payment'), out: Math.abs(sum('refund')) }
    },
    /** All that is due in any product, and what that makes due. */
    async sweep(): Promise<void> {
      let found = 1
      while (found > 0) {
        found = (await catchUp(ctx)) + (await catchUpPayments(ctx)) + (await catchUpRefunds(ctx))
      }
    },
    /** Letters of WeChat Pay about plans and lessons, opened and handed to the server's handlers. */
    deliver: (letters: readonly Letter[]) => deliver(ctx, onNotification, letters),
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}
