import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Course, type Courses, ORDERS, openCourses } from '../../../testing/courses.ts'
import { cancelOrder } from '../../payments/cancel.ts'
import { queryCharge } from '../../payments/query.ts'
import { checkSignPlan } from '../sign-plans/check.ts'
import type { Lesson } from '../table.ts'
import { viewLessons } from './view-lessons.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
  await courses.simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await courses.switches({ refundMinGapSeconds: 0 })
}, 120_000)
afterAll(() => courses?.close())
beforeEach(() => courses.switches({ payScoreDeduction: 'fails' }))
afterEach(() => courses.simulated.faults())

interface Owed extends Course {
  readonly lesson: Lesson
}

/** Given, and the first attempt to deduct has failed. */
async function owed(): Promise<Owed> {
  const course = await courses.signed()
  const lesson = await courses.given(course.lessons[0])
  await courses.advance(10)
  return { ...course, lesson }
}
async function hours(): Promise<void> {
  for (const seconds of [15, 60, 700, 1300]) {
    await courses.advance(seconds)
    await courses.sweep()
  }
}
const syncsOf = async ({ out_order_no }: Lesson) =>
  (await courses.simulated.requests(out_order_no)).filter(({ path }) => path === `${ORDERS}/${out_order_no}/sync`)
const chargeOf = (outTradeNo: string) =>
  courses.ctx.db.selectFrom('charge').selectAll().where('out_trade_no', '=', outTradeNo).executeTakeFirstOrThrow()
const refundsOf = ({ id }: { id: string }) =>
  courses.ctx.db.selectFrom('refund').selectAll().where('charge_id', '=', id).execute()

describe('a lesson that is owed may be paid by an ordinary order', () => {
  test('40 taps make one order, which says what it is for', async () => {
    const { lesson, ...course } = await owed()
    const orders = await Promise.all(Array.from({ length: 40 }, () => courses.payOtherwise(course, lesson)))
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
    expect(orders[0]).toMatchObject({
      amountFen: 18_000,
      status: 'pending',
      items: [{ goodsId: 'lesson', name: '羽毛球课3节 第一节课', priceFen: 18_000, quantity: 1 }],
    })
    const { description } = await courses.ctx.db
      .selectFrom('orders')
      .select('description')
      .where('id', '=', String(orders[0]?.id))
      .executeTakeFirstOrThrow()
    expect(description).toBe('收银体育馆-羽毛球课3节 第一节课')
  })

  test('only while it is owed, and only by its shopper', async () => {
    const course = await courses.signed()
    const [lesson] = course.lessons
    await expect(courses.payOtherwise(course, lesson)).rejects.toMatchObject({ code: 'LESSON_NOT_OWED' })
    await courses.start(lesson)
    await expect(courses.payOtherwise(course, lesson)).rejects.toMatchObject({ code: 'LESSON_NOT_OWED' })
    await courses.complete(lesson)
    const other = { ...course, shopper: courses.newShopper() }
    await expect(courses.payOtherwise(other, lesson)).rejects.toMatchObject({ code: 'LESSON_NOT_FOUND' })
    await expect(courses.payOtherwise(course, lesson)).resolves.toMatchObject({ status: 'pending' })
  })

  test('WeChat Pay is asked first: what it deducted a moment ago is not owed any more', async () => {
    const { lesson, ...course } = await owed()
    await courses.deduct(lesson)
    await expect(courses.payOtherwise(course, lesson)).rejects.toMatchObject({ code: 'LESSON_NOT_OWED' })
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  })

  test('while WeChat Pay cannot be asked about it, the plan is confirming: it may be collected by now', async () => {
    const { shopper, signPlanId } = await owed()
    const confirming = async () => (await checkSignPlan(shopper, { id: signPlanId })).confirming
    expect(await confirming()).toBe(false)
    const path = '/v3/payscore/serviceorder'
    await courses.simulated.faults({ match: { method: 'GET', path }, kind: 'error-before-effect', count: 20 })
    expect(await confirming()).toBe(true)
    await courses.simulated.faults()
    expect(await confirming()).toBe(false)
  })

  test('an order that the shopper cancelled, or that has expired, is replaced', async () => {
    const { lesson, ...course } = await owed()
    const first = await courses.payOtherwise(course, lesson)
    await cancelOrder(course.shopper, first)
    const second = await courses.payOtherwise(course, lesson)
    expect(second.id).not.toBe(first.id)
    await courses.advance(1_750)
    const third = await courses.payOtherwise(course, lesson)
    expect(third.id).not.toBe(second.id)
    await courses.sweep()
    const open = await courses.ctx.db
      .selectFrom('orders')
      .innerJoin('lesson_order', 'lesson_order.order_id', 'orders.id')
      .select('orders.id')
      .where('lesson_id', '=', lesson.id)
      .where('state', '=', 'pending')
      .execute()
    expect(open).toEqual([{ id: third.id }])
  })
})

