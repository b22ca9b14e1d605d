import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { advanceTo, applyForBill, fetchBill, rowsOf } from '../../../testing/bills.ts'
import { TestMerchant } from '../../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
/** Today. */
let date: string

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  date = await advanceTo(merchant, '12:00:00')
})
afterAll(() => simulator.close())

const billOf = (bill_date: string, query: Readonly<Record<string, string>> = {}) =>
  fetchBill(merchant, { bill_date, ...query })
const refund = async (outTradeNo: string, refundFen: number, totalFen: number, outRefundNo: string) => {
  const body = merchant.refundBody(outTradeNo, refundFen, totalFen, { out_refund_no: outRefundNo })
  const answer = await merchant.refund(body)
  expect(answer.status).toBe(200)
  return answer.json
}
const summaryOf = (bill: string) => bill.split('\r\n').at(-2)

describe('the row of a payment', () => {
  test('has the fee in whole fen, printed with five decimals', async () => {
    for (const fen of [1, 83, 84, 100, 4800, 1_000_000_00]) await merchant.paidOrder(fen)
    await advanceTo(merchant, '10:00:00')
    const bill = await billOf(date)
    expect(rowsOf(bill).map((row) => [row.订单金额, row.手续费, row.费率])).toEqual([
      ['0.01', '0.00000', '0.60%'],
      ['0.83', '0.00000', '0.60%'],
      ['0.84', '0.01000', '0.60%'],
      ['1.00', '0.01000', '0.60%'],
      ['48.00', '0.29000', '0.60%'],
      ['1000000.00', '6000.00000', '0.60%'],
    ])
    expect(summaryOf(bill)).toBe('`6.0,`1000050.68,`0.0,`0.0,`6000.31,`1000050.68,`0.0')
  })

  test('tells a coupon that WeChat pays for from one that the merchant pays for', async () => {
    await merchant.paidOrder(1000, { couponFen: 300, couponType: 'CASH' })
    await merchant.paidOrder(1000, { couponFen: 300, couponType: 'NOCASH' })
    await advanceTo(merchant, '10:00:00')
    const columns = rowsOf(await billOf(date)).map((row) => [
      row.订单金额,
      row.应结订单金额,
      row.代金券金额,
      row.手续费,
    ])
    expect(columns).toEqual([
      ['10.00', '10.00', '3.00', '0.06000'],
      ['10.00', '7.00', '3.00', '0.04000'],
    ])
  })

  test('keeps commas and line breaks of the merchant out of the columns', async () => {
    const body = merchant.orderBody({ description: '球,拍\n一副', attach: 'a,`b\r\nc' })
    await merchant.order(body)
    await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
    await advanceTo(merchant, '10:00:00')
    const bill = await billOf(date)
    const lines = bill.split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[1]?.split(',`')).toHaveLength(27)
  })
})

