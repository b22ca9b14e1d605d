import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feeFenOf, settlementTotalFen } from '../../kernel/fees.ts'
import type { StoredRefund } from '../../kernel/refunds.ts'
import type { StoredTransaction } from '../../kernel/transactions.ts'
import { makeOutRefundNo, newRefund, sum } from './model.ts'

const NOW = new Date('2026-11-20T16:30:00Z')

const order = (amountFen: number, coupon: StoredTransaction['coupon'] = null): StoredTransaction => ({
  mchid: '1900000001',
  appid: 'wx1',
  openid: 'o1',
  outTradeNo: 'ORDER-1',
  tradeType: 'JSAPI',
  description: '羽毛球',
  attach: null,
  notifyUrl: 'https://pay.example.com/n',
  amountFen,
  deviceId: null,
  parameters: 'x',
  createdAtMs: 1,
  expiresAtMs: 2,
  prepays: [],
  namesPublicKey: false,
  tradeState: 'SUCCESS',
  transactionId: '4200000000202611210000000001',
  payerTotalFen: amountFen - (coupon?.amountFen ?? 0),
  coupon,
  successAtMs: 1,
})

const request = (amountFen: number, totalFen: number) => ({
  outRefundNo: 'R1',
  amountFen,
  totalFen,
  reason: null,
  notifyUrl: null,
  source: 'API' as const,
  fundsAccount: 'UNSETTLED' as const,
  from: [],
  namesPublicKey: false,
})

/** Refunds one order in these parts. */
function refundAll(transaction: StoredTransaction, parts: readonly number[]): StoredRefund[] {
  const made: StoredRefund[] = []
  for (const part of parts) made.push(newRefund(transaction, made, request(part, transaction.amountFen), NOW))
  return made
}

describe('the shares of refunds', () => {
  const cases = fc
    .record({
      totalFen: fc.integer({ min: 1, max: 10_000_000 }),
      couponPermille: fc.integer({ min: 0, max: 999 }),
      type: fc.constantFrom('CASH' as const, 'NOCASH' as const),
      cutsPermille: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 49 }),
    })
    .map(({ totalFen, couponPermille, type, cutsPermille }) => {
      const couponFen = Math.floor((couponPermille * totalFen) / 1000)
      const cuts = cutsPermille.map((cut) => Math.floor((cut * totalFen) / 1000)).sort((a, b) => a - b)
      const points = [0, ...cuts, totalFen]
      const parts = points.slice(1).map((point, i) => point - (points[i] ?? 0))
      const coupon = couponFen === 0 ? null : { id: 'c', amountFen: couponFen, type }
      return { transaction: order(totalFen, coupon), parts: parts.filter((part) => part > 0) }
    })

  test('give back exactly what was paid, however the order is cut', () => {
    fc.assert(
      fc.property(cases, ({ transaction, parts }) => {
        const refunds = refundAll(transaction, parts)
        expect(sum(refunds, (refund) => refund.payerRefundFen)).toBe(transaction.payerTotalFen)
        expect(sum(refunds, (refund) => refund.settlementRefundFen)).toBe(settlementTotalFen(transaction))
        expect(sum(refunds, (refund) => refund.feeRefundFen)).toBe(feeFenOf(transaction))
      }),
    )
  })

  test('are never negative, never more than the refund, and a fen from pro rata but for the last', () => {
    fc.assert(
      fc.property(cases, ({ transaction, parts }) => {
        const payerTotalFen = transaction.payerTotalFen ?? 0
        const refunds = refundAll(transaction, parts)
        for (const { amountFen, payerRefundFen, feeRefundFen } of refunds) {
          expect(payerRefundFen).toBeGreaterThanOrEqual(0)
          expect(payerRefundFen).toBeLessThanOrEqual(amountFen)
          expect(feeRefundFen).toBeGreaterThanOrEqual(0)
        }
        const [first] = refunds
        if (!first || refunds.length === 1) return
        const exact = (first.amountFen * payerTotalFen) / transaction.amountFen
        expect(Math.abs(first.payerRefundFen - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })

  test.each([
    [100, 0, [30, 70], [30, 70]],
    [999, 333, [100, 899], [67, 599]],
    [3, 1, [1, 1, 1], [1, 1, 0]],
    [100, 99, [1, 1, 98], [0, 0, 1]],
  ])('of %i fen with a coupon of %i in %j are %j', (totalFen, couponFen, parts, wanted) => {
    const coupon = couponFen === 0 ? null : { id: 'c', amountFen: couponFen, type: 'CASH' as const }
    expect(refundAll(order(totalFen, coupon), parts).map((refund) => refund.payerRefundFen)).toEqual(wanted)
  })
})

describe('the fee', () => {
  test.each([
    [1, 0],
    [83, 0],
    [84, 1],
    [100, 1],
    [1000, 6],
    [100_000_000, 600_000],
  ])('of %i fen is %i fen', (amountFen, feeFen) => {
    expect(feeFenOf(order(amountFen))).toBe(feeFen)
  })

  test('comes back whole with the refund that completes the order, even where every share rounds to nothing', () => {
    expect(refundAll(order(84), [28, 28, 28]).map((refund) => refund.feeRefundFen)).toEqual([0, 0, 1])
  })

  test('is taken of what is settled: not of a coupon of the merchant', () => {
    expect(feeFenOf(order(1000, { id: 'c', amountFen: 500, type: 'NOCASH' }))).toBe(3)
    expect(feeFenOf(order(1000, { id: 'c', amountFen: 500, type: 'CASH' }))).toBe(6)
  })
})

test('numbers carry the day of Beijing, as WeChat’s do', () => {
  const [refund] = refundAll(order(100), [100])
  expect(refund?.refundId).toMatch(/^50000\d{5}20261121\d{11}$/)
  expect(makeOutRefundNo(NOW)).toMatch(/^REF42000\d{5}20261121\d{10}$/)
})
