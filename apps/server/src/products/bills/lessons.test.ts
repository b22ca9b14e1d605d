import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asking } from '../../products.ts'
import { type Course, type Courses, ORDERS, openCourses } from '../../testing/courses.ts'
import { runBills } from './daily-job.ts'
import { addDays, dayOf, startOf } from './days.ts'

type Lesson = Course['lessons'][number]

/** Courses at the local WeChat Pay. Notices find nobody here, no sweep runs: what is not in a bill we never learn. */
let courses: Courses
let course: Course
let day: string
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())
beforeEach(async () => {
  await goTo(addDays(today(), 1), 12)
  day = today()
  course = await courses.signed()
})
afterEach(() => courses.simulated.faults())

const today = () => dayOf(courses.ctx.clock.now())
async function goTo(date: string, hour: number, minute = 0): Promise<void> {
  const target = startOf(date).getTime() + (hour * 60 + minute) * 60_000
  await courses.advance(Math.ceil((target - courses.ctx.clock.now().getTime()) / 1000))
}
/** The morning after, when its bills are there, and what the job makes of them. */
async function reconcile(): Promise<void> {
  await goTo(addDays(day, 1), 10, 31)
  while ((await runBills(courses.ctx, asking)) > 0);
}
const silent = { match: { method: 'GET', path: ORDERS }, kind: 'error-before-effect', probability: 1 }
const differences = () =>
  courses.ctx.db
    .selectFrom('difference')
    .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
    .select(['bill', 'kind', 'difference.state', 'note'])
    .where('date', '=', day)
    .orderBy('difference.id')
    .execute()
const billStates = () =>
  courses.ctx.db.selectFrom('bill_day').select(['bill', 'state', 'rows']).where('date', '=', day).execute()
const proofsOf = (lesson: Lesson) =>
  courses.ctx.db
    .selectFrom('movement')
    .innerJoin('charge', 'charge.id', 'movement.charge_id')
    .select(['movement.kind', 'proof', 'movement.amount_fen'])
    .where('subject_id', '=', lesson.id)
    .execute()
/** Given, and deducted at WeChat Pay. */
async function deducted(): Promise<Lesson> {
  const [first] = course.lessons
  const lesson = await courses.given(first)
  await courses.advance(10)
  expect(await courses.atWechat(lesson)).toMatchObject({ paidType: 'NEWTON' })
  return lesson
}
/** WeChat Pay collects, and all that we know is that we asked it to. */
async function completeUnheard(lesson: Lesson): Promise<void> {
  await courses.start(lesson)
  const reset = { match: { method: 'POST', path: `${ORDERS}/*` }, kind: 'reset-after-effect' }
  await courses.simulated.faults(reset, silent)
  await expect(courses.complete(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
  await courses.advance(10)
}
const askAbout = ({ mchid, out_order_no: outTradeNo }: Lesson) =>
  asking.charge.payscore(courses.ctx, { mchid, outTradeNo })

describe('a deduction', () => {
  test.each(['wechat', 'out_order_no'])('that we know is in both bills, whoever made its number: %s', async (whose) => {
    await courses.switches({ payScoreBillNumber: whose })
    await askAbout(await deducted())
    await courses.switches({ payScoreBillNumber: 'wechat' })
    await reconcile()
    expect(await billStates()).toMatchObject([
      { bill: 'trade', state: 'reconciled', rows: 1 },
      { bill: 'BASIC', state: 'reconciled' },
      { state: 'reconciled' },
      { state: 'reconciled' },
    ])
    expect(await differences()).toEqual([])
  })

  test('of which no notice and no sweep told is asked about in the morning, once', async () => {
    const lesson = await deducted()
    await reconcile()
    expect(await courses.row(lesson)).toMatchObject({ state: 'paid' })
    expect(await proofsOf(lesson)).toEqual([{ kind: 'payment', proof: 'query', amount_fen: 18_000 }])
    expect(await differences()).toMatchObject([
      { bill: 'trade', kind: 'payment_missing_here', state: 'resolved', note: 'our books have it by query' },
    ])
  })

  test('is settled by the bill itself while WeChat Pay answers nothing', async () => {
    const lesson = await deducted()
    await courses.simulated.faults(silent)
    await reconcile()
    expect(await courses.row(lesson)).toMatchObject({ state: 'paid' })
    expect(await proofsOf(lesson)).toEqual([{ kind: 'payment', proof: 'bill', amount_fen: 18_000 }])
    expect(await differences()).toMatchObject([{ kind: 'payment_missing_here', state: 'resolved' }])
  })

  test('of a completion that we never heard answered is found by its 商户数据包', async () => {
    const [first] = course.lessons
    await completeUnheard(first)
    expect(await courses.chargesOf(first)).toEqual([])
    await courses.simulated.faults()
    await reconcile()
    expect(await courses.row(first)).toMatchObject({ state: 'paid' })
    expect(await differences()).toMatchObject([{ kind: 'payment_missing_here', state: 'resolved' }])
  })

  test('of such a one stays open, and no anomaly, for as long as WeChat Pay does not answer', async () => {
    const [first] = course.lessons
    await completeUnheard(first)
    await reconcile()
    expect(await differences()).toMatchObject([{ kind: 'payment_missing_here', state: 'open' }])
    expect(await courses.ctx.db.selectFrom('anomaly').selectAll().execute()).toEqual([])
    await courses.simulated.faults()
    await courses.advance(3601)
    while ((await runBills(courses.ctx, asking)) > 0);
    expect(await courses.row(first)).toMatchObject({ state: 'paid' })
    expect(await differences()).toMatchObject([{ state: 'resolved' }])
  })
})

test('a lesson of 0 fen and one that was cancelled are in no bill', async () => {
  const [first, second, third] = course.lessons
  await courses.given(first, 0)
  await courses.start(second)
  await courses.cancel(second)
  await courses.given(third)
  await reconcile()
  expect(await billStates()).toMatchObject([{ rows: 0 }, { rows: 0 }, { rows: 0 }, { rows: 0 }])
  expect(await differences()).toEqual([])
})

test('a refund of a deduction that was made by hand in 商户平台 is adopted with it, and both bills agree', async () => {
  const lesson = await deducted()
  const { transactionId } = await courses.atWechat(lesson)
  const { transactions } = await courses.simulated.call<{
    transactions: { outTradeNo: string; transactionId: string }[]
  }>('GET', '/transactions')
  const number = transactions.find((one) => one.transactionId === transactionId)?.outTradeNo
  expect(number).not.toBe(lesson.out_order_no)
  await courses.simulated.call('POST', `/transactions/${number}/refund`, { amountFen: 5000 })
  await courses.advance(30)
  await reconcile()
  expect(await courses.movedFen(lesson)).toEqual({ in: 18_000, out: 5000 })
  expect((await differences()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
})
