import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestCourse } from '../../testing/payscore.ts'

let simulator: RunningSimulator

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const PRICES = [300, 200, 100]

/** What anybody may do at any time; refused or not, it must not break a promise. */
type Act = (course: TestCourse) => Promise<unknown>

const no = fc.integer({ min: 1, max: PRICES.length })
const fen = fc.constantFrom(0, 50, 100, 200, 300, 301)
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: no.map(
      (n): Act =>
        (course) =>
          course.start(n),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(no, fen).map(
      ([n, sum]): Act =>
        (course) =>
          course.complete(n, sum),
    ),
  },
  {
    weight: 3,
    arbitrary: no.map(
      (n): Act =>
        (course) =>
          course.cancel(n),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(no, fen).map(
      ([n, sum]): Act =>
        (course) =>
          course.modify(n, sum),
    ),
  },
  {
    weight: 2,
    arbitrary: no.map(
      (n): Act =>
        (course) =>
          course.sync(n),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(no, fc.constantFrom('succeed', 'fail')).map(([n, result]) => deduct(n, result)) },
  {
    weight: 2,
    arbitrary: no.map(
      (n): Act =>
        (course) =>
          course.merchant.control('POST', orderPath(course, n, 'pay'), {}),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(1, 3, 600).map(
      (s): Act =>
        (course) =>
          course.merchant.advance(s),
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('fails', 'succeeds').map((how) => switchTo(how)) },
  {
    weight: 1,
    arbitrary: fc.constant<Act>((course) => course.payScore.stopSignPlan(course.signed.merchant_sign_plan_no)),
  },
)
const orderPath = (course: TestCourse, n: number, act: string) => `/payscore/orders/${course.numberOf(n)}/${act}`
const deduct =
  (n: number, result: string): Act =>
  (course) =>
    course.merchant.control('POST', orderPath(course, n, 'deduct'), { result })
const switchTo =
  (payScoreDeduction: string): Act =>
  (course) =>
    course.merchant.control('PUT', '/switches', { payScoreDeduction })

const isOver = (state: string) => state === 'USED' || state === 'SIGN_PLAN_DETAIL_CANCEL'
const stateOfDetail: Readonly<Record<string, string>> = {
  in_service: 'USING',
  paying: 'USING',
  done: 'USED',
  revoked: 'SIGN_PLAN_DETAIL_CANCEL',
}

async function check(course: TestCourse): Promise<void> {
  const { merchant } = course
  const { details } = (await merchant.control('GET', `/payscore/sign-plans/${course.signed.merchant_sign_plan_no}`))
    .json
  const states: string[] = details.map(({ state }: { state: string }) => state)
  const begun = states.filter((state) => state !== 'NOT_USED')
  expect(begun, 'used in order').toEqual(states.slice(0, begun.length))
  expect(begun.slice(0, -1).every(isOver), 'one at a time').toBe(true)

  const { orders } = (await merchant.control('GET', '/payscore/orders')).json
  const { transactions } = (await merchant.control('GET', '/transactions')).json
  expect(orders).toHaveLength(begun.length)
  for (const order of orders) {
    expect(states[order.detailNo - 1], `detail ${order.detailNo}`).toBe(stateOfDetail[order.phase])
    const isDeducted = order.phase === 'done' && order.paidType === 'NEWTON'
    const collected = transactions.filter((one: { transactionId: string }) => one.transactionId === order.transactionId)
    expect(collected, `what was collected for ${order.phase}`).toHaveLength(isDeducted ? 1 : 0)
    if (isDeducted) expect(collected[0].amountFen).toBe(order.totalFen)
    expect(order.totalFen ?? 0).toBeLessThanOrEqual(PRICES[order.detailNo - 1] ?? 0)
  }
  const deducted = orders.filter(({ paidType }: { paidType: string | null }) => paidType === 'NEWTON')
  expect(transactions, 'nothing is collected for nothing').toHaveLength(deducted.length)
}

test('whatever the order of calls: lessons in order, one at a time, no sum twice, none above what was promised, none both revoked and paid', async () => {
  const merchant = await TestMerchant.open(simulator.port)
  const atOnce = fc.array(acts, { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(atOnce, { minLength: 5, maxLength: 20 }), async (steps) => {
      await merchant.control('POST', '/reset')
      const course = await TestCourse.sign(merchant, PRICES)
      for (const step of steps) {
        await Promise.all(step.map((act) => act(course)))
        await check(course)
      }
    }),
    { numRuns: 12 },
  )
}, 60_000)
