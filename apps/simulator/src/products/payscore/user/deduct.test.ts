import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { Restartable, TestCourse } from '../../../testing/payscore.ts'
import { openResource, type Receiver, startReceiver } from '../../../testing/receiver.ts'

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

const switches = (changes: object) => merchant.control('PUT', '/switches', changes)
const startAndComplete = async (no: number, totalFen: number) => {
  await course.start(no, { notify_url: receiver.url, attach: 'a%3D1' })
  return course.complete(no, totalFen)
}
const transactions = async () => (await merchant.control('GET', '/transactions')).json.transactions
const shown = async (no: number) => (await merchant.control('GET', `/payscore/orders/${course.numberOf(no)}`)).json

describe('a deduction that succeeds', () => {
  test('takes three seconds: then the order is DONE, its detail USED, and the user has paid once', async () => {
    await startAndComplete(1, 18000)
    await merchant.advance(2)
    expect(await course.query(1)).toMatchObject({ state: 'DOING', collection: { state: 'USER_PAYING' } })
    expect((await merchant.advance(1)).json.deliveries).toBe(1)
    const [transaction] = await transactions()
    const order = await course.query(1)
    expect(order).toMatchObject({ state: 'DONE', total_amount: 18000, need_collection: true })
    expect(order).not.toHaveProperty('state_description')
    expect(order.collection).toEqual({
      state: 'USER_PAID',
      total_amount: 18000,
      paying_amount: 0,
      paid_amount: 18000,
      details: [
        {
          seq: 1,
          amount: 18000,
          paid_type: 'NEWTON',
          paid_time: expect.stringMatching(/^\d{14}$/),
          transaction_id: transaction.transactionId,
        },
      ],
    })
    const [detail] = (await course.querySigned()).signed_detail_list
    expect(detail).toMatchObject({
      plan_detail_state: 'USED',
      actual_pay_price: 18000,
      order_id: order.order_id,
      complete_time: transaction.successTime,
    })
    await merchant.advance(86_400)
    expect(await transactions()).toHaveLength(1)
  })

  test('is a payment like others: its own number, the money booked, refunded by transaction_id', async () => {
    await startAndComplete(1, 18000)
    await merchant.advance(3)
    const [transaction] = await transactions()
    const { order_id: orderId } = await course.query(1)
    expect(transaction).toMatchObject({
      tradeState: 'SUCCESS',
      tradeType: 'AUTH',
      amountFen: 18000,
      openid: 'oTestShopper',
      attach: `wxzff|${orderId}|${course.numberOf(1)}`,
    })
    expect(transaction.outTradeNo).not.toBe(course.numberOf(1))
    const { accounts } = (await merchant.control('GET', '/funds')).json
    expect(accounts[0].balanceFen).toBe(18000 - 108)
    const { out_trade_no: _, ...refund } = merchant.refundBody('', 18000, 18000)
    const answer = await merchant.refund({ ...refund, transaction_id: transaction.transactionId })
    expect(answer).toMatchObject({ status: 200, json: { status: 'PROCESSING' } })
  })

  test('carries the number of the order in the bill by switch', async () => {
    await switches({ payScoreBillNumber: 'out_order_no' })
    await startAndComplete(1, 18000)
    await merchant.advance(3)
    expect(await transactions()).toMatchObject([{ outTradeNo: course.numberOf(1) }])
  })

  test('is notified with what the query answers', async () => {
    await startAndComplete(1, 18000)
    await merchant.advance(3)
    const [{ body } = { body: Buffer.from('{}') }] = receiver.received
    expect(JSON.parse(body.toString())).toMatchObject({
      event_type: 'PAYSCORE.USER_PAID',
      resource: { original_type: 'payscore' },
    })
    expect(openResource(body, merchant.info.apiV3Key)).toEqual(await course.query(1))
  })

  test('lesson by lesson completes the plan', async () => {
    for (const [i, fen] of [18000, 12000, 0].entries()) {
      expect((await course.querySigned()).sign_state).toBe('SIGNED')
      await startAndComplete(i + 1, fen)
      await merchant.advance(3)
    }
    expect(await course.querySigned()).toMatchObject({ sign_state: 'COMPLETE', going_detail_no: 3 })
    expect((await transactions()).map(({ amountFen }: { amountFen: number }) => amountFen)).toEqual([12000, 18000])
  })
})

