import { Buffer } from 'node:buffer'
import { file } from '@shouyin/wechatpay-core/bills'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from './day.ts'
import { generateTradeRows } from './generate.ts'

const bill = { rows: 1000, seed: 42, refundEvery: 10, mchid: '1900000001', appid: 'wx1', date: '2026-11-20' }
const rowsOf = (changes: Partial<typeof bill> = {}) => [...generateTradeRows({ ...bill, ...changes })]

describe('a generated bill', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(rowsOf()).toEqual(rowsOf())
    const amounts = (seed: number) => rowsOf({ seed }).map(({ orderFen }) => orderFen)
    expect(amounts(1)).not.toEqual(amounts(2))
  })

  test('has numbers that are used once, in the form of WeChat Pay and of an order', () => {
    const rows = [...rowsOf(), ...rowsOf({ seed: 43 }), ...rowsOf({ date: '2026-11-21' })]
    const payments = rows.filter(({ kind }) => kind === 'payment')
    for (const key of ['transactionId', 'outTradeNo'] as const) {
      expect(new Set(payments.map((row) => row[key])).size).toBe(payments.length)
    }
    const refunds = rows.flatMap(({ refund }) => refund ?? [])
    expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(refunds.length)
    expect(new Set(refunds.map(({ outRefundNo }) => outRefundNo)).size).toBe(refunds.length)
    for (const { transactionId, outTradeNo } of rows) {
      expect(transactionId).toMatch(/^42000\d{23}$/)
      expect(outTradeNo).toMatch(/^[0-9a-f]{32}$/)
    }
  })

  test('refunds half of the payment before, every so many rows, or never', () => {
    const rows = rowsOf()
    expect(rows.filter(({ kind }) => kind === 'refund')).toHaveLength(100)
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1]
      if (!row.refund || !before) continue
      expect(row.transactionId).toBe(before.transactionId)
      expect(row.refund.amountFen).toBe(Math.ceil((before.orderFen ?? 0) / 2))
    }
    expect(rowsOf({ refundEvery: 0 }).some(({ refund }) => refund)).toBe(false)
  })

  test('stays within its day and goes forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 2 ** 40 }), (rows, seed) => {
        const times = rowsOf({ rows, seed }).map(({ tradeTime }) => tradeTime.getTime())
        expect(times).toEqual([...times].sort((a, b) => a - b))
        expect(new Set(times.map(dayOf))).toEqual(new Set([bill.date]))
      }),
      { numRuns: 30 },
    )
  })

  test('is read back as it was made', async () => {
    const chunks = (async function* () {
      for (const line of file.formatTradeBill(rowsOf(), { type: 'REFUND' })) yield Buffer.from(line)
    })()
    const read: file.TradeBillRow[] = []
    for await (const rows of file.readTradeBill(chunks)) read.push(...rows)
    const toTheSecond = (row: file.TradeBillRow) => JSON.parse(JSON.stringify(row).replaceAll(/\.\d{3}Z/g, '.000Z'))
    expect(read.map(toTheSecond)).toEqual(rowsOf().map(toTheSecond))
  })
})
