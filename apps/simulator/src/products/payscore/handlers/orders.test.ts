import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { newNumber, TestCourse, TestPayScore } from '../../../testing/payscore.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let course: TestCourse

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  course = await TestCourse.sign(merchant)
})

const refused = (status: number, code: string, field?: string) => ({
  status,
  json: { code, ...(field !== undefined && { detail: { field } }) },
})
const turnRefused = refused(400, 'INVALID_REQUEST', '/plan_detail_no')
const detailStates = async () =>
  (await course.querySigned()).signed_detail_list.map(
    (detail: { plan_detail_state: string }) => detail.plan_detail_state,
  )

describe('创建用户的签约计划详情对应的服务订单', () => {
  test('answers DOING, USER_CONFIRM, out_order_no and no openid; its detail is USING', async () => {
    const body = course.orderBody(1, {
      time_range: { start_time: await course.compactNow(60), end_time: await course.compactNow(3600) },
      location: { start_location: '体育馆', end_location: '体育馆' },
      attach: 'a%3D1',
    })
    const answer = await course.payScore.createOrder(body)
    const { openid, sign_plan_id: _, plan_detail_no: __, out_trade_no: number, ...echoed } = body
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      ...echoed,
      out_order_no: number,
      mchid: merchant.info.mchid,
      state: 'DOING',
      state_description: 'USER_CONFIRM',
      post_payments: [],
      post_discounts: [],
      order_id: expect.stringMatching(/^\d{32}$/),
    })
    const { going_detail_no: going, signed_detail_list: details } = await course.querySigned()
    expect(going).toBe(1)
    expect(details[0]).toMatchObject({
      plan_detail_state: 'USING',
      order_id: answer.json.order_id,
      use_time: expect.stringMatching(/\+08:00$/),
    })
    expect(await course.query(1)).toEqual({ ...answer.json, openid })
  })

  test('OnAccept is now, in seconds', async () => {
    const before = await course.compactNow()
    const { start_time: start } = (await course.start(1)).json.time_range
    expect(start).toMatch(/^\d{14}$/)
    expect(start >= before && start <= (await course.compactNow())).toBe(true)
  })

  test('again with the same parameters answers it as it stands, with others it is refused', async () => {
    const body = course.orderBody(1, { time_range: { start_time: await course.compactNow(2) } })
    const first = await course.payScore.createOrder(body)
    await merchant.advance(3600)
    expect((await course.payScore.createOrder(body)).json).toEqual(first.json)
    expect(await course.payScore.createOrder({ ...body, attach: 'x' })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_REQUEST', message: '请确认相同单号是否使用了不同的参数' },
    })
    await course.cancel(1)
    expect((await course.payScore.createOrder(body)).json.state).toBe('REVOKED')
  })

  test('by the name out_order_no is refused: a request calls it out_trade_no', async () => {
    const { out_trade_no: number, ...rest } = course.orderBody(1)
    expect(await course.payScore.createOrder({ ...rest, out_order_no: number })).toMatchObject(
      refused(400, 'PARAM_ERROR'),
    )
  })

  test.each([
    ['a sign plan that nobody knows', { sign_plan_id: '01' }, refused(404, 'RESOURCE_NOT_EXISTS')],
    ['another user than the signer', { openid: 'oOther' }, refused(400, 'INVALID_REQUEST', '/openid')],
    ['another mini-program', { appid: 'wx00' }, refused(400, 'PARAM_ERROR', '/appid')],
    ['another service', { service_id: '500001' }, refused(403, 'NO_AUTH', '/service_id')],
    ['a detail that the plan does not have', { plan_detail_no: 4 }, turnRefused],
    ['a number that was not promised', { out_trade_no: newNumber() }, refused(400, 'INVALID_REQUEST', '/out_trade_no')],
    [
      'an end without a beginning',
      { location: { end_location: 'B' } },
      refused(400, 'PARAM_ERROR', '/location/end_location'),
    ],
  ])('with %s is refused', async (_name, changes, expected) => {
    expect(await course.start(1, changes)).toMatchObject(expected)
    expect(await detailStates()).toEqual(['NOT_USED', 'NOT_USED', 'NOT_USED'])
  })

  test('that would have begun already is refused', async () => {
    const answer = await course.start(1, { time_range: { start_time: await course.compactNow(-60) } })
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR', '/time_range/start_time'))
    expect(await detailStates()).toEqual(['NOT_USED', 'NOT_USED', 'NOT_USED'])
  })

  test('with the number of another detail is refused', async () => {
    const answer = await course.start(1, { out_trade_no: course.numberOf(2) })
    expect(answer).toMatchObject(refused(400, 'INVALID_REQUEST', '/out_trade_no'))
  })

  test('needs the permission of the service still', async () => {
    const url = `/payscore/services/${course.payScore.serviceId}`
    await merchant.control('PUT', url, { hasPlanPermission: false })
    expect(await course.start(1)).toMatchObject(refused(403, 'NO_AUTH'))
  })

  test("of another merchant's sign plan is RESOURCE_NOT_EXISTS", async () => {
    const theirs = await TestPayScore.of(await TestMerchant.open(simulator.port, { joins: merchant.info.mchid }))
    expect(await theirs.createOrder({ ...course.orderBody(1), ...theirs.whose })).toMatchObject(
      refused(404, 'RESOURCE_NOT_EXISTS'),
    )
  })
})