describe('a deduction that fails', () => {
  beforeEach(() => switches({ payScoreDeduction: 'fails' }))

  test('is tried again every ten minutes for ever, and is notified only once paid', async () => {
    await startAndComplete(1, 18000)
    await merchant.advance(4)
    expect(await shown(1)).toMatchObject({ phase: 'paying', attempts: 1, deductAt: expect.any(String) })
    await merchant.advance(603 * 10)
    expect(await shown(1)).toMatchObject({ phase: 'paying', attempts: 11 })
    await merchant.advance(30 * 86_400)
    expect((await shown(1)).attempts).toBeGreaterThan(4000)
    expect(receiver.received).toEqual([])
    await switches({ payScoreDeduction: 'succeeds' })
    expect((await merchant.advance(700)).json.deliveries).toBe(1)
    expect(await course.query(1)).toMatchObject({ state: 'DONE' })
  })

  test('survives the end of its plan', async () => {
    await startAndComplete(1, 18000)
    await merchant.advance(302 * 86_400)
    expect((await course.querySigned()).sign_state).toBe('EXPIRE')
    await switches({ payScoreDeduction: 'succeeds' })
    await merchant.advance(700)
    expect((await course.query(1)).state).toBe('DONE')
    expect((await course.querySigned()).signed_detail_list[0].plan_detail_state).toBe('USED')
  })

  test('and takes no time at all does not stop the clock', async () => {
    await switches({ payScoreDeductionSeconds: 0, payScoreRetrySeconds: 0 })
    await startAndComplete(1, 18000)
    expect((await merchant.advance(60)).status).toBe(200)
    expect((await shown(1)).attempts).toBeGreaterThan(50)
  })

  test('may be ended by hand, in either way', async () => {
    await startAndComplete(1, 18000)
    const deduct = (result: string) =>
      merchant.control('POST', `/payscore/orders/${course.numberOf(1)}/deduct`, { result })
    expect((await deduct('fail')).json).toMatchObject({ phase: 'paying', attempts: 1 })
    await merchant.advance(10)
    expect((await shown(1)).attempts).toBe(1)
    expect((await deduct('succeed')).json).toMatchObject({ phase: 'done', paidType: 'NEWTON' })
    expect((await deduct('succeed')).status).toBe(409)
    expect(await transactions()).toHaveLength(1)
  })
})

describe('a restart', () => {
  let restartable: Restartable
  beforeEach(async () => {
    restartable = await Restartable.open()
    return () => restartable.close()
  })
  /** The same course, after a restart on the file. */
  const restarted = async (before: TestCourse) => before.at(await restartable.start())

  test('in the middle of an attempt goes on with it, once', async () => {
    const before = await TestCourse.sign(await restartable.start())
    await before.start(1)
    await before.complete(1, 18000)
    const after = await restarted(before)
    await after.merchant.advance(3)
    expect(await after.query(1)).toMatchObject({ state: 'DONE' })
    const again = await restarted(after)
    await again.merchant.advance(3600)
    expect((await again.merchant.control('GET', '/transactions')).json.transactions).toHaveLength(1)
  })

  test('between two attempts goes on, with the sum as it was changed', async () => {
    const before = await TestCourse.sign(await restartable.start())
    await before.merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
    await before.start(1)
    await before.complete(1, 18000)
    await before.merchant.advance(60)
    await before.modify(1, 100)
    const after = await restarted(before)
    await after.merchant.control('PUT', '/switches', { payScoreDeduction: 'succeeds' })
    await after.merchant.advance(600)
    expect((await after.query(1)).collection).toMatchObject({ state: 'USER_PAID', paid_amount: 100 })
  })

  test('keeps the term of a plan, and forgets nothing that was promised', async () => {
    const before = await TestCourse.sign(await restartable.start())
    const signed = await before.querySigned()
    const after = await restarted(before)
    expect(await after.querySigned()).toEqual(signed)
    expect((await after.start(2)).status).toBe(400)
    await after.merchant.advance(302 * 86_400)
    expect((await after.querySigned()).sign_state).toBe('EXPIRE')
  })
})
