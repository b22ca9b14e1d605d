import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { TestCourse } from '../testing/payscore.ts'
import { type Receiver, resourcesOf, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver
let course: TestCourse

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver = await startReceiver()
  course = await TestCourse.sign(merchant, undefined, { notify_url: receiver.url })
  await merchant.advance(1)
  receiver.received.length = 0
  return () => receiver.close()
})

const heard = () => resourcesOf(receiver, merchant)
const signNumber = () => course.signed.merchant_sign_plan_no

describe('a fault of an answer', () => {
  test.each<[string, () => string, () => Promise<{ status: number }>]>([
    ['a query of the signed plan', signNumber, () => course.payScore.querySignPlan(signNumber())],
    ['stopping it', signNumber, () => course.payScore.stopSignPlan(signNumber())],
    ['its creation', signNumber, () => course.payScore.createSignPlan(course.signed)],
    [
      'a query of the plan',
      () => course.plan.merchant_plan_no,
      () => course.payScore.queryPlan(course.plan.merchant_plan_no),
    ],
    ['creating the plan', () => course.plan.merchant_plan_no, () => course.payScore.createPlan(course.plan)],
    ['creating a service order', () => course.numberOf(1), () => course.start(1)],
    ['completing it', () => course.numberOf(1), () => course.complete(1, 100)],
    ['a query of it', () => course.numberOf(1), () => course.payScore.queryOrder(course.numberOf(1))],
  ])('hits %s by its number, and no other number', async (_, number, call) => {
    await merchant.setFaults(
      { kind: 'rate-limit', match: { outTradeNo: 'ANOTHER' } },
      { kind: 'error-before-effect', match: { outTradeNo: number() }, status: 503 },
    )
    expect((await call()).status).toBe(503)
    const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${number()}`)).json
    expect(requests.at(-1)).toMatchObject({ status: 503, fault: 'error-before-effect' })
  })

  test('hits a query by query_id too', async () => {
    await course.start(1)
    const { queryId } = (await merchant.control('GET', `/payscore/orders/${course.numberOf(1)}`)).json
    await merchant.setFaults({ kind: 'rate-limit', match: { outTradeNo: course.numberOf(1) } })
    const query = new URLSearchParams({ ...course.payScore.whose, query_id: queryId })
    expect((await merchant.call('GET', `/v3/payscore/serviceorder?${query}`)).status).toBe(429)
  })

  test.each(['complete', 'cancel'] as const)('that lies about %s leaves everything as it was', async (operation) => {
    await course.start(1)
    const state = async () => [
      (await merchant.control('GET', '/payscore/orders')).json,
      (await merchant.control('GET', '/payscore/sign-plans')).json,
      (await merchant.control('GET', '/transactions')).json,
    ]
    const before = await state()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: course.numberOf(1) } })
    const answer = operation === 'cancel' ? await course.cancel(1) : await course.complete(1, 18000)
    expect(answer.status).toBe(200)
    await merchant.advance(3600)
    expect(await state()).toEqual(before)
    expect(heard()).toEqual([])
    expect((await course.complete(1, 18000)).status).toBe(200)
    await merchant.advance(5)
    expect(await course.query(1)).toMatchObject({ state: 'DONE' })
  })
})

describe('a fault of a notice', () => {
  const take = async (no: number) => {
    await course.start(no, { notify_url: receiver.url })
    await course.complete(no, no === 1 ? 18000 : 12000)
    await merchant.advance(5)
  }

  test('loses the one of this service order only', async () => {
    await merchant.setFaults({ kind: 'lose-notification', match: { outTradeNo: course.numberOf(1) } })
    await take(1)
    await take(2)
    expect(heard().map(({ out_order_no: number }) => number)).toEqual([course.numberOf(2)])
    const { notifications } = (await merchant.control('GET', `/notifications?outTradeNo=${course.numberOf(1)}`)).json
    expect(notifications).toMatchObject([{ eventType: 'PAYSCORE.USER_PAID', state: 'lost' }])
  })

  test('brings the one of this signed plan late, or twice', async () => {
    await merchant.setFaults(
      { kind: 'delay-notification', match: { outTradeNo: signNumber() }, seconds: 300 },
      { kind: 'duplicate-notification', match: { eventType: 'PAYSCORE.USER_PAID' } },
    )
    await take(1)
    expect(heard().map(({ state }) => state)).toEqual(['DONE', 'DONE'])
    await merchant.control('POST', `/payscore/sign-plans/${signNumber()}/cancel`, {})
    await merchant.advance(299)
    expect(heard()).toHaveLength(2)
    await merchant.advance(2)
    expect(heard().at(-1)).toMatchObject({ merchant_sign_plan_no: signNumber(), cancel_sign_type: 'USER' })
  })

  test('lets signing and paying cross', async () => {
    const crossing = await TestCourse.sign(merchant)
    await merchant.setFaults({ kind: 'reorder-notifications' })
    course = await TestCourse.sign(merchant, undefined, { notify_url: receiver.url })
    await take(1)
    expect(crossing.signed.merchant_sign_plan_no).not.toBe(signNumber())
    expect(heard().map((resource) => resource.sign_state ?? resource.state)).toEqual(['DONE', 'SIGNED'])
  })

  test.each([
    [{ amountFen: 1 }, { total_amount: 1, collection: { total_amount: 1, paid_amount: 1, state: 'USER_PAID' } }],
    [{ serviceId: 'S' }, { service_id: 'S', total_amount: 18000 }],
    [{ openid: 'o' }, { openid: 'o' }],
    [
      { mchid: '1', appid: 'wx1' },
      { mchid: '1', appid: 'wx1' },
    ],
  ])('makes the notice of a deduction lie: %j', async (set, lie) => {
    await merchant.setFaults({ kind: 'mismatch-notification', match: { outTradeNo: course.numberOf(1) }, set })
    await take(1)
    expect(heard()).toMatchObject([{ ...lie, out_order_no: course.numberOf(1) }])
    expect(heard()[0]).not.toHaveProperty('payer')
    expect(await course.query(1)).toMatchObject({ total_amount: 18000, openid: 'oTestShopper' })
  })

  test('makes the notice of a signed plan lie', async () => {
    await merchant.setFaults({ kind: 'mismatch-notification', set: { amountFen: 1, openid: 'o' } })
    await merchant.control('POST', `/payscore/sign-plans/${signNumber()}/cancel`, {})
    await merchant.advance(1)
    expect(heard()).toMatchObject([{ merchant_sign_plan_no: signNumber(), total_actual_price: 1, openid: 'o' }])
  })
})
