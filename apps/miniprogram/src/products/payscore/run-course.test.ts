import type { orders } from '@shouyin/contracts/shopper'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../shared/client.ts'
import { courseWith } from '../../testing/courses.ts'
import { orderWith, problem, type Received, sendByFetch, startServer } from '../../testing/server.ts'
import { pollsMs, WATCH_MS } from './course-flow.ts'
import type { Course } from './lessons-of.ts'
import { type CourseState, runCourse } from './run-course.ts'

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

const owed = courseWith({}, { status: 'deducting', amountFen: 18_000 })
const paid = courseWith({ paidFen: 18_000 }, { status: 'paid', amountFen: 18_000, paidBy: 'deduction' })

type Verb = 'check' | 'cancel' | 'order' | 'course-1'
type Reply = { status?: number; body?: unknown } | 'hang-up'
type Answers = Partial<Record<Verb, (nth: number) => Reply | Promise<Reply>>>

/** A course against a server that answers as told; time passes at once but for the watch, which each test lets pass. */
async function courseAt(answers: Answers, opening: Course = courseWith()) {
  const counts: Record<string, number> = {}
  const server = await startServer(({ path }: Received) => {
    const verb = path.split('/').pop() as Verb
    counts[verb] = (counts[verb] ?? 0) + 1
    return answers[verb]?.(counts[verb]) ?? { body: verb === 'order' ? orderWith({}) : opening }
  })
  closers.push(server.close)
  const session = { token: async () => 't', renew: async () => 't' }
  const client = createClient({ baseUrl: server.url, send: sendByFetch, session, now: Date.now, report: () => {} })
  const opened: orders.Order[] = []
  const explained: unknown[] = []
  const pauses: number[] = []
  const watches: (() => void)[] = []
  const states: CourseState[] = []
  const heard: string[] = []
  const course = runCourse(
    opening,
    {
      client,
      pause: (ms) =>
        ms === WATCH_MS ? new Promise((resolve) => watches.push(resolve)) : Promise.resolve(void pauses.push(ms)),
      openOrder: async (order) => void opened.push(order),
      asking: () => () => heard.push(course.state().view),
      explain: (error) => explained.push(error),
    },
    (state) => states.push(state),
  )
  closers.push(course.stop)
  course.start()
  const reaches = (view: string) => vi.waitFor(() => expect(course.state().view).toBe(view), { interval: 2 })
  const asked = (verb: Verb, times: number) => vi.waitFor(() => expect(counts[verb] ?? 0).toBe(times), { interval: 2 })
  const watch = async () => {
    await vi.waitFor(() => expect(watches).not.toEqual([]), { interval: 2 })
    for (const end of watches.splice(0)) end()
  }
  return { course, counts, opened, explained, heard, pauses, states, watches, watch, reaches, asked }
}

/** An answer that comes when it is let. */
function late(reply: Reply) {
  let come = () => {}
  const coming = new Promise<Reply>((resolve) => {
    come = () => resolve(reply)
  })
  return { coming, come: () => come() }
}

test('it opens with a question to WeChat, and asks on while a lesson is deducted', async () => {
  const { reaches, course, counts } = await courseAt({ check: (nth) => ({ body: nth < 4 ? owed : paid }) })
  await reaches('quiet')
  expect(course.state().course.paidFen).toBe(18_000)
  expect(counts.check).toBe(4)
})

test('a deduction that does not succeed is asked for as often as planned, then our own books are looked at', async () => {
  const { reaches, counts, pauses, watch, course } = await courseAt({
    check: () => ({ body: owed }),
    'course-1': (nth) => ({ body: nth === 1 ? owed : paid }),
  })
  await reaches('waiting')
  expect([counts.check, pauses]).toEqual([1 + pollsMs.length, [...pollsMs]])
  await watch()
  await watch()
  await reaches('quiet')
  expect(counts['course-1']).toBe(2)
  expect(course.state().course.paidFen).toBe(18_000)
})

/** Owed at first, and as often as is asked by itself; then paid. */
const checks = (nth: number): Reply => ({ body: nth <= 1 + pollsMs.length ? owed : paid })

test('two taps on paying make one order, and what comes back is looked at', async () => {
  const { course, opened, counts, reaches } = await courseAt({ check: checks }, owed)
  await reaches('waiting')
  course.send('pay')
  course.send('pay')
  await reaches('quiet')
  expect(opened).toMatchObject([{ id: 'order-1' }])
  expect(counts).toEqual({ check: 2 + pollsMs.length, order: 1 })
})

