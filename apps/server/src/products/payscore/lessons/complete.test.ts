import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Courses, ORDERS, openCourses } from '../../../testing/courses.ts'
import { completeLesson } from './complete.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())
afterEach(() => courses.simulated.faults())

const completeAt = (outOrderNo: string) => ({ method: 'POST', path: `${ORDERS}/${outOrderNo}/complete` })

async function begun() {
  const course = await courses.signed()
  await courses.start(course.lessons[0])
  return course.lessons[0]
}
async function collected(): Promise<void> {
  await courses.advance(15)
  await courses.sweep()
}

test('40 who complete a lesson at once complete it once, and it is charged once', async () => {
  const lesson = await begun()
  const answers = await Promise.all(Array.from({ length: 40 }, () => courses.complete(lesson)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['deducting']))
  const path = completeAt(lesson.out_order_no).path
  const sent = (await courses.simulated.requests(lesson.out_order_no)).filter((one) => one.path === path)
  expect(sent).toHaveLength(1)
  await collected()
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
})

test('what was given may cost less than promised, and never more', async () => {
  const lesson = await begun()
  await expect(courses.complete(lesson, 18_001)).rejects.toMatchObject({
    code: 'LESSON_PRICE_EXCEEDED',
    field: 'amountFen',
  })
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service', amount_fen: null })
  await expect(courses.complete(lesson, 9_000)).resolves.toMatchObject({ status: 'deducting', amountFen: 9_000 })
  await collected()
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 9_000, out: 0 })
})

test('repeated with the same amount it is answered at every stage; with another one it is another wish', async () => {
  const lesson = await begun()
  await courses.complete(lesson)
  await expect(courses.complete(lesson)).resolves.toMatchObject({ status: 'deducting' })
  await expect(courses.complete(lesson, 1)).rejects.toMatchObject({ code: 'LESSON_STATE' })
  await collected()
  await expect(courses.complete(lesson)).resolves.toMatchObject({ status: 'paid', paidBy: 'deduction' })
  await expect(courses.complete(lesson, 1)).rejects.toMatchObject({ code: 'LESSON_STATE' })
})

test('a lesson that has not begun, or is cancelled, is not completed', async () => {
  const { lessons } = await courses.signed()
  await expect(courses.complete(lessons[0])).rejects.toMatchObject({ code: 'LESSON_STATE' })
  await courses.start(lessons[0])
  await courses.cancel(lessons[0])
  await expect(courses.complete(lessons[0])).rejects.toMatchObject({ code: 'LESSON_STATE' })
})

test('a lesson that crosses midnight, or is completed as soon as it has begun, is taken whatever the clocks say', async () => {
  const lesson = await begun()
  const ahead = (seconds: number) => ({
    ...courses.lin,
    clock: { now: () => new Date(courses.ctx.clock.now().getTime() + seconds * 1000) },
  })
  await expect(completeLesson(ahead(2), { id: lesson.id })).resolves.toMatchObject({ status: 'deducting' })
  const other = await begun()
  await courses.advance(86_400)
  await expect(completeLesson(ahead(-2), { id: other.id })).resolves.toMatchObject({ status: 'deducting' })
})

test('a lesson that is given for nothing is paid without a charge', async () => {
  const lesson = await begun()
  await expect(courses.complete(lesson, 0)).resolves.toMatchObject({ status: 'paid', amountFen: 0, paidBy: 'free' })
  await expect(courses.complete(lesson, 0)).resolves.toMatchObject({ status: 'paid' })
  await expect(courses.chargesOf(lesson)).resolves.toEqual([])
  await expect(courses.atWechat(lesson)).resolves.toMatchObject({ phase: 'done' })
})

test.each(['error-after-effect', 'reset-after-effect', 'unsigned-response'])(
  'a completion whose answer was lost (%s) is found by asking, and charged once',
  async (kind) => {
    const lesson = await begun()
    await courses.simulated.faults({ match: completeAt(lesson.out_order_no), kind })
    await expect(courses.complete(lesson)).resolves.toMatchObject({ status: 'deducting' })
    await collected()
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  },
)

test.each(['error-before-effect', 'reset-before-effect', 'ok-without-effect', 'rate-limit'])(
  'a completion that had no effect (%s) stays wanted, and is sent again with the same bytes',
  async (kind) => {
    const lesson = await begun()
    await courses.simulated.faults({ match: completeAt(lesson.out_order_no), kind, count: 5 })
    await expect(courses.complete(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'completing' })
    await courses.simulated.faults()
    await courses.advance(3600)
    await courses.sweep()
    await collected()
    const path = completeAt(lesson.out_order_no).path
    const sent = (await courses.simulated.requests(lesson.out_order_no)).filter((one) => one.path === path)
    expect(new Set(sent.map((one) => one.requestBody)).size).toBe(1)
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', amount_fen: 18_000 })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  },
)

test('a completion that WeChat Pay refuses is taken back, and may be corrected', async () => {
  const lesson = await begun()
  await courses.simulated.faults({
    match: completeAt(lesson.out_order_no),
    kind: 'error-before-effect',
    status: 400,
    code: 'PARAM_ERROR',
  })
  await expect(courses.complete(lesson, 100)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
  await expect(courses.row(lesson)).resolves.toMatchObject({
    state: 'in_service',
    amount_fen: null,
    problem: expect.stringContaining('PARAM_ERROR'),
  })
  await expect(courses.complete(lesson, 200)).resolves.toMatchObject({ status: 'deducting', problem: null })
})

test('a refusal is not believed where the signed answer says that it had its effect', async () => {
  const lesson = await begun()
  await courses.simulated.faults({
    match: completeAt(lesson.out_order_no),
    kind: 'error-after-effect',
    status: 400,
    code: 'INVALID_REQUEST',
  })
  await expect(courses.complete(lesson)).resolves.toMatchObject({ status: 'deducting', amountFen: 18_000 })
})

test('a lesson that runs is completed and collected, though the shopper has ended the plan or the service', async () => {
  const [cancelled, revoked] = [await courses.signed(), await courses.signed()]
  for (const { lessons } of [cancelled, revoked]) await courses.start(lessons[0])
  await courses.cancelInWechat(cancelled)
  await courses.revokeService(revoked)
  for (const { lessons } of [cancelled, revoked]) {
    await expect(courses.complete(lessons[0])).resolves.toMatchObject({ status: 'deducting' })
    await collected()
    await expect(courses.row(lessons[0])).resolves.toMatchObject({ state: 'paid' })
    await expect(courses.start(lessons[1])).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
  }
})

test('a deduction that does not succeed is asked about for ever, ever more rarely, and told of once', async () => {
  const lesson = await begun()
  await courses.switches({ payScoreDeduction: 'fails' })
  await courses.complete(lesson)
  const asked = async () =>
    (await courses.simulated.requests(lesson.out_order_no)).filter(({ method }) => method === 'GET').length
  const before = await asked()
  for (let minute = 0; minute < 300; minute += 5) {
    await courses.advance(300)
    await courses.sweep()
  }
  const questions = (await asked()) - before
  expect(questions).toBeGreaterThan(20)
  expect(questions).toBeLessThan(60)
  expect(courses.alarmsOf('lesson_owed')).toMatchObject([{ detail: { outTradeNo: lesson.out_order_no } }])
  await courses.switches({ payScoreDeduction: 'succeeds' })
  await courses.advance(1300)
  await courses.sweep()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
}, 60_000)
