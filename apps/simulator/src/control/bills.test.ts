import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateTradeRows, type RunningSimulator, startSimulator } from '../index.ts'
import { advanceTo, applyForBill, fetchBill, rowsOf } from '../testing/bills.ts'
import { TestMerchant } from '../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let date: string
/** Two paid orders of that day, and a refund of the first. */
let first: string
let second: string

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  date = await advanceTo(merchant, '12:00:00')
  first = await merchant.paidOrder(1000)
  second = await merchant.paidOrder(2000)
  await merchant.refund(merchant.refundBody(first, 400, 1000, { out_refund_no: 'R1' }))
  await advanceTo(merchant, '10:30:00')
})
afterAll(() => simulator.close())

const show = async (query = '') => (await merchant.control('GET', `/bills/${date}${query}`)).json
const edit = (edits: object, query = '') => merchant.control('POST', `/bills/${date}${query}`, edits)
const bill = async (query: Readonly<Record<string, string>> = {}) =>
  rowsOf(await fetchBill(merchant, { bill_date: date, ...query }))
const apply = async () => {
  const { status, json } = await applyForBill(merchant, { bill_date: date })
  return json.code ?? status
}
const newPayment = { transactionId: '4200000000202601010000000001', outTradeNo: 'STRANGER01', orderFen: 500 }
const newRefund = {
  transactionId: '4200000000202601010000000001',
  outTradeNo: 'STRANGER01',
  refund: { refundId: '50000000002026010100000000001', outRefundNo: 'STRANGE-REFUND', amountFen: 100 },
}

describe('GET /_sim/bills/{date}', () => {
  test('shows the rows that the bill has', async () => {
    expect(await show()).toMatchObject({
      mchid: merchant.info.mchid,
      date,
      type: 'ALL',
      state: 'ready',
      readyAt: expect.stringMatching(/T10:00:00\+08:00$/),
      total: 3,
      rows: [
        { kind: 'payment', outTradeNo: first, orderFen: 1000, feeMilliFen: 6000, refund: null },
        { kind: 'payment', outTradeNo: second, orderFen: 2000 },
        { kind: 'refund', outTradeNo: first, refund: { outRefundNo: 'R1', amountFen: 400, status: 'SUCCESS' } },
      ],
      edits: { add: [], change: [], drop: [] },
      generated: null,
    })
    expect((await show()).rows[0].tradeTime).toMatch(new RegExp(`^${date}T12:0\\d:\\d\\d\\+08:00$`))
  })

  test('shows one type or one account, and as many rows as are wanted', async () => {
    expect((await show('?type=REFUND')).total).toBe(1)
    expect((await show('?type=SUCCESS&limit=1')).rows).toHaveLength(1)
    const basic = await show('?type=BASIC')
    expect(basic).toMatchObject({ type: 'BASIC', total: 6 })
    expect(basic.rows[0]).toMatchObject({ direction: 'in', amountFen: 1000, balanceFen: 1000, businessType: '交易' })
    expect(await show('?type=FEES')).toMatchObject({ state: 'none', total: 0 })
  })

  test('shows today as being made', async () => {
    const today = await advanceTo(merchant, '12:00:00')
    await merchant.paidOrder()
    const { json } = await merchant.control('GET', `/bills/${today}`)
    expect(json).toMatchObject({ state: 'creating', total: 1 })
  })
})