test('a lesson that was deducted meanwhile is not paid again: the shopper is told, and sees it paid', async () => {
  const order = () => problem(409, 'LESSON_NOT_OWED')
  const { course, reaches, opened, explained } = await courseAt({ order, check: checks }, owed)
  await reaches('waiting')
  course.send('pay')
  await reaches('quiet')
  expect(opened).toEqual([])
  expect(explained).toMatchObject([{ code: 'LESSON_NOT_OWED' }])
  expect(course.state().course.paidFen).toBe(18_000)
})

test('paying without a lesson that is owed asks for no order', async () => {
  const { course, reaches, counts } = await courseAt({})
  await reaches('quiet')
  course.send('pay')
  await reaches('quiet')
  expect(counts.order).toBeUndefined()
})

test('who leaves the page while the order is made is not fetched into a payment', async () => {
  const order = late({ body: orderWith({}) })
  const { course, opened, asked, reaches } = await courseAt({ order: () => order.coming, check: checks }, owed)
  await reaches('waiting')
  course.send('pay')
  await asked('order', 1)
  course.send('hide')
  order.come()
  course.send('show')
  await reaches('quiet')
  expect(opened).toEqual([])
})

test('two taps on cancelling cancel once, and the end is followed until WeChat agrees', async () => {
  const cancelling = { body: courseWith({ status: 'cancelling' }) }
  const { course, reaches, counts } = await courseAt({
    cancel: () => cancelling,
    check: (nth) => (nth < 3 ? cancelling : { body: courseWith({ status: 'cancelled', cancelledBy: 'shopper' }) }),
  })
  course.send('cancel')
  course.send('cancel')
  await reaches('over')
  expect(counts.cancel).toBe(1)
  expect(course.state().course).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
})

test('an answer that was overtaken shows nothing any more', async () => {
  const old = late({ body: courseWith() })
  const { course, asked, reaches, states } = await courseAt({
    check: (nth) => (nth === 1 ? old.coming : { body: courseWith({ status: 'cancelled' }) }),
    cancel: () => ({ body: courseWith({ status: 'cancelled', cancelledBy: 'shopper' }) }),
  })
  await asked('check', 1)
  course.send('cancel')
  await reaches('over')
  const shown = states.length
  old.come()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(states).toHaveLength(shown)
  expect(course.state().course.status).toBe('cancelled')
})

test('a hidden page asks nothing, whatever was planned, and asks at once when it is seen again', async () => {
  const { course, reaches, watches, counts, asked } = await courseAt({})
  await reaches('quiet')
  await vi.waitFor(() => expect(watches).toHaveLength(1), { interval: 2 })
  course.send('hide')
  for (const end of watches.splice(0)) end()
  await new Promise(setImmediate)
  expect(counts).toEqual({ check: 1 })
  course.send('show')
  await asked('check', 2)
})

test('a hidden page stops asking about a deduction', async () => {
  const answer = late({ body: owed })
  const { course, asked, counts } = await courseAt(
    { check: (nth) => (nth === 2 ? answer.coming : { body: owed }) },
    owed,
  )
  await asked('check', 2)
  course.send('hide')
  answer.come()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(counts.check).toBe(2)
})

test('a server out of reach leaves what was known, says so, and is asked again when the network is back', async () => {
  const { course, reaches } = await courseAt({ check: (nth) => (nth === 1 ? 'hang-up' : { body: paid }) }, owed)
  await reaches('unreachable')
  expect(course.state()).toMatchObject({ error: { code: 'OFFLINE' }, course: { paidFen: 0 } })
  course.send('online')
  await reaches('quiet')
  expect(course.state()).toMatchObject({ error: undefined, course: { paidFen: 18_000 } })
})

test('only what WeChat was asked, and said, is heard', async () => {
  const { heard, reaches, watch, course } = await courseAt({
    check: (nth) => ({ body: nth === 1 ? { ...owed, confirming: true } : paid }),
  })
  await reaches('quiet')
  expect(heard).toEqual(['moving'])
  await watch()
  course.send('hide')
  expect(heard).toHaveLength(1)
})

test('a lesson that begins while the page is open is shown without a tap', async () => {
  const begun = courseWith({}, { status: 'in_service' })
  const { course, reaches, watch } = await courseAt({ 'course-1': () => ({ body: begun }) })
  await reaches('quiet')
  await watch()
  await vi.waitFor(() => expect(course.state().course.lessons[0]?.status).toBe('in_service'), { interval: 2 })
})
