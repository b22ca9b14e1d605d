import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { newNumber, Restartable, TestCourse, TestPayScore } from '../../../testing/payscore.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let payScore: TestPayScore
let planId: string
let planNo: string

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  payScore = await TestPayScore.of(merchant)
  const plan = payScore.planBody()
  planNo = plan.merchant_plan_no
  planId = (await payScore.createPlan(plan)).json.plan_id
})

const refused = (status: number, code: string, field?: string) => ({
  status,
  json: { code, ...(field !== undefined && { detail: { field } }) },
})
const numbered = (...numbers: readonly number[]) => ({
  sign_plan_detail: numbers.map((no) => ({ plan_detail_no: no, merchant_plan_detail_no: newNumber() })),
})
const stateOf = async (number: string) => (await payScore.querySignPlan(number)).json.sign_state

describe('创建用户的签约计划', () => {
  test('answers it UNSIGNED and wrapped, with a package, unset members as empty texts', async () => {
    const body = payScore.signPlanBody(planId, 3)
    const answer = await payScore.createSignPlan(body)
    expect(answer.status).toBe(200)
    expect(answer.json.package).toMatch(/^[\w-]{100,}$/)
    expect(answer.json.sign_plan).toMatchObject({
      sign_plan_id: expect.stringMatching(/^01020033\d{24}$/),
      openid: body.openid,
      mchid: merchant.info.mchid,
      merchant_callback_url: body.notify_url,
      going_detail_no: 0,
      sign_state: 'UNSIGNED',
      cancel_sign_type: 'NOT_CANCEL',
      plan_name: '羽毛球课3节',
      total_origin_price: 54000,
      total_actual_price: 30000,
      deduction_quantity: 3,
      sign_time: '',
      plan_over_time: '',
      cancel_sign_time: '',
      cancel_reason: '',
    })
    expect(answer.json.sign_plan).not.toHaveProperty('total_original_price')
    expect(answer.json.sign_plan.signed_detail_list[1]).toEqual({
      plan_detail_no: 2,
      original_price: 18000,
      plan_discount_description: '优惠',
      actual_price: 12000,
      plan_detail_state: 'NOT_USED',
      order_id: '',
      merchant_plan_detail_no: body.sign_plan_detail[1]?.merchant_plan_detail_no,
      plan_detail_name: '第2节课',
      actual_pay_price: 0,
      use_time: '',
      complete_time: '',
      cancel_time: '',
    })
    const queried = await payScore.querySignPlan(body.merchant_sign_plan_no)
    expect(queried.json).toEqual(answer.json.sign_plan)
  })

  test('again with the same parameters is the same, with a package more; with others it is refused', async () => {
    const body = payScore.signPlanBody(planId, 3)
    const first = await payScore.createSignPlan(body)
    const again = await payScore.createSignPlan(body)
    expect(again.json.sign_plan).toEqual(first.json.sign_plan)
    expect(again.json.package).not.toBe(first.json.package)
    const other = await payScore.createSignPlan({ ...body, openid: 'oOther' })
    expect(other).toMatchObject({
      status: 400,
      json: { code: 'INVALID_REQUEST', message: '请确认相同单号是否使用了不同的参数' },
    })
  })

  test('again after it was signed answers it as it stands', async () => {
    const body = payScore.signPlanBody(planId, 3)
    const { package: text } = (await payScore.createSignPlan(body)).json
    await payScore.userSigns(body.merchant_sign_plan_no)
    expect((await payScore.createSignPlan(body)).json).toMatchObject({
      package: text,
      sign_plan: { sign_state: 'SIGNED' },
    })
  })

  test.each([
    ['too few numbers', numbered(1, 2)],
    ['too many numbers', numbered(1, 2, 3, 4)],
    ['a number twice', numbered(1, 2, 2)],
    ['numbers out of order', numbered(1, 3, 2)],
    ['numbers that begin later', numbered(2, 3, 4)],
  ])('with %s is refused', async (_name, changes) => {
    const body = payScore.signPlanBody(planId, 3, changes)
    expect(await payScore.createSignPlan(body)).toMatchObject(refused(400, 'INVALID_REQUEST', '/sign_plan_detail'))
  })

  test('with a detail number that is used already is refused, also when used in the same request', async () => {
    const used = payScore.signPlanBody(planId, 3)
    await payScore.createSignPlan(used)
    const fresh = payScore.signPlanBody(planId, 3)
    const [first, second] = fresh.sign_plan_detail
    for (const number of [used.sign_plan_detail[2]?.merchant_plan_detail_no, first?.merchant_plan_detail_no]) {
      const sign_plan_detail = [first, second, { plan_detail_no: 3, merchant_plan_detail_no: number }]
      expect(await payScore.createSignPlan({ ...fresh, sign_plan_detail })).toMatchObject(
        refused(400, 'INVALID_REQUEST', '/sign_plan_detail/2/merchant_plan_detail_no'),
      )
    }
    expect((await payScore.createSignPlan(fresh)).status).toBe(200)
  })

  test('of a stopped plan is refused, while what was created before stays', async () => {
    const before = payScore.signPlanBody(planId, 3)
    const first = await payScore.createSignPlan(before)
    await payScore.stopPlan(planNo)
    const answer = await payScore.createSignPlan(payScore.signPlanBody(planId, 3))
    expect(answer).toMatchObject(refused(400, 'INVALID_REQUEST', '/plan_id'))
    expect((await payScore.querySignPlan(before.merchant_sign_plan_no)).json).toEqual(first.json.sign_plan)
  })

  test("of an unknown plan, or another merchant's, is RESOURCE_NOT_EXISTS", async () => {
    const theirs = await TestPayScore.of(await TestMerchant.open(simulator.port, { joins: merchant.info.mchid }))
    expect(await theirs.createSignPlan(theirs.signPlanBody(planId, 3))).toMatchObject(
      refused(404, 'RESOURCE_NOT_EXISTS'),
    )
    expect(await payScore.createSignPlan(payScore.signPlanBody('01', 3))).toMatchObject(
      refused(404, 'RESOURCE_NOT_EXISTS'),
    )
  })

  test('without permission of the service, or for another mini-program, is refused', async () => {
    const foreign = await payScore.createSignPlan(payScore.signPlanBody(planId, 3, { appid: 'wx00' }))
    expect(foreign).toMatchObject(refused(400, 'PARAM_ERROR', '/appid'))
    await merchant.control('PUT', `/payscore/services/${payScore.serviceId}`, { hasPlanPermission: false })
    expect(await payScore.createSignPlan(payScore.signPlanBody(planId, 3))).toMatchObject(refused(403, 'NO_AUTH'))
  })

  test('with another service of the merchant than the plan’s is refused, and so is an order of it', async () => {
    const restartable = await Restartable.open()
    try {
      const first = await TestPayScore.of(await restartable.start())
      const second = '500002'
      const merchantOfTwo = await restartable.start((text) => withSecondService(text, second))
      const course = await TestCourse.sign(merchantOfTwo)
      const body = course.payScore.signPlanBody(course.signed.plan_id, 3)
      const wrong = refused(400, 'INVALID_REQUEST', '/service_id')
      expect(await course.payScore.createSignPlan({ ...body, service_id: second })).toMatchObject(wrong)
      expect(await course.start(1, { service_id: second })).toMatchObject(wrong)
      expect((await course.start(1, { service_id: first.serviceId })).status).toBe(200)
    } finally {
      await restartable.close()
    }
  })
})