describe('the turn', () => {
  test('no detail is skipped', async () => {
    expect(await course.start(2)).toMatchObject({
      ...turnRefused,
      json: { ...turnRefused.json, message: '不允许跳序号创建订单' },
    })
    expect((await course.start(1)).status).toBe(200)
  })

  test('the next waits while one is in service, and while one is not paid', async () => {
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
    await course.start(1)
    const message = '同时只能有一个服务中的订单，请先将上一个订单取消，或完结并等待支付成功'
    expect(await course.start(2)).toMatchObject({ ...turnRefused, json: { ...turnRefused.json, message } })
    await course.complete(1, 18000)
    expect(await course.start(2)).toMatchObject(turnRefused)
    await merchant.advance(3600)
    expect(await course.start(2)).toMatchObject(turnRefused)
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'succeeds' })
    await merchant.advance(3600)
    expect((await course.start(2)).status).toBe(200)
  })

  test('the next may begin after a cancelled one, and a cancelled one never again', async () => {
    await course.start(1)
    await course.cancel(1)
    expect(await detailStates()).toEqual(['SIGN_PLAN_DETAIL_CANCEL', 'NOT_USED', 'NOT_USED'])
    const again = await course.start(1, { attach: 'again' })
    expect(again).toMatchObject(refused(400, 'INVALID_REQUEST'))
    expect((await course.start(2)).status).toBe(200)
  })
})

