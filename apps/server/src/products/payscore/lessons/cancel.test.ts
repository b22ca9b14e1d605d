import { endpoints } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Courses, ORDERS, openCourses } from '../../../testing/courses.ts'
import type { Lesson } from '../table.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())
afterEach(async () => {
  await courses.simulated.faults()
  await courses.switches({
    payScoreDeduction: 'succeeds',
    payScoreDeductionSeconds: 3,
    payScoreCancelPaying: 'allowed',
  })
})

const cancelOf = ({ out_order_no }: Lesson) => ({ method: 'POST', path: `${ORDERS}/${out_order_no}/cancel` })
const sentTo = async (lesson: Lesson) =>
  (await courses.simulated.requests(lesson.out_order_no)).filter(({ path }) => path === cancelOf(lesson).path)

async function begun(): Promise<Lesson> {
  const { lessons } = await courses.signed()
  await courses.start(lessons[0])
  return lessons[0]
}
/** Given, and the first attempt to deduct has failed: WeChat waits for the next one. */
async function owed(): Promise<Lesson> {
  const { lessons } = await courses.signed()
  await courses.switches({ payScoreDeduction: 'fails' })
  const lesson = await courses.given(lessons[0])
  await courses.advance(10)
  return lesson
}

test('a cancelled lesson is charged by nobody, and the next one may begin', async () => {
  const course = await courses.signed()
  const [first, second] = course.lessons
  await courses.start(first)
  await expect(courses.cancel(first)).resolves.toMatchObject({ status: 'cancelled', cancelReason: '顾客不来了' })
  await expect(courses.atWechat(first)).resolves.toMatchObject({ phase: 'revoked' })
  await expect(courses.chargesOf(first)).resolves.toEqual([])
  await expect(courses.start(second)).resolves.toMatchObject({ status: 'in_service' })
})

test('a lesson is cancelled also while WeChat Pay tries to deduct: its charge is closed', async () => {
  const lesson = await owed()
  await expect(courses.cancel(lesson)).resolves.toMatchObject({ status: 'cancelled', amountFen: 18_000 })
  await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'closed' }])
  await courses.switches({ payScoreDeduction: 'succeeds' })
  await courses.advance(3600)
  await courses.sweep()
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 0, out: 0 })
})

test('40 who cancel at once cancel once; another reason is another wish', async () => {
  const lesson = await begun()
  const answers = await Promise.all(Array.from({ length: 40 }, () => courses.cancel(lesson)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['cancelled']))
  await expect(sentTo(lesson)).resolves.toHaveLength(1)
  await expect(courses.cancel(lesson, '换了一天')).rejects.toMatchObject({ code: 'LESSON_STATE' })
})

test('while a deduction is under way (单据正在扣款中) it is cancelled again after 3 minutes, with the same reason', async () => {
  const { lessons } = await courses.signed()
  await courses.switches({ payScoreDeductionSeconds: 100, payScoreDeduction: 'fails' })
  const lesson = await courses.given(lessons[0])
  await expect(courses.cancel(lesson)).resolves.toMatchObject({
    status: 'cancelling',
    problem: expect.stringContaining('INVALID_REQUEST'),
  })
  await courses.advance(120)
  await courses.sweep()
  await expect(sentTo(lesson)).resolves.toHaveLength(1)
  await courses.advance(70)
  await courses.sweep()
  const sent = await sentTo(lesson)
  expect(sent.map(({ requestBody }) => JSON.parse(requestBody).reason)).toEqual(['顾客不来了', '顾客不来了'])
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled', problem: null })
  expect(courses.alarms).toEqual([])
})

test('a deduction that is faster than the cancel pays the lesson', async () => {
  const { lessons } = await courses.signed()
  await courses.switches({ payScoreDeductionSeconds: 100 })
  const lesson = await courses.given(lessons[0])
  await expect(courses.cancel(lesson)).resolves.toMatchObject({ status: 'cancelling' })
  await courses.advance(200)
  await expect(courses.cancel(lesson)).rejects.toMatchObject({ code: 'LESSON_PAID' })
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  await expect(courses.cancel(lesson)).rejects.toMatchObject({ code: 'LESSON_PAID' })
})

