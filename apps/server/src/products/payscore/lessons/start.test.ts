import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Courses, CREATE_ORDER, openCourses } from '../../../testing/courses.ts'
import { stopPlan } from '../plans/stop.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())
afterEach(() => courses.simulated.faults())

const create = { method: 'POST', path: CREATE_ORDER }
const createsOf = async (outOrderNo: string) =>
  (await courses.simulated.requests(outOrderNo)).filter((one) => one.method === 'POST' && one.path === CREATE_ORDER)

test('40 who start a lesson at once make one service order, and all hear that it has begun', async () => {
  const { lessons } = await courses.signed()
  const [lesson] = lessons
  const answers = await Promise.all(Array.from({ length: 40 }, () => courses.start(lesson)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['in_service']))
  await expect(createsOf(lesson.out_order_no)).resolves.toHaveLength(1)
  const { db } = courses.ctx
  const entries = await db.selectFrom('audit_entry').select('action').where('subject', '=', lesson.id).execute()
  expect(entries).toEqual([{ action: 'lesson.start' }])
})

test('WeChat Pay is asked whether the plan is still signed before an order is made', async () => {
  const course = await courses.signed()
  await courses.start(course.lessons[0])
  const { merchant_sign_plan_no } = await courses.signPlan(course)
  const { requests } = await courses.simulated.call<{ requests: { path: string }[] }>('GET', '/requests?limit=5000')
  const at = (part: string) => requests.findLastIndex(({ path }) => path.includes(part))
  expect(at(merchant_sign_plan_no)).toBeGreaterThan(0)
  expect(at(merchant_sign_plan_no)).toBeLessThan(at(CREATE_ORDER))
})

test('a plan that the shopper ended in WeChat a moment ago begins no lesson', async () => {
  const course = await courses.signed()
  const [lesson] = course.lessons
  await courses.cancelInWechat(course)
  await expect(courses.start(lesson)).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'unused', sending_until: null })
  await expect(createsOf(lesson.out_order_no)).resolves.toEqual([])
  await expect(courses.start(lesson)).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
})

test('lessons are taken in order: the answer names the one that comes first', async () => {
  const { lessons } = await courses.signed()
  const [first, second, third] = lessons
  const refused = { code: 'LESSON_OUT_OF_ORDER' }
  await expect(courses.start(second)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining('lesson 1'),
  })
  await courses.start(first)
  await expect(courses.start(second)).rejects.toMatchObject(refused)
  await courses.cancel(first)
  await expect(courses.start(third)).rejects.toMatchObject({ ...refused, message: expect.stringContaining('lesson 2') })
  await expect(courses.start(second)).resolves.toMatchObject({ status: 'in_service' })
})

test('a lesson that has begun is answered again; with another place it is another wish', async () => {
  const { lessons } = await courses.signed()
  const [lesson] = lessons
  await courses.start(lesson, '一号馆')
  await expect(courses.start(lesson, '一号馆')).resolves.toMatchObject({ status: 'in_service' })
  await expect(courses.start(lesson, '二号馆')).rejects.toMatchObject({ code: 'LESSON_STATE' })
  await courses.cancel(lesson)
  await expect(courses.start(lesson, '一号馆')).rejects.toMatchObject({ code: 'LESSON_STATE' })
})

test.each(['error-after-effect', 'reset-after-effect', 'unsigned-response', 'tamper-response'])(
  'an order that was made while the answer was lost (%s) is found by asking',
  async (kind) => {
    const { lessons } = await courses.signed()
    const [lesson] = lessons
    await courses.simulated.faults({ match: create, kind })
    await expect(courses.start(lesson)).resolves.toMatchObject({ status: 'in_service' })
    await expect(createsOf(lesson.out_order_no)).resolves.toHaveLength(1)
  },
)

test.each(['error-before-effect', 'reset-before-effect', 'ok-without-effect', 'rate-limit'])(
  'an order that was not made (%s) is made by the sweep, hours later, with the same bytes',
  async (kind) => {
    const { lessons } = await courses.signed()
    const [lesson] = lessons
    // The client itself tries again where nothing can have happened.
    await courses.simulated.faults({ match: create, kind, count: 5 })
    await expect(courses.start(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'starting' })
    await courses.simulated.faults()
    await courses.advance(5 * 3600)
    await courses.sweep()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service', next_query_at: null })
    const bodies = (await createsOf(lesson.out_order_no)).map(({ requestBody }) => requestBody)
    expect(new Set(bodies).size).toBe(1)
  },
)

test('what WeChat Pay refuses is taken back with its reason, and may be tried again', async () => {
  const { lessons } = await courses.signed()
  const [lesson] = lessons
  const { serviceId } = courses.simulated
  await courses.simulated.call('PUT', `/payscore/services/${serviceId}`, { hasPlanPermission: false })
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => courses.start(lesson)))
  await courses.simulated.call('PUT', `/payscore/services/${serviceId}`, { hasPlanPermission: true })
  // Who comes after the refusal tries again, and who waited may see that it is being tried.
  const code = expect.stringMatching(/^WECHATPAY_(REFUSED|UNAVAILABLE)$/)
  for (const answer of answers) expect(answer).toMatchObject({ reason: { code } })
  await expect(courses.row(lesson)).resolves.toMatchObject({
    state: 'unused',
    problem: expect.stringContaining('NO_AUTH'),
  })
  expect(courses.alarmsOf('lesson_refused')[0]).toMatchObject({ detail: { outTradeNo: lesson.out_order_no } })
  await expect(courses.start(lesson)).resolves.toMatchObject({ status: 'in_service', problem: null })
})

test('a stopped plan goes on for who has signed it', async () => {
  const course = await courses.signed()
  await stopPlan(courses.lin, { id: courses.plan.id })
  await expect(courses.start(course.lessons[0])).resolves.toMatchObject({ status: 'in_service' })
})

test("nobody's lesson cannot be begun", async () => {
  const nobody = { id: crypto.randomUUID() } as never
  await expect(courses.start(nobody)).rejects.toMatchObject({ code: 'LESSON_NOT_FOUND' })
})
