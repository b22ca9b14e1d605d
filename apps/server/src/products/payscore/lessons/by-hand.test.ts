import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Course, type Courses, CREATE_ORDER, ORDERS, openCourses } from '../../../testing/courses.ts'
import type { Lesson } from '../table.ts'
import { applyServiceOrder } from './apply-service-order.ts'
import { catchUpLessons } from './catch-up.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
  await courses.simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await courses.switches({ refundMinGapSeconds: 0 })
}, 120_000)
afterAll(() => courses?.close())
beforeEach(async () => {
  courses.alarms.length = 0
  await courses.switches({ payScoreDeduction: 'fails' })
})
afterEach(async () => {
  await courses.simulated.faults()
  await courses.switches({ payScoreCancelPaying: 'allowed' })
})

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
async function days(count: number): Promise<void> {
  for (let hour = 0; hour < count * 24; hour += 2) {
    await courses.advance(7_200)
    await courses.sweep()
  }
}
async function hours(): Promise<void> {
  for (const seconds of [15, 60, 700, 1300]) {
    await courses.advance(seconds)
    await courses.sweep()
  }
}

const heardOf = ({ out_order_no }: Lesson): string[] =>
  courses.alarms.filter(({ detail }) => detail.outTradeNo === out_order_no).map(({ kind }) => kind)

/** What somebody does with the order in 商户平台. */
const byHand = ({ mchid, out_order_no, start_request }: Lesson) => {
  const { appid, service_id } = JSON.parse(start_request ?? '{}')
  const wechat = courses.ctx.wechat(mchid)
  const path = { out_order_no }
  const sums = (fen: number) => ({ post_payments: [{ name: '课', amount: fen }], total_amount: fen })
  return {
    lower: (fen: number) =>
      wechat.call(endpoints.modifyServiceOrder, { path, body: { appid, service_id, reason: '店长', ...sums(fen) } }),
    sync: () => {
      const detail = { paid_time: formatCompact(courses.ctx.clock.now()) }
      return wechat.call(endpoints.syncServiceOrder, { path, body: { appid, service_id, type: 'Order_Paid', detail } })
    },
    complete: (fen: number) => {
      const time_range = { end_time: formatCompact(courses.ctx.clock.now()).slice(0, 8) }
      return wechat.call(endpoints.completeServiceOrder, {
        path,
        body: { appid, service_id, time_range, ...sums(fen) },
      })
    },
  }
}

describe('a sum that was lowered by hand', () => {
  test('is what the shopper is asked for', async () => {
    const { lesson, ...course } = await owed()
    await byHand(lesson).lower(8_000)
    await expect(courses.payOtherwise(course, lesson)).resolves.toMatchObject({ amountFen: 8_000 })
  })

  test('is what the deduction settles', async () => {
    const { lesson } = await owed()
    await byHand(lesson).lower(8_000)
    await hours()
    await courses.deduct(lesson)
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', amount_fen: 8_000 })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 8_000, out: 0 })
  })

  test('is found by a question also after it was deducted', async () => {
    const { lesson } = await owed()
    await byHand(lesson).lower(8_000)
    await courses.deduct(lesson)
    await hours()
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 8_000, out: 0 })
  })

  test('an order for the old sum that is open already is closed', async () => {
    const { lesson, ...course } = await owed()
    const number = await courses.tapOrder(course, lesson)
    await byHand(lesson).lower(8_000)
    // Long before it expires.
    for (const seconds of [60, 60]) {
      await courses.advance(seconds)
      await courses.sweep()
    }
    const { tradeState } = await courses.simulated.transaction(number)
    expect(tradeState).toBe('CLOSED')
  })

  test('after the order was paid: WeChat Pay hears of that and collects nothing', async () => {
    const { lesson, ...course } = await owed()
    const number = await courses.tapOrder(course, lesson)
    await courses.simulated.pay(number)
    await byHand(lesson).lower(8_000)
    await hours()
    await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'done', paidType: 'MCH' })
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
    await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'closed' }])
  })

  test('and then synchronised: the lesson ends', async () => {
    const { lesson } = await owed()
    await byHand(lesson).lower(8_000)
    await byHand(lesson).sync()
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled', problem: 'PAID_ELSEWHERE' })
  })

  test('to nothing: the lesson ends', async () => {
    const { lesson } = await owed()
    await byHand(lesson).lower(0)
    await hours()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled' })
  })

  test('never rises: the database refuses', async () => {
    const { lesson } = await owed()
    const raise = courses.ctx.db.updateTable('charge').set({ amount_fen: 18_001 }).where('subject_id', '=', lesson.id)
    await expect(raise.execute()).rejects.toMatchObject({ code: 'ZP002' })
  })

  test('alarms nobody', async () => {
    const { lesson } = await owed()
    await byHand(lesson).lower(8_000)
    await hours()
    expect(heardOf(lesson)).toEqual([])
  })
})