test('where WeChat Pay takes no cancel while it deducts, the lesson stays wanted until it is paid', async () => {
  await courses.switches({ payScoreCancelPaying: 'refused' })
  const lesson = await owed()
  await courses.switches({ payScoreCancelPaying: 'refused' })
  await expect(courses.cancel(lesson)).resolves.toMatchObject({ status: 'cancelling' })
  await courses.switches({ payScoreDeduction: 'succeeds' })
  await courses.advance(1300)
  await courses.sweep()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
})

test.each([
  'error-before-effect',
  'error-after-effect',
  'reset-before-effect',
  'reset-after-effect',
  'ok-without-effect',
  'unsigned-response',
  'rate-limit',
])('a cancel whose call came to nothing certain (%s) ends as cancelled', async (kind) => {
  const lesson = await begun()
  await courses.simulated.faults({ match: cancelOf(lesson), kind, count: 3 })
  const { status } = await courses.cancel(lesson)
  expect(['cancelling', 'cancelled']).toContain(status)
  await courses.simulated.faults()
  await courses.advance(700)
  await courses.sweep()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled' })
  await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'revoked' })
})

test('of a cancel and a deduction that race, exactly one wins, on both sides the same', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => courses.signed()))
  await courses.switches({ payScoreDeduction: 'fails' })
  const lessons = await Promise.all(all.map(({ lessons: [lesson] }) => courses.given(lesson)))
  await courses.advance(10)
  await Promise.all(
    lessons.flatMap((lesson, i) => {
      const both = [
        () => courses.cancel(lesson).catch((error) => expect(error).toMatchObject({ code: 'LESSON_PAID' })),
        () => courses.deduct(lesson).catch((error) => expect(String(error)).toContain('ORDER_NOT_PAYING')),
      ]
      return (i % 2 ? both : both.reverse()).map((act) => act())
    }),
  )
  await courses.advance(700)
  await courses.sweep()
  for (const lesson of lessons) {
    const { state } = await courses.row(lesson)
    const { phase } = await courses.atWechat(lesson)
    expect([state, phase]).toEqual(phase === 'done' ? ['paid', 'done'] : ['cancelled', 'revoked'])
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: phase === 'done' ? 18_000 : 0, out: 0 })
  }
})

test('what is not begun, or still being begun, is not cancelled', async () => {
  const { lessons } = await courses.signed()
  await expect(courses.cancel(lessons[0])).rejects.toMatchObject({ code: 'LESSON_STATE' })
})

test('an order that was to pay a cancelled lesson is not wanted any more, and closes with it', async () => {
  const course = await courses.signed()
  await courses.switches({ payScoreDeduction: 'fails' })
  const lesson = await courses.given(course.lessons[0])
  await courses.advance(10)
  const { id } = await courses.payOtherwise(course, lesson)
  const orderState = async () =>
    (await courses.ctx.db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state
  await courses.cancel(lesson)
  expect(await orderState()).toBe('closing')
  await courses.sweep()
  expect(await orderState()).toBe('closed')
})

test('an order that was to pay a cancelled lesson is closed, and what it collects goes back', async () => {
  const course = await courses.signed()
  await courses.switches({ payScoreDeduction: 'fails' })
  const lesson = await courses.given(course.lessons[0])
  await courses.advance(10)
  const number = await courses.tapOrder(course, lesson)
  const [outcome] = await Promise.all([courses.cancel(lesson), courses.simulated.pay(number)])
  expect(outcome.status).toBe('cancelled')
  await courses.advance(60)
  await courses.sweep()
  await courses.advance(600)
  await courses.sweep()
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 18_000 })
  const charge = await courses.ctx.db
    .selectFrom('charge')
    .selectAll()
    .where('out_trade_no', '=', number)
    .executeTakeFirstOrThrow()
  expect(charge).toMatchObject({ settlement: 'paid_after_close' })
  const { state } = await courses.ctx.db
    .selectFrom('orders')
    .select('state')
    .where('id', '=', charge.subject_id)
    .executeTakeFirstOrThrow()
  expect(state).toBe('closed')
})

test('an order that somebody cancelled in 商户平台 cancels its lesson here', async () => {
  const lesson = await owed()
  const { appid, service_id } = JSON.parse(lesson.start_request ?? '')
  await courses.ctx.wechat(lesson.mchid).call(endpoints.cancelServiceOrder, {
    path: { out_order_no: lesson.out_order_no },
    body: { appid, service_id, reason: '店长' },
  })
  await courses.advance(60)
  await courses.sweep()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled', cancel_reason: null })
})