describe('the row of a refund', () => {
  test('stands under the day of its acceptance, beside the payment', async () => {
    const paid = await merchant.paidOrder(4800)
    const accepted = await refund(paid, 1200, 4800, 'R1')
    await advanceTo(merchant, '10:00:00')
    const bill = await billOf(date, { bill_type: 'REFUND' })
    const [row] = rowsOf(bill)
    expect(row).toMatchObject({
      微信订单号: accepted.transaction_id,
      商户订单号: paid,
      交易状态: 'REFUND',
      应结订单金额: '0.00',
      代金券金额: '0.00',
      订单金额: '0.00',
      微信退款单号: accepted.refund_id,
      商户退款单号: 'R1',
      退款金额: '12.00',
      充值券退款金额: '0.00',
      申请退款金额: '12.00',
      退款类型: 'ORIGINAL',
      退款状态: 'SUCCESS',
      手续费: '-0.07000',
    })
    expect(row?.交易时间).toBe(row?.退款申请时间)
    expect(row?.退款成功时间).toMatch(new RegExp(`^${date} 12:0`))
    expect(rowsOf(await billOf(date)).map((one) => one.交易状态)).toEqual(['SUCCESS', 'REFUND'])
    const success = await billOf(date, { bill_type: 'SUCCESS' })
    expect(rowsOf(success).map((one) => one.商户订单号)).toEqual([paid])
    expect(Object.keys(rowsOf(success)[0] ?? {})).toHaveLength(20)
    expect(summaryOf(success)?.split(',')).toHaveLength(4)
    expect(Object.keys(row ?? {})).toHaveLength(29)
  })

  test('of an earlier payment stands alone', async () => {
    const paid = await merchant.paidOrder(4800)
    const next = await advanceTo(merchant, '00:10:00')
    await refund(paid, 4800, 4800, 'R1')
    await advanceTo(merchant, '10:00:00')
    expect(await billOf(date)).not.toContain('R1')
    await advanceTo(merchant, '10:00:00')
    expect(rowsOf(await billOf(next)).map((row) => row.商户退款单号)).toEqual(['R1'])
  })

  test('shares out a coupon as the refund did', async () => {
    for (const couponType of ['CASH', 'NOCASH']) {
      const paid = await merchant.paidOrder(1000, { couponFen: 300, couponType })
      await refund(paid, 500, 1000, `R-${couponType}`)
    }
    await advanceTo(merchant, '10:00:00')
    const rows = rowsOf(await billOf(date, { bill_type: 'REFUND' }))
    expect(rows.map((row) => [row.申请退款金额, row.退款金额, row.充值券退款金额])).toEqual([
      ['5.00', '5.00', '1.50'],
      ['5.00', '3.50', '0.00'],
    ])
  })

  test('shows the state at the making of the bill, and is never updated', async () => {
    await merchant.control('PUT', '/switches', { refundSeconds: 2 * 86_400 })
    const paid = await merchant.paidOrder(4800)
    await refund(paid, 4800, 4800, 'R1')
    const next = await advanceTo(merchant, '11:00:00')
    const first = await billOf(date, { bill_type: 'REFUND' })
    expect(rowsOf(first)[0]).toMatchObject({ 退款状态: 'PROCESSING', 退款成功时间: '' })
    await merchant.control('POST', '/refunds/R1/finish', { status: 'SUCCESS' })
    expect((await merchant.queryRefund('R1')).json.status).toBe('SUCCESS')
    expect(await billOf(date, { bill_type: 'REFUND' })).toBe(first)
    await advanceTo(merchant, '10:00:00')
    expect(await applyForBill(merchant, { bill_date: next })).toMatchObject({ json: { code: 'NO_STATEMENT_EXIST' } })
  })

  test.each([
    ['ABNORMAL', 'CHANGE'],
    ['CLOSED', 'FAIL'],
  ])('that is %s says %s', async (status, printed) => {
    await merchant.control('PUT', '/switches', { refundSeconds: 86_400 })
    const paid = await merchant.paidOrder(4800)
    await refund(paid, 4800, 4800, 'R1')
    await merchant.control('POST', '/refunds/R1/finish', { status })
    await advanceTo(merchant, '10:00:00')
    expect(rowsOf(await billOf(date, { bill_type: 'REFUND' }))[0]?.退款状态).toBe(printed)
  })
})

describe('资金账单', () => {
  const fen = (yuan: string | undefined) => Math.round(Number(yuan) * 100)
  const flows = async (day: string, account = 'BASIC') =>
    rowsOf(await billOf(day, { account_type: account })).map((row) => ({
      type: row.业务类型,
      signedFen: (row.收支类型 === '收入' ? 1 : -1) * fen(row['收支金额（元）']),
      balanceFen: fen(row['账户结余（元）']),
      row,
    }))

  test('closes with the balance at which it opened and its rows, and the next day opens there', async () => {
    const paid = await merchant.paidOrder(4800)
    await merchant.paidOrder(10_000)
    await merchant.control('POST', '/funds', { amountFen: -2000 })
    const next = await advanceTo(merchant, '00:00:30')
    await refund(paid, 4800, 4800, 'R1')
    await merchant.control('POST', '/funds', { amountFen: 777 })
    await advanceTo(merchant, '10:00:00')
    await advanceTo(merchant, '10:00:00')
    let balanceFen = 0
    for (const day of [date, next]) {
      for (const flow of await flows(day)) {
        balanceFen += flow.signedFen
        expect(flow.balanceFen).toBe(balanceFen)
      }
    }
    const [basic] = (await merchant.control('GET', '/funds')).json.accounts
    expect(balanceFen).toBe(basic.balanceFen)
  })

  test('names the payment and the refund of each row', async () => {
    const paid = await merchant.paidOrder(4800)
    const accepted = await refund(paid, 1200, 4800, 'R1')
    await advanceTo(merchant, '10:00:00')
    const all = await flows(date)
    expect(
      all.filter(({ row }) => row.微信支付业务单号 === accepted.transaction_id).map((one) => one.signedFen),
    ).toEqual([4800, -29])
    expect(all.filter(({ row }) => row.微信支付业务单号 === accepted.refund_id).map((one) => one.signedFen)).toEqual([
      7, -1200,
    ])
    expect(all.map(({ row }) => row.业务凭证号)).toEqual([paid, paid, 'R1', 'R1'])
  })

  test('has each account in a file of its own', async () => {
    await merchant.control('POST', '/funds', { account: 'FEES', amountFen: 300 })
    await merchant.control('POST', '/funds', { account: 'OPERATION', amountFen: 400 })
    await advanceTo(merchant, '10:00:00')
    expect((await flows(date, 'FEES')).map(({ balanceFen }) => balanceFen)).toEqual([300])
    expect((await flows(date, 'OPERATION')).map(({ balanceFen }) => balanceFen)).toEqual([400])
    const basic = await applyForBill(merchant, { bill_date: date, account_type: 'BASIC' })
    expect(basic.json.code).toBe('NO_STATEMENT_EXIST')
  })
})
