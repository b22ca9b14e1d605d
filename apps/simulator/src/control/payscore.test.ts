import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { newNumber, TestCourse, TestPayScore } from '../testing/payscore.ts'
import { problem } from '../testing/problem.ts'
import { openResource, type Receiver, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator
let receiver: Receiver
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver = await startReceiver()
  return () => receiver.close()
})

const get = async (path: string) => (await merchant.control('GET', `/payscore/${path}`)).json
const post = (path: string, body: object = {}) => merchant.control('POST', `/payscore/${path}`, body)
/** Every notice that has arrived, by its event type. */
const heard = async () => {
  await merchant.advance(1)
  return receiver.received.map(({ body }) => ({
    eventType: JSON.parse(body.toString()).event_type,
    resource: openResource(body, merchant.info.apiV3Key),
  }))
}

describe('services', () => {
  test('every merchant begins with one, of his own, that may do everything', async () => {
    const { services } = await get('services')
    expect(services).toEqual([
      {
        mchid: merchant.info.mchid,
        serviceId: expect.stringContaining(merchant.info.mchid),
        name: '课程计划',
        hasPlanPermission: true,
        isEnrolled: true,
        planMaxDays: 365,
        planMaxDeductions: 50,
      },
    ])
  })

  test('change in what is named and stay in the rest, for the API too', async () => {
    const payScore = await TestPayScore.of(merchant)
    const change = (body: object) => merchant.control('PUT', `/payscore/services/${payScore.serviceId}`, body)
    expect(await change({ planMaxDays: 30 })).toMatchObject({
      status: 200,
      json: { planMaxDays: 30, isEnrolled: true },
    })
    expect((await payScore.createPlan(payScore.planBody())).status).toBe(400)
    await change({ planMaxDays: 300 })
    expect((await payScore.createPlan(payScore.planBody())).status).toBe(200)
    expect(await change({ planMaxDays: 0 })).toMatchObject(problem(400, 'INVALID_INPUT', 'planMaxDays'))
    expect(await change({ mchid: '1' })).toMatchObject(problem(400, 'INVALID_INPUT', 'mchid'))
    expect(await change({ isEnrolled: undefined })).toMatchObject({ status: 200 })
  })

  test('of another world are not there', async () => {
    const other = (await TestPayScore.of(await TestMerchant.open(simulator.port))).serviceId
    const answer = await merchant.control('PUT', `/payscore/services/${other}`, {})
    expect(answer).toMatchObject(problem(404, 'SERVICE_NOT_FOUND', 'serviceId'))
  })
})

describe('what a world has', () => {
  test('is listed newest first, and found by its number', async () => {
    const [first, second] = [await TestCourse.sign(merchant), await TestCourse.sign(merchant)]
    for (const course of [first, second]) await course.start(1)
    const numbers = (list: Record<string, string>[], name: string) => list.map((one) => one[name])
    const { plans } = await get('plans')
    const { signPlans } = await get('sign-plans')
    const { orders } = await get('orders')
    const [newer, older] = [second, first]
    expect(numbers(plans, 'merchantPlanNo')).toEqual([newer.plan.merchant_plan_no, older.plan.merchant_plan_no])
    expect(numbers(signPlans, 'merchantSignPlanNo')).toEqual([
      newer.signed.merchant_sign_plan_no,
      older.signed.merchant_sign_plan_no,
    ])
    expect(numbers(orders, 'outOrderNo')).toEqual([newer.numberOf(1), older.numberOf(1)])
    expect(await get(`plans/${newer.plan.merchant_plan_no}`)).toEqual(plans[0])
    expect(await get(`sign-plans/${newer.signed.merchant_sign_plan_no}`)).toEqual(signPlans[0])
    expect(await get(`orders/${newer.numberOf(1)}`)).toEqual(orders[0])
  })

  test.each([
    ['plans/NOSUCH', 'PLAN_NOT_FOUND'],
    ['sign-plans/NOSUCH', 'SIGN_PLAN_NOT_FOUND'],
    ['orders/NOSUCH', 'SERVICE_ORDER_NOT_FOUND'],
  ])('and %s is not there', async (path, code) => {
    expect(await merchant.control('GET', `/payscore/${path}`)).toMatchObject(problem(404, code, 'number'))
  })
})

