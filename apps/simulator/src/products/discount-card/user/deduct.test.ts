import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { DAY_SECONDS, TestCard } from '../../../testing/discount-card.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { Restartable } from '../../../testing/payscore.ts'
import { until } from '../../../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let card: TestCard

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  card = await TestCard.take(merchant)
  await card.use(700)
  await card.use(300)
})

const switches = (changes: object) => merchant.control('PUT', '/switches', changes)
const transactions = async () => (await merchant.control('GET', '/transactions')).json.transactions

describe('a deduction that succeeds', () => {
  test('takes three seconds: then the card is PAID, once, and exactly what was enjoyed', async () => {
    const { endedAt, deductAt } = (await card.quit()).json
    expect(Date.parse(deductAt) - Date.parse(endedAt)).toBe(3000)
    await merchant.advance(3)
    const [transaction] = await transactions()
    expect((await card.query()).pay_information).toEqual({
      pay_amount: 1000,
      pay_state: 'PAID',
      transaction_id: transaction.transactionId,
      pay_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/),
    })
    await merchant.advance(DAY_SECONDS)
    expect(await transactions()).toHaveLength(1)
  })

  test('takes as long as the switch says, and is PAYING meanwhile', async () => {
    await switches({ cardDeductionSeconds: 600 })
    await card.quit()
    await merchant.advance(540)
    expect((await card.query()).pay_information).toEqual({ pay_amount: 1000, pay_state: 'PAYING' })
    expect(await transactions()).toEqual([])
    await merchant.advance(60)
    expect(await transactions()).toHaveLength(1)
  })

  test('is a payment like others: a number of WeChat’s own, the money booked, refunded by transaction_id', async () => {
    await card.quit()
    await merchant.advance(3)
    const [transaction] = await transactions()
    expect(transaction).toMatchObject({
      tradeState: 'SUCCESS',
      tradeType: 'AUTH',
      amountFen: 1000,
      payerTotalFen: 1000,
      openid: 'oTestShopper',
      description: '一周三次八折卡',
      attach: null,
      outTradeNo: expect.stringMatching(/^\d{28}$/),
    })
    const { accounts } = (await merchant.control('GET', '/funds')).json
    expect(accounts[0].balanceFen).toBe(1000 - 6)
    const { out_trade_no: _, ...refund } = merchant.refundBody('', 400, 1000)
    const answer = await merchant.refund({ ...refund, transaction_id: transaction.transactionId })
    expect(answer).toMatchObject({ status: 200, json: { status: 'PROCESSING' } })
  })

  test('comes after settling too, when the time was over', async () => {
    await merchant.advance(8 * DAY_SECONDS + 3)
    expect(await card.query()).toMatchObject({
      unfinished_reason: 'DUE_TO_QUIT',
      pay_information: { pay_state: 'PAID' },
    })
    expect(await transactions()).toMatchObject([{ amountFen: 1000 }])
  })
})

describe('a deduction that fails', () => {
  beforeEach(() => switches({ cardDeduction: 'fails' }))

  test('is tried again every ten minutes for ever', async () => {
    await card.quit()
    await merchant.advance(4)
    expect(await card.shown()).toMatchObject({ payState: 'PAYING', attempts: 1, deductAt: expect.any(String) })
    await merchant.advance(600 * 10)
    expect(await card.shown()).toMatchObject({ payState: 'PAYING', attempts: 11 })
    await merchant.advance(30 * DAY_SECONDS)
    expect((await card.shown()).attempts).toBeGreaterThan(4000)
    expect(await transactions()).toEqual([])
    await switches({ cardDeduction: 'succeeds' })
    await merchant.advance(600)
    expect(await card.shown()).toMatchObject({ payState: 'PAID', deductAt: null })
  })

  test('and takes no time at all does not stop the clock', async () => {
    await switches({ cardDeductionSeconds: 0, cardRetrySeconds: 0 })
    await card.quit()
    expect((await merchant.advance(60)).status).toBe(200)
    expect((await card.shown()).attempts).toBeGreaterThan(50)
  })

  test('may be ended by hand, in either way, and once', async () => {
    await switches({ cardDeductionSeconds: 600 })
    expect((await card.deduct('succeed')).status).toBe(409)
    await card.quit()
    expect((await card.deduct('fail')).json).toMatchObject({ payState: 'PAYING', attempts: 1 })
    await merchant.advance(10)
    expect((await card.shown()).attempts).toBe(1)
    expect((await card.deduct('succeed')).json).toMatchObject({ payState: 'PAID' })
    expect((await card.deduct('succeed')).status).toBe(409)
    expect((await card.deduct('fail')).status).toBe(409)
    await switches({ cardDeduction: 'succeeds' })
    await merchant.advance(DAY_SECONDS)
    expect(await transactions()).toHaveLength(1)
  })
})

describe('a restart', () => {
  let restartable: Restartable
  let owing: TestCard
  beforeEach(async () => {
    restartable = await Restartable.open()
    owing = await TestCard.take(await restartable.start())
    await owing.use(1000)
    return () => restartable.close()
  })
  const restarted = async (before: TestCard) => before.at(await restartable.start())
  const collected = async ({ merchant: at }: TestCard) => (await at.control('GET', '/transactions')).json.transactions

  test('in the middle of an attempt goes on with it, once', async () => {
    await owing.quit()
    const after = await restarted(owing)
    await after.merchant.advance(3)
    expect((await after.query()).pay_information).toMatchObject({ pay_state: 'PAID', pay_amount: 1000 })
    const again = await restarted(after)
    await again.merchant.advance(3600)
    expect(await collected(again)).toHaveLength(1)
  })

  test('between two attempts goes on with the next', async () => {
    await owing.merchant.control('PUT', '/switches', { cardDeduction: 'fails' })
    await owing.quit()
    await owing.merchant.advance(60)
    const after = await restarted(owing)
    await after.merchant.control('PUT', '/switches', { cardDeduction: 'succeeds' })
    await after.merchant.advance(500)
    expect(await collected(after)).toEqual([])
    await after.merchant.advance(100)
    expect(await after.shown()).toMatchObject({ payState: 'PAID', attempts: 2 })
  })

  test('between the end of its time and the money goes all the way', async () => {
    await owing.merchant.advance(7 * DAY_SECONDS)
    const settling = await restarted(owing)
    await settling.merchant.advance(DAY_SECONDS)
    const unpaid = await restarted(settling)
    expect(await unpaid.query()).toMatchObject({ state: 'UNFINISHED', unfinished_reason: 'DUE_TO_QUIT' })
    await unpaid.merchant.advance(3)
    expect(await collected(unpaid)).toMatchObject([{ amountFen: 1000 }])
  })

  test('after everything was due long ago makes up for it, at the moments when it was due', async () => {
    const later = (text: string) =>
      text.replace(/"offsetMs":(\d+)/, (_, ms) => `"offsetMs":${Number(ms) + 30 * DAY_SECONDS * 1000}`)
    const after = owing.at(await restartable.start(later))
    const card = await until('the money', async () => {
      const shown = await after.shown()
      return shown.payState === 'PAID' ? shown : undefined
    })
    const dueMs = Date.parse(card.endAt) + DAY_SECONDS * 1000
    expect([card.endedAt, card.paidAt].map(Date.parse)).toEqual([dueMs, dueMs + 3000])
    expect(await collected(after)).toMatchObject([{ amountFen: 1000 }])
  })
})
