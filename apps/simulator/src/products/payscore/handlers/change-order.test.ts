import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { TestCourse } from '../../../testing/payscore.ts'

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
  await course.start(1)
})

const refused = (status: number, code: string, message?: string) => ({
  status,
  json: { code, ...(message !== undefined && { message }) },
})
const busy = refused(400, 'INVALID_REQUEST', '单据正在扣款中，请稍后再试')
const switches = (changes: object) => merchant.control('PUT', '/switches', changes)
const detail = async (no: number) => (await course.querySigned()).signed_detail_list[no - 1]
const transactions = async () => (await merchant.control('GET', '/transactions')).json.transactions
/** Completed, and the first attempt has failed: owed, and nothing under way. */
const owe = async (totalFen = 18000) => {
  await switches({ payScoreDeduction: 'fails' })
  await course.complete(1, totalFen)
  await merchant.advance(4)
}

describe('取消', () => {
  test('in service answers the five members; order and detail are over', async () => {
    const { order_id } = await course.query(1)
    expect(await course.cancel(1, '没来')).toMatchObject({ status: 200 })
    expect((await course.cancel(1, '没来')).json).toEqual({
      ...course.payScore.whose,
      mchid: merchant.info.mchid,
      out_order_no: course.numberOf(1),
      order_id,
    })
    expect(await course.query(1)).toMatchObject({ state: 'REVOKED', order_id })
    expect(await detail(1)).toMatchObject({
      plan_detail_state: 'SIGN_PLAN_DETAIL_CANCEL',
      cancel_time: expect.stringMatching(/\+08:00$/),
    })
  })

  test('again with the same reason is the same, with another it is refused', async () => {
    await course.cancel(1, '没来')
    const before = await course.query(1)
    await merchant.advance(60)
    expect((await course.cancel(1, '没来')).status).toBe(200)
    expect(await course.cancel(1, '别的')).toMatchObject(refused(400, 'INVALID_REQUEST'))
    expect(await course.query(1)).toEqual(before)
  })

  test('without service_id is accepted, as on the newest page', async () => {
    const body = { service_id: undefined, reason: '没来' }
    expect((await course.payScore.changeOrder(course.numberOf(1), 'cancel', body)).status).toBe(200)
  })

  test('waits while an attempt runs, then ends the deduction for ever', async () => {
    await switches({ payScoreDeduction: 'fails' })
    await course.complete(1, 18000)
    expect(await course.cancel(1)).toMatchObject(busy)
    await merchant.advance(4)
    expect((await course.cancel(1)).status).toBe(200)
    await switches({ payScoreDeduction: 'succeeds' })
    await merchant.advance(86_400)
    expect(await transactions()).toEqual([])
    const order = await course.query(1)
    expect(order).toMatchObject({ state: 'REVOKED', total_amount: 0, need_collection: false })
    expect(order).not.toHaveProperty('collection')
    expect((await detail(1)).plan_detail_state).toBe('SIGN_PLAN_DETAIL_CANCEL')
    expect((await course.start(2)).status).toBe(200)
  })

  test('while it is collected is refused by switch', async () => {
    await switches({ payScoreCancelPaying: 'refused' })
    await owe()
    expect(await course.cancel(1)).toMatchObject(refused(400, 'PARAM_ERROR', '当前订单状态不满足撤销条件'))
  })

  test('after it was paid is refused, and the money stays', async () => {
    await course.complete(1, 18000)
    await merchant.advance(3)
    expect(await course.cancel(1)).toMatchObject(refused(400, 'PARAM_ERROR', '当前订单状态不满足撤销条件'))
    expect(await course.query(1)).toMatchObject({ state: 'DONE', collection: { paid_amount: 18000 } })
  })

  test('of many at once and the deduction, exactly one wins', async () => {
    await switches({ payScoreDeductionSeconds: 0 })
    const completing = course.complete(1, 18000)
    const cancels = await Promise.all(Array.from({ length: 10 }, () => course.cancel(1)))
    await completing
    await merchant.advance(60)
    const isRevoked = cancels.some(({ status }) => status === 200)
    expect(await transactions()).toHaveLength(isRevoked ? 0 : 1)
    expect((await course.query(1)).state).toBe(isRevoked ? 'REVOKED' : 'DONE')
  })

  test('of the last detail completes the plan', async () => {
    for (const no of [1, 2, 3]) {
      if (no > 1) await course.start(no)
      await course.cancel(no)
    }
    expect((await course.querySigned()).sign_state).toBe('COMPLETE')
  })
})