describe('the sign plan of an order', () => {
  test('must be signed', async () => {
    const { payScore } = course
    const signed = payScore.signPlanBody(course.signed.plan_id, 3)
    const { sign_plan: signPlan } = (await payScore.createSignPlan(signed)).json
    const body = course.orderBody(1, {
      sign_plan_id: signPlan.sign_plan_id,
      out_trade_no: signed.sign_plan_detail[0]?.merchant_plan_detail_no,
    })
    expect(await payScore.createOrder(body)).toMatchObject(refused(400, 'INVALID_REQUEST', '/sign_plan_id'))
    await payScore.userSigns(signed.merchant_sign_plan_no)
    expect((await payScore.createOrder(body)).status).toBe(200)
  })

  test('stopped: nothing new begins, what has begun is finished', async () => {
    await course.start(1)
    await course.payScore.stopSignPlan(course.signed.merchant_sign_plan_no)
    expect((await course.complete(1, 18000)).status).toBe(200)
    await merchant.advance(3)
    expect(await course.query(1)).toMatchObject({ state: 'DONE', collection: { state: 'USER_PAID' } })
    expect(await detailStates()).toEqual(['USED', 'NOT_USED', 'NOT_USED'])
    expect(await course.start(2)).toMatchObject(refused(400, 'INVALID_REQUEST', '/sign_plan_id'))
    expect((await course.querySigned()).sign_state).toBe('SIGN_PLAN_CANCEL')
  })

  test('of a stopped plan goes on', async () => {
    await course.payScore.stopPlan(course.plan.merchant_plan_no)
    expect((await course.start(1)).status).toBe(200)
  })

  test('is over at midnight in Shanghai after its days, not a second earlier, and what has begun is finished', async () => {
    const { plan_over_time: over, sign_time: signed } = await course.querySigned()
    const days = (Date.parse(over) - Date.parse(`${signed.slice(0, 10)}T00:00:00+08:00`)) / 86_400_000
    expect([over.slice(10), days]).toEqual(['T00:00:00+08:00', 301])
    await course.start(1)
    const nowMs = Date.parse((await merchant.control('GET', '/clock')).json.now)
    await merchant.advance(Math.floor((Date.parse(over) - nowMs) / 1000) - 2)
    expect((await course.querySigned()).sign_state).toBe('SIGNED')
    await course.cancel(1)
    expect((await course.start(2)).status).toBe(200)
    await merchant.advance(4)
    expect((await course.querySigned()).sign_state).toBe('EXPIRE')
    expect(await course.start(3)).toMatchObject(refused(400, 'INVALID_REQUEST'))
    expect((await course.complete(2, 12000)).status).toBe(200)
  })
})

describe('查询支付分订单', () => {
  test('by either number, but not by both or none', async () => {
    await course.start(1)
    const [{ queryId, outOrderNo }] = (await merchant.control('GET', '/payscore/orders')).json.orders
    const whose = new URLSearchParams(course.payScore.whose)
    const byQueryId = await merchant.call('GET', `/v3/payscore/serviceorder?${whose}&query_id=${queryId}`)
    expect(byQueryId.json).toEqual(await course.query(1))
    for (const rest of ['', `&query_id=${queryId}&out_order_no=${outOrderNo}`]) {
      expect(await merchant.call('GET', `/v3/payscore/serviceorder?${whose}${rest}`)).toMatchObject(
        refused(400, 'PARAM_ERROR'),
      )
    }
  })

  test('unknown, of another service or of another merchant is ORDER_NOT_EXIST', async () => {
    await course.start(1)
    const theirs = await TestPayScore.of(await TestMerchant.open(simulator.port, { joins: merchant.info.mchid }))
    const absent = refused(404, 'ORDER_NOT_EXIST')
    expect(await course.payScore.queryOrder('NOSUCH')).toMatchObject(absent)
    expect(await course.payScore.queryOrder(course.numberOf(1), { service_id: '500001' })).toMatchObject(absent)
    expect(await theirs.queryOrder(course.numberOf(1))).toMatchObject(absent)
    for (const operation of ['complete', 'cancel', 'modify', 'sync']) {
      const body = {
        complete: { post_payments: [{ amount: 1 }], total_amount: 1 },
        cancel: { reason: 'x' },
        modify: { post_payments: [{ amount: 1 }], total_amount: 1, reason: 'x' },
        sync: { type: 'Order_Paid', detail: { paid_time: '20260101' } },
      }[operation]
      expect(await theirs.changeOrder(course.numberOf(1), operation, body ?? {})).toMatchObject(absent)
      expect(
        await course.payScore.changeOrder(course.numberOf(1), operation, { ...body, service_id: '500001' }),
      ).toMatchObject(refused(400, 'INVALID_REQUEST', '/service_id'))
      expect(
        await course.payScore.changeOrder(course.numberOf(1), operation, { ...body, appid: 'wx00' }),
      ).toMatchObject(refused(400, 'PARAM_ERROR', '/appid'))
    }
  })
})