test('synchronised by hand because the shopper had paid the order: that money stays', async () => {
  const { lesson, ...course } = await owed()
  const number = await courses.tapOrder(course, lesson)
  await courses.simulated.pay(number)
  await byHand(lesson).sync()
  await courses.advance(15)
  await catchUpLessons(courses.ctx)
  await hours()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
})

test('completed by hand with another sum: the shop can still complete it with that one', async () => {
  await courses.switches({ payScoreDeduction: 'succeeds' })
  const course = await courses.signed()
  const [unused] = course.lessons
  await courses.start(unused)
  const lesson = await courses.row(unused)
  await byHand(lesson).complete(9_000)
  await courses.advance(10)
  await expect(courses.complete(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service' })
  await expect(courses.complete(lesson, 9_000)).resolves.toMatchObject({ status: 'paid' })
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 9_000, out: 0 })
})

describe('completed by hand with another sum, while its number is all that we know of it', () => {
  const unheard = (path: string) =>
    courses.simulated.faults(
      { match: { method: 'POST', path }, kind: 'reset-after-effect' },
      { match: { method: 'GET', path: ORDERS }, kind: 'error-before-effect', count: 10 },
    )

  test('the start had no answer: it has begun, and is completed with that sum', async () => {
    await courses.switches({ payScoreDeduction: 'succeeds' })
    const [unused] = (await courses.signed()).lessons
    await unheard(CREATE_ORDER)
    await expect(courses.start(unused)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    const lesson = await courses.row(unused)
    await byHand(lesson).complete(9_000)
    await courses.simulated.faults()
    await courses.advance(60)
    await courses.sweep()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service' })
    await expect(courses.complete(lesson, 9_000)).resolves.toMatchObject({ status: 'paid', amountFen: 9_000 })
  })

  test('the completion had no answer, and was lowered', async () => {
    const [unused] = (await courses.signed()).lessons
    await courses.start(unused)
    const lesson = await courses.row(unused)
    await unheard(`${ORDERS}/${lesson.out_order_no}/complete`)
    await expect(courses.complete(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await courses.advance(10)
    await byHand(lesson).lower(8_000)
    await courses.simulated.faults()
    await courses.advance(60)
    await courses.sweep()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service', amount_fen: null })
    await expect(courses.complete(lesson, 8_000)).resolves.toMatchObject({ status: 'deducting', amountFen: 8_000 })
    await courses.deduct(lesson)
    await hours()
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 8_000, out: 0 })
  })
})

test('a notice with another sum than the one that is being completed changes nothing: only a question is believed', async () => {
  const [unused] = (await courses.signed()).lessons
  await courses.start(unused)
  await courses.simulated.faults(
    { match: { method: 'POST', path: `${ORDERS}/${unused.out_order_no}/complete` }, kind: 'reset-after-effect' },
    { match: { method: 'GET', path: ORDERS }, kind: 'error-before-effect', count: 10 },
  )
  await expect(courses.complete(unused)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
  await courses.simulated.faults()
  await courses.advance(10)
  const before = await courses.row(unused)
  const { appid, service_id } = JSON.parse(before.start_request ?? '{}')
  const { mchid, out_order_no } = before
  const query = { appid, service_id, out_order_no }
  const order = await courses.ctx.wechat(mchid).call(endpoints.queryServiceOrder, { query })
  const lie = { order: { ...order, total_amount: 1 }, proof: 'notification' as const }
  await expect(applyServiceOrder(courses.ctx, lie)).resolves.toBe('refused')
  await expect(courses.row(unused)).resolves.toEqual(before)
})

test('lowered by hand, then cancelled while an attempt runs: it is cancelled again until WeChat Pay agrees', async () => {
  const { lesson } = await owed()
  await byHand(lesson).lower(8_000)
  await courses.simulated.faults({
    match: { method: 'POST', path: `${ORDERS}/${lesson.out_order_no}/cancel` },
    kind: 'error-before-effect',
    status: 400,
    code: 'INVALID_REQUEST',
  })
  await expect(courses.cancel(lesson)).resolves.toMatchObject({ status: 'cancelling' })
  await hours()
  await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'revoked' })
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled' })
})

describe('what WeChat Pay never takes', () => {
  test('a cancel: a person hears of it, once', async () => {
    await courses.switches({ payScoreCancelPaying: 'refused' })
    const { lesson } = await owed()
    await expect(courses.cancel(lesson)).resolves.toMatchObject({ status: 'cancelling' })
    for (let i = 0; i < 50; i++) {
      await courses.advance(200)
      await courses.sweep()
    }
    expect(heardOf(lesson)).toEqual(['lesson_stuck'])
  })

  test('that it was paid another way: a person hears of it, once', async () => {
    const { lesson, ...course } = await owed()
    await courses.simulated.faults({
      match: { method: 'POST', path: `${ORDERS}/${lesson.out_order_no}/sync` },
      kind: 'error-before-effect',
      status: 400,
      code: 'PARAM_ERROR',
      count: 10_000,
    })
    await courses.simulated.pay(await courses.tapOrder(course, lesson))
    await days(1)
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
    expect(heardOf(lesson)).toEqual(['lesson_not_synced'])
  })
})