describe('POST /_sim/bills/{date}', () => {
  test('adds what WeChat says and we never had', async () => {
    const answer = await edit({ add: [newPayment, newRefund] })
    expect(answer).toMatchObject({ status: 200, json: { total: 5 } })
    const rows = await bill()
    expect(rows.slice(3)).toMatchObject([
      {
        交易时间: `${date} 12:00:00`,
        商户订单号: 'STRANGER01',
        订单金额: '5.00',
        应结订单金额: '5.00',
        手续费: '0.03000',
      },
      { 商户退款单号: 'STRANGE-REFUND', 退款金额: '1.00', 申请退款金额: '1.00', 手续费: '-0.01000' },
    ])
    expect((await bill({ bill_type: 'SUCCESS' })).map((row) => row.商户订单号)).toEqual([first, second, 'STRANGER01'])
    expect(await bill({ bill_type: 'REFUND' })).toHaveLength(2)
  })

  test('adds rows that nobody knows the meaning of', async () => {
    await edit({ add: [{ ...newPayment, kind: 'other', tradeState: 'NEWSTATE', tradeType: 'NEWTYPE' }] })
    expect((await bill()).at(-1)).toMatchObject({ 交易状态: 'NEWSTATE', 交易类型: 'NEWTYPE' })
  })

  test('changes amounts and states, by the number of the payment or of the refund', async () => {
    const [{ transactionId }] = (await show()).rows
    await edit({
      change: [
        { match: { transactionId }, set: { orderFen: 1001, settlementFen: 1001 } },
        { match: { outRefundNo: 'R1' }, set: { refund: { status: 'FAIL', appliedFen: 399 } } },
      ],
    })
    const rows = await bill()
    expect(rows.map((row) => row.订单金额)).toEqual(['10.01', '20.00', '0.00'])
    expect(rows[2]).toMatchObject({ 退款状态: 'FAIL', 申请退款金额: '3.99', 退款金额: '4.00' })
    const [, , summary] = (await fetchBill(merchant, { bill_date: date })).split('\r\n').slice(-4)
    expect(summary).toContain('`30.01')
  })

  test('drops a payment and leaves its refund', async () => {
    await edit({ drop: [{ outTradeNo: first }] })
    expect((await bill()).map((row) => [row.商户订单号, row.交易状态])).toEqual([
      [second, 'SUCCESS'],
      [first, 'REFUND'],
    ])
  })

  test('adds to earlier edits', async () => {
    await edit({ drop: [{ outTradeNo: first }] })
    await edit({ drop: [{ outRefundNo: 'R1' }], add: [newPayment] })
    expect((await bill()).map((row) => row.商户订单号)).toEqual([second, 'STRANGER01'])
    expect((await show()).edits).toMatchObject({ drop: [{ outTradeNo: first }, { outRefundNo: 'R1' }] })
  })

  test('breaks the chain of balances of one account', async () => {
    const { rows } = await show('?type=BASIC')
    const { flowId } = rows[1]
    const added = { flowId: 'F1', direction: 'out', amountFen: 5, balanceFen: 1, businessType: '神秘扣款' }
    await edit(
      { drop: [{ flowId: rows[0].flowId }], change: [{ match: { flowId }, set: { balanceFen: 7 } }], add: [added] },
      '?type=BASIC',
    )
    const flows = await bill({ account_type: 'BASIC' })
    expect(flows).toHaveLength(6)
    expect(flows[0]).toMatchObject({ 资金流水单号: flowId, '账户结余（元）': '0.07' })
    expect(flows.at(-1)).toMatchObject({ 资金流水单号: 'F1', 业务类型: '神秘扣款', 收支类型: '支出' })
    expect(await bill()).toHaveLength(3)
  })

  test('keeps a bill from being ready, or from being there at all', async () => {
    await edit({ state: 'creating' })
    expect(await apply()).toBe('STATEMENT_CREATING')
    await advanceTo(merchant, '15:00:00')
    expect(await apply()).toBe('STATEMENT_CREATING')
    await edit({ state: 'none' })
    expect(await apply()).toBe('NO_STATEMENT_EXIST')
    await edit({ state: null })
    expect(await apply()).toBe(200)
  })

  test('edits the bill of one merchant', async () => {
    const other = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    await other.control('POST', `/bills/${date}`, { add: [newPayment] })
    expect(rowsOf(await fetchBill(other, { bill_date: date }))[0]?.商户号).toBe(other.info.mchid)
    expect(await bill()).toHaveLength(3)
  })

  test.each([
    [{ drop: [{ outTradeNo: 'NOSUCH' }] }, 404, 'ROW_NOT_FOUND', 'outTradeNo'],
    [{ change: [{ match: { outRefundNo: 'NOSUCH' }, set: {} }] }, 404, 'ROW_NOT_FOUND', 'outRefundNo'],
    [{ drop: [{}] }, 400, 'INVALID_INPUT', 'drop.0'],
    [{ drop: [{ outTradeNo: 'A', transactionId: 'B' }] }, 400, 'INVALID_INPUT', 'drop.0'],
    [{ add: [{ transactionId: '1', outTradeNo: '2' }] }, 400, 'INVALID_INPUT', 'add.0'],
    [{ add: [{ ...newPayment, orderFen: 1.5 }] }, 400, 'INVALID_INPUT', 'add.0.orderFen'],
    [{ add: [{ ...newPayment, tradeTime: '2026-01-01 10:00:00' }] }, 400, 'INVALID_INPUT', 'add.0.tradeTime'],
    [{ add: [{ ...newPayment, amount: 5 }] }, 400, 'INVALID_INPUT', 'add.0.amount'],
    [{ state: 'ready' }, 400, 'INVALID_INPUT', 'state'],
    [{ rows: [] }, 400, 'INVALID_INPUT', 'rows'],
  ])('%j is refused, and changes nothing', async (edits, status, code, field) => {
    const answer = await edit(edits)
    expect(answer).toMatchObject({ status, json: { error: { code, field } } })
    expect((await show()).edits).toEqual({ add: [], change: [], drop: [] })
  })

  test.each([
    ['2026-02-30', ''],
    ['yesterday', ''],
    ['2026-01-01', '?type=EVERYTHING'],
    ['2026-01-01', '?limit=-1'],
  ])('%s%s is refused', async (day, query) => {
    const answer = await merchant.control('POST', `/bills/${day}${query}`, {})
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT' } } })
  })
})