describe('the user, without a phone', () => {
  test('signs and cancels; the notices say who did what', async () => {
    const course = await TestCourse.sign(merchant, undefined, { notify_url: receiver.url })
    const number = course.signed.merchant_sign_plan_no
    expect(await post(`sign-plans/${number}/sign`)).toMatchObject(problem(409, 'SIGN_PLAN_SIGNED'))
    expect(await post(`sign-plans/${number}/cancel`)).toMatchObject({
      status: 200,
      json: { state: 'SIGN_PLAN_CANCEL' },
    })
    expect(await post(`sign-plans/${number}/cancel`)).toMatchObject(problem(409, 'SIGN_PLAN_STATE'))
    expect(await post(`sign-plans/${number}/sign`)).toMatchObject(problem(409, 'SIGN_PLAN_OVER'))
    expect(await heard()).toMatchObject([
      { eventType: 'PAYSCORE.USER_SIGN_PLAN', resource: { sign_state: 'SIGNED', cancel_sign_type: 'NOT_CANCEL' } },
      {
        eventType: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
        resource: { sign_state: 'SIGN_PLAN_CANCEL', cancel_sign_type: 'USER', cancel_reason: '' },
      },
    ])
  })

  test('cannot sign when the package is over, and cannot cancel what he has not signed', async () => {
    const payScore = await TestPayScore.of(merchant)
    const { plan_id: planId } = (await payScore.createPlan(payScore.planBody())).json
    const body = payScore.signPlanBody(planId, 3)
    await payScore.createSignPlan(body)
    const number = body.merchant_sign_plan_no
    expect(await post(`sign-plans/${number}/cancel`)).toMatchObject(problem(409, 'SIGN_PLAN_STATE'))
    await merchant.advance(2 * 3600)
    expect(await post(`sign-plans/${number}/sign`)).toMatchObject(problem(409, 'PACKAGE_EXPIRED'))
    await payScore.createSignPlan(body)
    expect(await post(`sign-plans/${number}/sign`)).toMatchObject({ status: 200, json: { state: 'SIGNED' } })
  })

  test('revokes a service: what he signed for it ends, with a notice each; nothing else does', async () => {
    const signAs = (openid: string) => TestCourse.sign(merchant, undefined, { openid, notify_url: receiver.url })
    const mine = [await signAs('oMine'), await signAs('oMine')]
    const other = await signAs('oOther')
    const cancelled = await signAs('oMine')
    await post(`sign-plans/${cancelled.signed.merchant_sign_plan_no}/cancel`)
    const { serviceId } = cancelled.payScore
    const answer = await post('revoke-service', { openid: 'oMine', serviceId })
    expect(
      answer.json.signPlans.map(({ merchantSignPlanNo }: { merchantSignPlanNo: string }) => merchantSignPlanNo),
    ).toEqual(mine.map(({ signed }) => signed.merchant_sign_plan_no).reverse())
    const notices = (await heard()).filter(({ resource }) => resource.cancel_sign_type === 'REVOKE_SERVICE')
    expect(notices).toHaveLength(2)
    expect(await mine[0]?.querySigned()).toMatchObject({
      sign_state: 'SIGN_PLAN_CANCEL',
      cancel_sign_type: 'REVOKE_SERVICE',
    })
    expect((await other.querySigned()).sign_state).toBe('SIGNED')
    expect((await cancelled.querySigned()).cancel_sign_type).toBe('USER')
    expect((await post('revoke-service', { openid: 'oMine' })).json).toEqual({ signPlans: [] })
    expect(await post('revoke-service', { openid: 'oMine', serviceId: 'X' })).toMatchObject(
      problem(404, 'SERVICE_NOT_FOUND', 'serviceId'),
    )
  })

  test('is told of by USER_CLOSE_SERVICE once a service, where the service has an address', async () => {
    const courses = [await TestCourse.sign(merchant), await TestCourse.sign(merchant)]
    await merchant.control('PUT', '/switches', { payScoreServiceUrl: receiver.url })
    await post('revoke-service', { openid: 'oTestShopper' })
    expect(await heard()).toMatchObject([
      {
        eventType: 'PAYSCORE.USER_CLOSE_SERVICE',
        resource: {
          appid: merchant.info.appid,
          mchid: merchant.info.mchid,
          service_id: courses[0]?.payScore.serviceId,
          openid: 'oTestShopper',
          user_service_status: 'USER_CLOSE_SERVICE',
          openorclose_time: expect.stringMatching(/^\d{14}$/),
        },
      },
    ])
  })

  test('the one who revoked still owes the lesson that is under way', async () => {
    const course = await TestCourse.sign(merchant)
    await course.start(1)
    await post('revoke-service', { openid: 'oTestShopper' })
    expect((await course.complete(1, 18000)).status).toBe(200)
    await merchant.advance(5)
    expect(await course.query(1)).toMatchObject({ state: 'DONE' })
    expect((await course.start(2)).status).toBe(400)
  })
})

