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
const payments = (...amounts: readonly (number | undefined)[]) =>
  amounts.map((amount, i) => ({ name: `项目${i}`, ...(amount === undefined ? { description: '无金额' } : { amount }) }))
const detail = async (no: number) => (await course.querySigned()).signed_detail_list[no - 1]

describe('完结', () => {
  test('answers DOING, MCH_COMPLETE, the sum and that it is collected; the query shows the collection', async () => {
    const answer = await course.complete(1, 17000, {
      post_payments: payments(18000),
      post_discounts: [{ name: '会员', amount: 1000 }],
    })
    expect(answer).toMatchObject({
      status: 200,
      json: {
        out_order_no: course.numberOf(1),
        state: 'DOING',
        state_description: 'MCH_COMPLETE',
        total_amount: 17000,
        need_collection: true,
        post_payments: payments(18000),
        post_discounts: [{ name: '会员', amount: 1000 }],
        time_range: { end_time: expect.stringMatching(/^\d{14}$/) },
      },
    })
    expect(answer.json).not.toHaveProperty('collection')
    expect(await course.query(1)).toEqual({
      ...answer.json,
      openid: 'oTestShopper',
      collection: { state: 'USER_PAYING', total_amount: 17000, paying_amount: 17000, paid_amount: 0 },
    })
    expect(await detail(1)).toMatchObject({ plan_detail_state: 'USING', actual_pay_price: 0, complete_time: '' })
  })

  test('accepts every member of the wire reference', async () => {
    await course.cancel(1)
    await course.start(2, { location: { start_location: 'A' } })
    const answer = await course.complete(2, 12000, {
      time_range: {
        start_time: await course.compactNow(),
        end_time: await course.compactNow(),
        start_time_remark: '开始',
        end_time_remark: '结束',
      },
      location: { end_location: 'B' },
      profit_sharing: true,
      goods_tag: 'goods_tag',
      device: { start_device_id: '1', end_device_id: '2', materiel_no: '3' },
    })
    expect(answer).toMatchObject({
      status: 200,
      json: { location: { start_location: 'A', end_location: 'B' }, time_range: { end_time_remark: '结束' } },
    })
  })

  test.each([
    ['more than its payments', 18000, { post_payments: payments(17999) }],
    ['less than its payments', 17000, { post_payments: payments(18000) }],
    [
      'payments without the discounts',
      100,
      { post_payments: payments(100), post_discounts: [{ name: 'x', amount: 1 }] },
    ],
    ['a payment without amount that should count', 1, { post_payments: payments(undefined) }],
  ])('with a total of %s is refused', async (_name, totalFen, changes) => {
    const answer = await course.complete(1, totalFen, changes)
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR', '最终总金额计算非法'))
    expect((await course.query(1)).state_description).toBe('USER_CONFIRM')
  })

  test('above the price of the detail is refused, or accepted by switch', async () => {
    expect(await course.complete(1, 18001)).toMatchObject(refused(400, 'INVALID_REQUEST'))
    await merchant.control('PUT', '/switches', { payScoreAboveDetail: 'accepted' })
    expect((await course.complete(1, 18001)).status).toBe(200)
  })

  test('needs the end that creating did not have, and not later than now', async () => {
    const missing = '创建订单未填写服务结束时间,则结束时间必填'
    expect(await course.complete(1, 1, { time_range: undefined })).toMatchObject(refused(400, 'PARAM_ERROR', missing))
    const late = { time_range: { end_time: await course.compactNow(30) } }
    const message = '实际结束时间不能晚于使用完结接口的时间'
    expect(await course.complete(1, 1, late)).toMatchObject(refused(400, 'PARAM_ERROR', message))
    const early = { time_range: { end_time: await course.compactNow(-30) } }
    const before = '真实结束时间小于预计开始时间'
    expect(await course.complete(1, 1, early)).toMatchObject(refused(400, 'PARAM_ERROR', before))
  })

  test('with a place to end needs the place to begin', async () => {
    const answer = await course.complete(1, 1, { location: { end_location: 'B' } })
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR'))
  })

  test.each([
    ['no payments', { post_payments: [] }],
    [
      'two payments of one name',
      {
        post_payments: [
          { name: 'a', amount: 1 },
          { name: 'a', amount: 0 },
        ],
      },
    ],
    ['a place to begin', { location: { start_location: 'A' } }],
    ['a negative total', { total_amount: -1 }],
  ])('with %s is PARAM_ERROR', async (_name, changes) => {
    expect(await course.complete(1, 1, changes)).toMatchObject(refused(400, 'PARAM_ERROR'))
  })

  test('of zero fen is DONE at once, without collection, notice or money; its detail is USED', async () => {
    const answer = await course.complete(1, 0)
    expect(answer).toMatchObject({ status: 200, json: { state: 'DONE', total_amount: 0, need_collection: false } })
    expect(answer.json).not.toHaveProperty('state_description')
    expect(await course.query(1)).not.toHaveProperty('collection')
    expect(await detail(1)).toMatchObject({
      plan_detail_state: 'USED',
      actual_pay_price: 0,
      complete_time: expect.stringMatching(/\+08:00$/),
    })
    await merchant.advance(3600)
    expect((await merchant.control('GET', '/transactions')).json.transactions).toEqual([])
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications).toHaveLength(1)
    expect((await course.start(2)).status).toBe(200)
  })
})

describe('完结 again', () => {
  const body = async () => ({ time_range: { end_time: await course.compactNow() } })

  test('with the same parameters answers it as it stands and collects once', async () => {
    const same = await body()
    const first = await course.complete(1, 18000, same)
    expect((await course.complete(1, 18000, same)).json).toEqual(first.json)
    await merchant.advance(3)
    expect((await course.complete(1, 18000, same)).json.state).toBe('DONE')
    await merchant.advance(3600)
    expect((await merchant.control('GET', '/transactions')).json.transactions).toHaveLength(1)
  })

  test('with others is refused, and the first sum stays', async () => {
    const same = await body()
    await course.complete(1, 18000, same)
    const other = await course.complete(1, 17000, same)
    expect(other).toMatchObject(refused(400, 'INVALID_REQUEST', '订单重入参数校验失败'))
    await merchant.advance(3)
    expect(await course.complete(1, 17000, same)).toMatchObject(refused(400, 'ORDER_DONE'))
    expect((await course.query(1)).collection.paid_amount).toBe(18000)
  })

  test('is refused in any case by switch', async () => {
    const same = await body()
    await course.complete(1, 18000, same)
    await merchant.control('PUT', '/switches', { payScoreCompleteAgain: 'refused' })
    expect(await course.complete(1, 18000, same)).toMatchObject(refused(400, 'INVALID_REQUEST', '当前订单状态不合法'))
  })

  test('is refused after a cancel', async () => {
    await course.cancel(1)
    expect(await course.complete(1, 18000)).toMatchObject(refused(400, 'INVALID_REQUEST', '当前订单状态不合法'))
  })
})
