import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestCourse } from '../../testing/payscore.ts'
import { openResource, type Receiver, startReceiver } from '../../testing/receiver.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver
let course: TestCourse

beforeAll(async () => {
  simulator = await startSimulator()
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await simulator.close()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  course = await TestCourse.sign(merchant)
  receiver.received.length = 0
})

const fault = (kind: string, more: object = {}) =>
  merchant.setFaults({ kind, match: { outTradeNo: course.numberOf(1) }, ...more })

describe('an answer that lies', () => {
  test('of creating: there is no order, its detail is free, and the call again makes it', async () => {
    const body = course.orderBody(1)
    await fault('ok-without-effect')
    const lie = await course.payScore.createOrder(body)
    expect(lie).toMatchObject({ status: 200, json: { state: 'DOING' } })
    expect((await course.payScore.queryOrder(course.numberOf(1))).status).toBe(404)
    expect(await course.querySigned()).toMatchObject({
      going_detail_no: 0,
      signed_detail_list: [{ plan_detail_state: 'NOT_USED' }, {}, {}],
    })
    expect((await course.payScore.createOrder(body)).json.order_id).not.toBe(lie.json.order_id)
  })

  test('of completing: nothing is deducted, until it is completed', async () => {
    await course.start(1)
    await fault('ok-without-effect')
    expect((await course.complete(1, 18000)).json.state_description).toBe('MCH_COMPLETE')
    await merchant.advance(3600)
    expect((await course.query(1)).state_description).toBe('USER_CONFIRM')
    await course.complete(1, 18000)
    await merchant.advance(3)
    expect((await course.query(1)).state).toBe('DONE')
  })

  test('of cancelling while it is owed: the deduction goes on', async () => {
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
    await course.start(1)
    await course.complete(1, 18000)
    await merchant.advance(4)
    await fault('ok-without-effect')
    expect((await course.cancel(1)).status).toBe(200)
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'succeeds' })
    await merchant.advance(700)
    expect(await course.query(1)).toMatchObject({ state: 'DONE', collection: { paid_amount: 18000 } })
    expect((await course.querySigned()).signed_detail_list[0].plan_detail_state).toBe('USED')
  })

  test('of stopping a sign plan: it is signed still, and ends in time', async () => {
    const number = course.signed.merchant_sign_plan_no
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: number } })
    expect((await course.payScore.stopSignPlan(number)).json.sign_state).toBe('SIGN_PLAN_CANCEL')
    expect((await course.querySigned()).sign_state).toBe('SIGNED')
    await merchant.advance(302 * 86_400)
    expect((await course.querySigned()).sign_state).toBe('EXPIRE')
  })
})

describe('an answer that is lost', () => {
  test('after creating and completing: both are done, once', async () => {
    const body = course.orderBody(1)
    const completion = { time_range: { end_time: await course.compactNow() } }
    await fault('error-after-effect', { count: 2 })
    expect((await course.payScore.createOrder(body)).status).toBe(500)
    expect((await course.complete(1, 18000, completion)).status).toBe(500)
    expect((await course.query(1)).state_description).toBe('MCH_COMPLETE')
    expect((await course.payScore.createOrder(body)).status).toBe(200)
    expect((await course.complete(1, 18000, completion)).status).toBe(200)
  })

  test('before the effect: nothing has happened', async () => {
    await fault('error-before-effect')
    expect((await course.start(1)).status).toBe(500)
    expect((await course.payScore.queryOrder(course.numberOf(1))).status).toBe(404)
  })
})

describe('a notice that lies', () => {
  test('of a deduction names another amount, user and merchant, rightly signed', async () => {
    const set = { amountFen: 1, openid: 'oLiar', mchid: '1', appid: 'wxLiar' }
    await course.start(1, { notify_url: receiver.url })
    await fault('mismatch-notification', { set })
    await course.complete(1, 18000)
    await merchant.advance(3)
    const [{ body } = { body: Buffer.from('{}') }] = receiver.received
    const told = openResource(body, merchant.info.apiV3Key)
    expect(told).toMatchObject({
      openid: 'oLiar',
      mchid: '1',
      appid: 'wxLiar',
      total_amount: 1,
      collection: { total_amount: 1, paid_amount: 1 },
    })
    expect(told).not.toHaveProperty('amount')
    expect(told).not.toHaveProperty('payer')
    expect((await course.query(1)).collection.paid_amount).toBe(18000)
  })
})