/** In life a merchant may have several. */
function withSecondService(text: string, serviceId: string): string {
  const stored = JSON.parse(text)
  const services = stored.worlds[0].payScore.services
  services.push({ ...services[0], serviceId })
  return JSON.stringify(stored)
}

describe('取消用户的签约计划', () => {
  test('ends a signed plan as MERCHANT with the reason, and the same again', async () => {
    const course = await TestCourse.sign(merchant)
    const number = course.signed.merchant_sign_plan_no
    const stopped = await payScore.stopSignPlan(number, '门店停业')
    expect(stopped).toMatchObject({
      status: 200,
      json: {
        sign_state: 'SIGN_PLAN_CANCEL',
        cancel_sign_type: 'MERCHANT',
        cancel_reason: '门店停业',
        cancel_sign_time: expect.stringMatching(/\+08:00$/),
      },
    })
    await merchant.advance(60)
    expect((await payScore.stopSignPlan(number, '门店停业')).json).toEqual(stopped.json)
    expect(await payScore.stopSignPlan(number, '别的')).toMatchObject(refused(400, 'ORDER_CANCELED'))
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications.map(({ eventType }: { eventType: string }) => eventType)).toEqual(['PAYSCORE.USER_SIGN_PLAN'])
  })

  test('ends one that nobody signed', async () => {
    const body = payScore.signPlanBody(planId, 3)
    await payScore.createSignPlan(body)
    expect((await payScore.stopSignPlan(body.merchant_sign_plan_no)).json.sign_state).toBe('SIGN_PLAN_CANCEL')
    await expect(payScore.userSigns(body.merchant_sign_plan_no)).rejects.toThrow()
    expect(await stateOf(body.merchant_sign_plan_no)).toBe('SIGN_PLAN_CANCEL')
  })

  test('is refused after it is complete or over', async () => {
    const complete = await TestCourse.sign(merchant, [0])
    await complete.start(1)
    await complete.complete(1, 0)
    expect(await payScore.stopSignPlan(complete.signed.merchant_sign_plan_no)).toMatchObject(refused(400, 'ORDER_DONE'))
    const over = await TestCourse.sign(merchant)
    await merchant.advance(301 * 86_400)
    expect(await payScore.stopSignPlan(over.signed.merchant_sign_plan_no)).toMatchObject(
      refused(400, 'INVALID_ORDER_STATE'),
    )
  })

  test("of another merchant's, or of none, is RESOURCE_NOT_EXISTS", async () => {
    const body = payScore.signPlanBody(planId, 3)
    await payScore.createSignPlan(body)
    const theirs = await TestPayScore.of(await TestMerchant.open(simulator.port, { joins: merchant.info.mchid }))
    for (const answer of [
      await theirs.stopSignPlan(body.merchant_sign_plan_no),
      await theirs.querySignPlan(body.merchant_sign_plan_no),
      await payScore.querySignPlan('NOSUCH'),
    ]) {
      expect(answer).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
    }
    expect(await stateOf(body.merchant_sign_plan_no)).toBe('UNSIGNED')
  })
})