describe('修改订单金额', () => {
  test('changes what is collected from the next attempt on', async () => {
    await owe()
    const answer = await course.modify(1, 12000)
    expect(answer).toMatchObject({
      status: 200,
      json: {
        state: 'DOING',
        total_amount: 12000,
        collection: { state: 'USER_PAYING', total_amount: 12000, paying_amount: 12000, paid_amount: 0 },
      },
    })
    await switches({ payScoreDeduction: 'succeeds' })
    await merchant.advance(700)
    expect(await transactions()).toMatchObject([{ amountFen: 12000, payerTotalFen: 12000 }])
    expect(await detail(1)).toMatchObject({ plan_detail_state: 'USED', actual_pay_price: 12000 })
  })

  test('goes down each time, and the same again is the same', async () => {
    await owe()
    await course.modify(1, 12000)
    expect((await course.modify(1, 12000)).json.total_amount).toBe(12000)
    const notLess = refused(400, 'INVALID_REQUEST', '修改后金额必须小于修改前金额')
    expect(await course.modify(1, 12000, { reason: '别的' })).toMatchObject(notLess)
    expect(await course.modify(1, 12001)).toMatchObject(notLess)
    expect((await course.modify(1, 11999)).json.total_amount).toBe(11999)
  })

  test('once only by switch', async () => {
    await switches({ payScoreModify: 'once' })
    await owe()
    await course.modify(1, 12000)
    expect((await course.modify(1, 12000)).status).toBe(200)
    expect(await course.modify(1, 11999)).toMatchObject(refused(400, 'INVALID_REQUEST', '同一笔订单仅能修改1次'))
  })

  test('to zero owes nothing any more', async () => {
    await owe()
    expect((await course.modify(1, 0)).json.state).toBe('DONE')
    await switches({ payScoreDeduction: 'succeeds' })
    await merchant.advance(3600)
    expect(await transactions()).toEqual([])
    expect((await detail(1)).plan_detail_state).toBe('USED')
  })

  test('must add up', async () => {
    await owe()
    const answer = await course.modify(1, 12000, { post_payments: [{ name: 'x', amount: 11999 }] })
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR', '最终总金额计算非法'))
  })

  test('only while it is owed, and not while an attempt runs', async () => {
    const notPaying = refused(400, 'INVALID_ORDER_STATE')
    expect(await course.modify(1, 1)).toMatchObject(notPaying)
    await course.complete(1, 18000)
    expect(await course.modify(1, 1)).toMatchObject(busy)
    await merchant.advance(3)
    expect(await course.modify(1, 1)).toMatchObject(notPaying)
    await course.start(2)
    await course.cancel(2)
    expect(await course.modify(2, 1)).toMatchObject(notPaying)
  })
})

describe('同步', () => {
  test('is DONE, paid by MCH, without transaction, notice or money; the deduction stops', async () => {
    await owe()
    const paidTime = await course.compactNow()
    const answer = await course.sync(1, paidTime)
    expect(answer).toMatchObject({ status: 200, json: { state: 'DONE' } })
    expect(answer.json.collection).toEqual({
      state: 'USER_PAID',
      total_amount: 18000,
      paying_amount: 0,
      paid_amount: 18000,
      details: [{ seq: 1, amount: 18000, paid_type: 'MCH', paid_time: paidTime }],
    })
    await switches({ payScoreDeduction: 'succeeds' })
    await merchant.advance(86_400)
    expect(await transactions()).toEqual([])
    expect((await merchant.control('GET', '/notifications')).json.notifications).toHaveLength(1)
    expect(await detail(1)).toMatchObject({ plan_detail_state: 'USED', actual_pay_price: 18000 })
    expect((await course.sync(1, paidTime)).json).toEqual(answer.json)
    expect((await course.start(2)).status).toBe(200)
  })

  test('waits while an attempt runs, and is too late after it succeeded', async () => {
    await course.complete(1, 18000)
    expect(await course.sync(1)).toMatchObject(busy)
    await merchant.advance(3)
    expect(await course.sync(1)).toMatchObject(refused(400, 'ORDER_DONE', '订单已完成'))
    expect((await course.query(1)).collection.details).toMatchObject([{ paid_type: 'NEWTON' }])
  })

  test('needs an order that was completed and not cancelled', async () => {
    expect(await course.sync(1)).toMatchObject(refused(400, 'INVALID_ORDER_STATE', '单据状态错误'))
    await course.cancel(1)
    expect(await course.sync(1)).toMatchObject(refused(400, 'ORDER_CANCELED', '单据已取消'))
  })

  test('with another time after it was synchronised is refused', async () => {
    await owe()
    await course.sync(1)
    await merchant.advance(60)
    expect(await course.sync(1)).toMatchObject(refused(400, 'ORDER_DONE'))
  })

  test.each([
    ['before it was completed', -600],
    ['that has not come', 600],
  ])('with a time %s is refused', async (_name, offsetSeconds) => {
    await owe()
    const answer = await course.sync(1, await course.compactNow(offsetSeconds))
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR'))
    expect((await course.query(1)).state).toBe('DOING')
  })

  test('of another kind is PARAM_ERROR', async () => {
    const body = { type: 'Order_Refund', detail: { paid_time: '20260101' } }
    const answer = await course.payScore.changeOrder(course.numberOf(1), 'sync', body)
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR'))
  })
})
