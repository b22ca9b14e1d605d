import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COURSE, type Lesson, openTeacher, type SignPlan, type Teacher } from '../support/course.ts'
import { type House, openHouse } from '../support/house.ts'
import { exchange } from '../support/http.ts'
import { eventually } from '../support/wait.ts'

let house: House
let teacher: Teacher
let planId: string

beforeAll(async () => {
  house = await openHouse({ servers: 2 })
  teacher = await openTeacher(house)
  planId = (await teacher.sell()).id
}, 240_000)
afterAll(() => house?.close())

const times = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)))

interface ServiceOrder {
  readonly outOrderNo: string
  readonly phase: string
  readonly totalFen: number | null
  readonly transactionId: string | null
}

/** Somebody new who has signed the plan. */
async function signedCourse(): Promise<SignPlan & { readonly Authorization: string }> {
  const { code, openid } = await house.simulated.call<Record<string, string>>('POST', '/client/login', {})
  const url = house.servers[0]?.url ?? ''
  const session = await exchange('POST', `${url}/api/session`, { body: { code } })
  const headers = { Authorization: `Bearer ${(session.body as { token: string }).token}` }
  await exchange('POST', `${url}/api/plans/${planId}/sign-plans`, { body: {}, headers })
  const { merchantSignPlanNo } = await teacher.courseOf(planId, openid)
  await house.simulated.call('POST', `/payscore/sign-plans/${merchantSignPlanNo}/sign`, {})
  const signed = await eventually(
    () => teacher.courseOf(planId, openid),
    ({ status }) => status === 'signed',
    { what: 'the signed plan' },
  )
  return { ...signed, ...headers }
}

const ordersAtWechat = async (lessons: readonly Lesson[]): Promise<readonly ServiceOrder[]> => {
  const { orders } = await house.simulated.call<{ orders: ServiceOrder[] }>('GET', '/payscore/orders')
  const numbers = lessons.map(({ outOrderNo }) => outOrderNo)
  return orders.filter(({ outOrderNo }) => numbers.includes(outOrderNo)).reverse()
}

test('forty parallel starts of a lesson, at two servers, make one service order and all say so', async () => {
  const { lessons } = await signedCourse()
  const id = lessons[0]?.id ?? ''
  const starts = await times(40, () => teacher.start(id))
  expect(new Set(starts.map(({ status, lesson }) => `${status} ${lesson.status}`))).toEqual(new Set(['200 in_service']))
  expect(await ordersAtWechat(lessons)).toMatchObject([{ phase: 'in_service' }])
})

test('a cancel that races the deduction ends as cancelled or as charged, never as both', async () => {
  const ends = await times(6, async (i) => {
    const { lessons } = await signedCourse()
    const id = lessons[0]?.id ?? ''
    await teacher.start(id)
    await teacher.complete(id)
    await Promise.all([teacher.cancel(id), i % 2 === 0 ? house.simulated.advance(3) : undefined])
    // 单据正在扣款中: again in 3 minutes.
    const lesson = await eventually(
      async () => {
        await house.simulated.advance(30)
        return teacher.see(id)
      },
      ({ status }) => status === 'cancelled' || status === 'paid',
      { what: 'the end of the race' },
    )
    const [order] = await ordersAtWechat(lessons)
    const { rows } = await house.pool.query<{ sum: number }>(
      `select coalesce(sum(m.amount_fen), 0)::int as sum from movement m join charge c on c.id = m.charge_id
       where c.subject_id = $1`,
      [id],
    )
    expect(rows[0]?.sum).toBe(lesson.status === 'paid' ? 18000 : 0)
    expect(order?.phase).toBe(lesson.status === 'paid' ? 'done' : 'revoked')
    return lesson.status
  })
  expect(ends).toHaveLength(6)
})

type Act = { readonly verb: 'start' | 'complete' | 'cancel' | 'check' | 'wait'; readonly number: number }
const act = fc.record<Act>({
  verb: fc.constantFrom('start', 'start', 'complete', 'complete', 'cancel', 'check', 'wait'),
  number: fc.integer({ min: 1, max: COURSE.lessons.length }),
})

test('whatever is asked for in whatever order, lessons are used one after the other and never cost more than promised', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 10 }), async (rounds) => {
      const course = await signedCourse()
      const ask = ({ verb, number }: Act) => {
        const id = course.lessons[number - 1]?.id ?? ''
        if (verb === 'wait') return house.simulated.advance(5)
        return teacher.merchant.ask('POST', `/lessons/${id}/${verb}`, verb === 'cancel' ? { reason: '请假' } : {})
      }
      for (const round of rounds) await Promise.all(round.map(ask))
      await expectInOrder(course)
    }),
    { numRuns: 12 },
  )
}, 240_000)

async function expectInOrder({ id, lessons }: SignPlan): Promise<void> {
  const { body } = await teacher.merchant.ask('GET', `/sign-plans/${id}`)
  const now = (body as SignPlan).lessons
  const taken = now.filter(({ status }) => status !== 'unused')
  expect(taken.map(({ number }) => number)).toEqual(taken.map((_, i) => i + 1))
  expect(taken.filter(({ status }) => status !== 'paid' && status !== 'cancelled').length).toBeLessThanOrEqual(1)
  const prices = new Map(lessons.map((lesson, i) => [lesson.outOrderNo, COURSE.lessons[i]?.priceFen ?? 0]))
  for (const { outOrderNo, totalFen, phase, transactionId } of await ordersAtWechat(lessons)) {
    expect(totalFen ?? 0).toBeLessThanOrEqual(prices.get(outOrderNo) ?? 0)
    if (phase === 'revoked') expect(transactionId).toBeNull()
  }
}