test('DELETE /_sim/bills/{date} forgets everything about the day', async () => {
  await edit({ drop: [{ outTradeNo: first }], state: 'creating' })
  await merchant.control('POST', `/bills/${date}/generate`, { rows: 5 })
  expect((await merchant.control('DELETE', `/bills/${date}`)).status).toBe(204)
  expect(await show()).toMatchObject({ state: 'ready', total: 3, generated: null })
})

describe('POST /_sim/bills/{date}/generate', () => {
  test('adds the rows that the exported maker makes from the same seed', async () => {
    const generated = { rows: 250, seed: 9, refundEvery: 10 }
    const answer = await merchant.control('POST', `/bills/${date}/generate?limit=0`, generated)
    expect(answer).toMatchObject({ status: 200, json: { total: 253, rows: [], generated } })
    const { mchid, appid } = merchant.info
    const expected = [...generateTradeRows({ ...generated, mchid, appid, date })]
    const rows = (await bill()).slice(3)
    expect(rows.map((row) => row.微信订单号)).toEqual(expected.map(({ transactionId }) => transactionId))
    expect(rows.map((row) => row.手续费)).toEqual(expected.map((row) => (row.feeMilliFen / 100_000).toFixed(5)))
    expect(await bill({ bill_type: 'REFUND' })).toHaveLength(26)
  })

  test('can be edited like any other', async () => {
    await merchant.control('POST', `/bills/${date}/generate`, { rows: 10, refundEvery: 0 })
    const { outTradeNo } = (await show()).rows[5]
    await edit({ drop: [{ outTradeNo }] })
    expect((await bill()).map((row) => row.商户订单号)).not.toContain(outTradeNo)
    expect(await bill()).toHaveLength(12)
  })

  test.each([[{}], [{ rows: 0 }], [{ rows: 10_000_001 }], [{ rows: 1, refundEvery: 1 }], [{ rows: 1, seed: -1 }]])(
    '%j is refused',
    async (input) => {
      const answer = await merchant.control('POST', `/bills/${date}/generate`, input)
      expect(answer).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT' } } })
    },
  )
})
