import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { TestPayScore } from '../../../testing/payscore.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let payScore: TestPayScore

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  payScore = await TestPayScore.of(merchant)
})

const refused = (status: number, code: string, field?: string) => ({
  status,
  json: { code, ...(field !== undefined && { detail: { field } }) },
})
const details = (...pairs: readonly [number, number][]) => ({
  deduction_quantity: pairs.length,
  total_original_price: pairs.reduce((sum, [fen]) => sum + fen, 0),
  total_actual_price: pairs.reduce((sum, [, fen]) => sum + fen, 0),
  plan_detail_list: pairs.map(([original_price, actual_price]) => ({
    plan_detail_name: '课',
    original_price,
    actual_price,
  })),
})

describe('创建支付分计划', () => {
  test('answers the plan of the request, NORMAL, its details numbered from 1', async () => {
    const body = payScore.planBody()
    const answer = await payScore.createPlan(body)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      ...body,
      mchid: merchant.info.mchid,
      plan_id: expect.stringMatching(/^01000033\d{24}$/),
      plan_state: 'NORMAL',
      plan_detail_list: body.plan_detail_list.map((detail, i) => ({ ...detail, plan_detail_no: i + 1 })),
    })
    expect((await payScore.queryPlan(body.merchant_plan_no)).json).toEqual(answer.json)
  })

  test('again with the same parameters, in any order, is the same plan; with others it is refused', async () => {
    const body = payScore.planBody()
    const first = await payScore.createPlan(body)
    const { plan_name: name, ...rest } = body
    expect((await payScore.createPlan({ ...rest, plan_name: name })).json).toEqual(first.json)
    const other = await payScore.createPlan({ ...body, plan_name: '瑜伽课' })
    expect(other).toMatchObject({
      status: 400,
      json: { code: 'INVALID_REQUEST', message: '请确认相同单号是否使用了不同的参数' },
    })
    expect((await payScore.queryPlan(body.merchant_plan_no)).json.plan_name).toBe(name)
  })

  test.each([
    ['fewer details than deductions', { deduction_quantity: 4 }, '/plan_detail_list'],
    ['more details than deductions', { deduction_quantity: 2 }, '/plan_detail_list'],
    ['a detail dearer than its original', details([100, 100], [50, 51]), '/plan_detail_list/1/actual_price'],
    ['a detail dearer than the one before', details([100, 50], [100, 51]), '/plan_detail_list/1/actual_price'],
    ['a wrong sum of originals', { total_original_price: 54001 }, '/total_original_price'],
    ['a wrong sum of actual prices', { total_actual_price: 29999 }, '/total_actual_price'],
    ['a time longer than the service allows', { plan_duration: 366 }, '/plan_duration'],
  ])('with %s is refused and names the member', async (_name, changes, field) => {
    const body = payScore.planBody(changes)
    expect(await payScore.createPlan(body)).toMatchObject(refused(400, 'INVALID_REQUEST', field))
    expect((await payScore.queryPlan(body.merchant_plan_no)).status).toBe(404)
  })

  test('with more deductions than the service allows is refused', async () => {
    const many = details(...Array.from({ length: 51 }, (): [number, number] => [1, 1]))
    expect(await payScore.createPlan(payScore.planBody(many))).toMatchObject(
      refused(400, 'INVALID_REQUEST', '/deduction_quantity'),
    )
  })

  test('at every bound is accepted: equal prices, 0 fen, the longest time', async () => {
    const body = payScore.planBody({ ...details([100, 100], [100, 100], [100, 0], [0, 0]), plan_duration: 365 })
    expect((await payScore.createPlan(body)).status).toBe(200)
  })

  test('takes any totals when the switch says so', async () => {
    await merchant.control('PUT', '/switches', { payScoreSums: 'unchecked' })
    expect((await payScore.createPlan(payScore.planBody({ total_actual_price: 1 }))).status).toBe(200)
  })

  test.each([
    ['no plan number', { merchant_plan_no: undefined }],
    ['a plan number with a slash', { merchant_plan_no: 'a/b' }],
    ['no details', { plan_detail_list: [] }],
    ['a member that nobody knows', { plan_detail_no: 1 }],
    ['a name of 21 characters', { plan_name: '课'.repeat(21) }],
  ])('with %s is PARAM_ERROR', async (_name, changes) => {
    expect(await payScore.createPlan(payScore.planBody(changes))).toMatchObject(refused(400, 'PARAM_ERROR'))
  })
})

describe('the service', () => {
  const noAuth = { status: 403, json: { code: 'NO_AUTH', message: '商户暂无权限使用此服务' } }

  test("that does not exist or is another merchant's may not be used", async () => {
    const neighbour = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const theirs = await TestPayScore.of(neighbour)
    for (const service_id of ['500001', theirs.serviceId]) {
      expect(await payScore.createPlan(payScore.planBody({ service_id }))).toMatchObject(noAuth)
    }
  })

  test.each([{ hasPlanPermission: false }, { isEnrolled: false }])('without %j may not be used', async (changes) => {
    await merchant.control('PUT', `/payscore/services/${payScore.serviceId}`, changes)
    expect(await payScore.createPlan(payScore.planBody())).toMatchObject(noAuth)
    const put = await merchant.control('PUT', `/payscore/services/${payScore.serviceId}`, {
      hasPlanPermission: true,
      isEnrolled: true,
    })
    expect(put.status).toBe(200)
    expect((await payScore.createPlan(payScore.planBody())).status).toBe(200)
  })

  test('of another mini-program than the world’s may not be used', async () => {
    const answer = await payScore.createPlan(payScore.planBody({ appid: 'wx0000000000000000' }))
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR', '/appid'))
  })
})

describe('停止支付分计划', () => {
  test('is STOP with who and when, and the same again', async () => {
    const body = payScore.planBody()
    await payScore.createPlan(body)
    const stopped = await payScore.stopPlan(body.merchant_plan_no)
    expect(stopped).toMatchObject({
      status: 200,
      json: {
        plan_state: 'STOP',
        stop_mchid: merchant.info.mchid,
        stop_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/),
      },
    })
    await merchant.advance(60)
    expect((await payScore.stopPlan(body.merchant_plan_no)).json).toEqual(stopped.json)
    expect((await payScore.createPlan(body)).json).toEqual(stopped.json)
  })
})

test("another merchant's plan is not found, neither for reading nor for stopping", async () => {
  const body = payScore.planBody()
  await payScore.createPlan(body)
  const theirs = await TestPayScore.of(await TestMerchant.open(simulator.port, { joins: merchant.info.mchid }))
  expect(await theirs.queryPlan(body.merchant_plan_no)).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
  expect(await theirs.stopPlan(body.merchant_plan_no)).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
  expect((await payScore.queryPlan(body.merchant_plan_no)).json.plan_state).toBe('NORMAL')
})