describe('a service order', () => {
  let course: TestCourse
  beforeEach(async () => {
    course = await TestCourse.sign(merchant)
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails', payScoreRetrySeconds: 600 })
    await course.start(1)
  })
  const act = (verb: string, body: object = {}) => post(`orders/${course.numberOf(1)}/${verb}`, body)

  test('that is not completed owes nothing: neither deducted nor paid', async () => {
    expect(await act('deduct', { result: 'succeed' })).toMatchObject(problem(409, 'ORDER_NOT_PAYING'))
    expect(await act('pay')).toMatchObject(problem(409, 'ORDER_NOT_PAYING'))
  })

  test('is deducted now, or is not and waits, as the caller says', async () => {
    await course.complete(1, 18000)
    expect(await act('deduct', { result: 'fail' })).toMatchObject({ status: 200, json: { phase: 'paying' } })
    expect((await act('deduct', { result: 'fail' })).json.deductAt).toMatch(/\+08:00$/)
    expect(await act('deduct', { result: 'succeed' })).toMatchObject({
      status: 200,
      json: { phase: 'done', paidType: 'NEWTON', transactionId: expect.stringMatching(/^42000\d{23}$/) },
    })
    expect(await act('deduct', { result: 'succeed' })).toMatchObject(problem(409, 'ORDER_NOT_PAYING'))
    expect(await act('deduct')).toMatchObject(problem(400, 'INVALID_INPUT', 'result'))
  })

  test('is paid by the user as soon as WeChat is not at it', async () => {
    await course.complete(1, 18000)
    expect(await act('pay')).toMatchObject(problem(409, 'ORDER_BUSY'))
    await merchant.advance(5)
    expect(await act('pay')).toMatchObject({ status: 200, json: { phase: 'done' } })
    expect((await merchant.control('GET', `/transactions/${course.numberOf(1)}`)).json).toMatchObject({
      tradeType: 'JSAPI',
      tradeState: 'SUCCESS',
      amountFen: 18000,
    })
  })

  test('that the user pays leaves an ordinary order of the same number as it is', async () => {
    const number = course.numberOf(1)
    await merchant.order({ out_trade_no: number })
    await course.complete(1, 18000)
    await merchant.advance(5)
    await act('pay')
    expect((await merchant.control('GET', `/transactions/${number}`)).json).toMatchObject({ tradeState: 'NOTPAY' })
    const { transactions } = (await merchant.control('GET', '/transactions')).json
    expect(transactions).toMatchObject([{ amountFen: 18000 }, { outTradeNo: number }])
    expect(transactions[0].outTradeNo).not.toBe(number)
  })
})

test('a wrong member is named, a number of another merchant in the world is found', async () => {
  const course = await TestCourse.sign(merchant)
  const number = course.signed.merchant_sign_plan_no
  expect(await post(`sign-plans/${number}/cancel`, { reason: 'x' })).toMatchObject(
    problem(400, 'INVALID_INPUT', 'reason'),
  )
  expect(await post('revoke-service', { openid: '' })).toMatchObject(problem(400, 'INVALID_INPUT', 'openid'))
  const joined = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
  expect((await joined.control('GET', `/payscore/sign-plans/${number}`)).json.mchid).toBe(merchant.info.mchid)
  expect((await joined.control('GET', `/payscore/sign-plans/${newNumber()}`)).status).toBe(404)
})