describe('paid another way: WeChat Pay hears of it and stops deducting', () => {
  async function paidByOrder(): Promise<Owed & { readonly number: string }> {
    const { lesson, ...course } = await owed()
    const number = await courses.tapOrder(course, lesson)
    await courses.simulated.pay(number)
    return { ...course, lesson, number }
  }

  test('it is paid once, and the next lesson may begin', async () => {
    const { lesson, ...course } = await paidByOrder()
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
    await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'done', paidType: 'MCH' })
    await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'closed', next_query_at: null }])
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
    await expect(syncsOf(lesson)).resolves.toHaveLength(1)
    await expect(courses.start(course.lessons[1])).resolves.toMatchObject({ status: 'in_service' })
  })

  test('the next lesson may begin at once: WeChat Pay is told of this one before', async () => {
    const { lesson, number, ...course } = await paidByOrder()
    await queryCharge(courses.ctx, await chargeOf(number))
    await expect(syncsOf(lesson)).resolves.toEqual([])
    await expect(courses.start(course.lessons[1])).resolves.toMatchObject({ status: 'in_service' })
    await expect(syncsOf(lesson)).resolves.toHaveLength(1)
  })

  test.each([
    'error-before-effect',
    'error-after-effect',
    'reset-before-effect',
    'reset-after-effect',
    'ok-without-effect',
    'rate-limit',
  ])('whatever its call comes to (%s), it is told until it agrees, with the same time', async (kind) => {
    const { lesson } = await paidByOrder()
    await courses.simulated.faults({
      match: { method: 'POST', path: `${ORDERS}/${lesson.out_order_no}/sync` },
      kind,
      count: 3,
    })
    await hours()
    await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'done', paidType: 'MCH' })
    await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'closed' }])
    expect(new Set((await syncsOf(lesson)).map(({ requestBody }) => requestBody)).size).toBe(1)
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  })

  test('where the deduction succeeded as well, that goes back by itself: one refund, by 微信订单号', async () => {
    const { lesson, number } = await paidByOrder()
    await queryCharge(courses.ctx, await chargeOf(number))
    await courses.deduct(lesson)
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', sync_paid_at: expect.any(Date) })
    const [deduction = expect.unreachable()] = await courses.chargesOf(lesson)
    expect(deduction).toMatchObject({ state: 'succeeded', settlement: 'paid_twice' })
    const refunds = await refundsOf(deduction)
    expect(refunds).toMatchObject([{ cause: 'paid_twice', amount_fen: 18_000, state: 'succeeded' }])
    const back = { paidBy: 'order', refundedFen: 0, extraFen: 18_000, extraRefundedFen: 18_000 }
    await expect(viewLessons(courses.ctx.db, [await courses.row(lesson)])).resolves.toMatchObject([back])
    expect(JSON.parse(refunds[0]?.request ?? '')).toMatchObject({ transaction_id: deduction.transaction_id })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 36_000, out: 18_000 })
  })
})

describe('the deduction was faster than the order', () => {
  test('the order that was open is closed, and nothing is collected twice', async () => {
    const { lesson, ...course } = await owed()
    const number = await courses.tapOrder(course, lesson)
    await courses.deduct(lesson)
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', sync_paid_at: null })
    await expect(chargeOf(number)).resolves.toMatchObject({ state: 'closed' })
    await expect(courses.payOtherwise(course, lesson)).rejects.toMatchObject({ code: 'LESSON_NOT_OWED' })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  })

  test('an order that is paid all the same goes back by itself, once, and ends closed', async () => {
    const { lesson, ...course } = await owed()
    const number = await courses.tapOrder(course, lesson)
    await courses.deduct(lesson)
    // We know of the deduction before WeChat Pay has closed the order.
    await courses.simulated.faults({ match: { path: '/v3/pay/*' }, kind: 'error-before-effect', count: 20 })
    await courses.advance(15)
    await courses.sweep()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
    await courses.simulated.faults()
    await courses.simulated.pay(number)
    await hours()
    const charge = await chargeOf(number)
    expect(charge).toMatchObject({ state: 'succeeded', settlement: 'paid_twice' })
    await expect(refundsOf(charge)).resolves.toMatchObject([{ cause: 'paid_twice', state: 'succeeded' }])
    const back = { paidBy: 'deduction', refundedFen: 0, extraFen: 18_000, extraRefundedFen: 18_000 }
    await expect(viewLessons(courses.ctx.db, [await courses.row(lesson)])).resolves.toMatchObject([back])
    const order = courses.ctx.db.selectFrom('orders').select('state').where('id', '=', charge.subject_id)
    await expect(order.executeTakeFirst()).resolves.toEqual({ state: 'closed' })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 36_000, out: 18_000 })
  })

  test('order and deduction at the same moment, many times: every lesson is paid once in the end', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => owed()))
    const numbers = await Promise.all(all.map(({ lesson, ...course }) => courses.tapOrder(course, lesson)))
    await Promise.all([
      ...all.map(({ lesson }) => courses.deduct(lesson)),
      ...numbers.map((number) => courses.simulated.pay(number)),
      courses.sweep(),
    ])
    await hours()
    for (const { lesson } of all) {
      await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
      await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 36_000, out: 18_000 })
    }
  })
})

test('an order that somebody synchronised in 商户平台 ends its lesson unpaid, and a person hears of it', async () => {
  const { lesson } = await owed()
  const { appid, service_id } = JSON.parse(lesson.start_request ?? '')
  const paid_time = formatCompact(courses.ctx.clock.now())
  const body = { appid, service_id, type: 'Order_Paid' as const, detail: { paid_time } }
  await courses.ctx
    .wechat(lesson.mchid)
    .call(endpoints.syncServiceOrder, { path: { out_order_no: lesson.out_order_no }, body })
  await hours()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled', problem: 'PAID_ELSEWHERE' })
  await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'closed' }])
  expect(courses.alarmsOf('lesson_paid_elsewhere')).toHaveLength(1)
})
