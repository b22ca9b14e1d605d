import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Charge, Refund } from '../../ledger/table.ts'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { sendAbnormalRefund } from './abnormal-refund.ts'
import { catchUp } from './catch-up.ts'

/** Nobody hears notifications here: the sweep is the only net. */
let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())
afterEach(() => sales.simulated.faults())

async function accepted(amountFen = 300): Promise<{ charge: Charge; refund: Refund }> {
  const charge = await sales.paid()
  const { id } = await sales.giveBack(charge, amountFen)
  return { charge, refund: await sales.refund(id) }
}
const stateOf = async ({ id }: Refund) => (await sales.refund(id)).state
const DAY = 86_400

describe('the sweep alone', () => {
  test('learns of the success within a minute', async () => {
    const { charge, refund } = await accepted()
    expect(await catchUp(sales.ctx)).toBe(0)
    await sales.advance(60)
    expect(await catchUp(sales.ctx)).toBeGreaterThan(0)
    expect(await stateOf(refund)).toBe('succeeded')
    expect(await sales.returnedFen(charge)).toBe(300)
  })

  test('of many processes at once asks once', async () => {
    const { charge, refund } = await accepted()
    await sales.advance(60)
    const before = (await sales.simulated.requests(charge.out_trade_no)).length
    await Promise.all(Array.from({ length: 6 }, () => catchUp(sales.ctx)))
    expect(await stateOf(refund)).toBe('succeeded')
    expect((await sales.simulated.requests(charge.out_trade_no)).length).toBe(before + 1)
  })

  test('asks again and again, and says once that it takes more than three days', async () => {
    await sales.simulated.call('PUT', '/switches', { refundSeconds: 20 * DAY })
    const { refund } = await accepted()
    await sales.simulated.call('PUT', '/switches', { refundSeconds: 5 })
    const alarms = () =>
      sales.alarmsOf('refund_slow').filter(({ detail }) => detail.outRefundNo === refund.out_refund_no)
    for (let day = 0; day < 6; day++) {
      await sales.sweep()
      expect(alarms()).toHaveLength(day < 3 ? 0 : 1)
      await sales.advance(DAY)
    }
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: 'PROCESSING_FOR_DAYS' })
    await sales.finish(refund, 'SUCCESS')
    await sales.advance(DAY)
    await sales.sweep()
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'succeeded', problem: null })
  })

  test('CLOSED after seven days without balance: the sum is free, a person hears of it, another refund goes', async () => {
    const { charge, refund } = await accepted(5800)
    await sales.finish(refund, 'CLOSED')
    await sales.advance(60)
    await sales.sweep()
    expect(await stateOf(refund)).toBe('closed')
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(0)
    expect(sales.alarmsOf('refund_closed').at(-1)).toMatchObject({ detail: { outRefundNo: refund.out_refund_no } })
    const another = await sales.giveBack(charge, 5800)
    expect(another).toMatchObject({ state: 'processing' })
    expect(another.outRefundNo).not.toBe(refund.out_refund_no)
  })

  test('ABNORMAL is one alarm, and is asked about every day', async () => {
    const { charge, refund } = await accepted()
    await sales.finish(refund, 'ABNORMAL')
    await sales.advance(60)
    for (let day = 0; day < 3; day++) {
      await sales.sweep()
      await sales.advance(DAY)
    }
    expect(await stateOf(refund)).toBe('abnormal')
    const alarms = sales.alarmsOf('refund_abnormal').filter(({ detail }) => detail.outRefundNo === refund.out_refund_no)
    expect(alarms).toHaveLength(1)
    await sales.finish(refund, 'SUCCESS')
    await sales.sweep()
    expect(await stateOf(refund)).toBe('succeeded')
    expect(await sales.returnedFen(charge)).toBe(300)
  })

  test('does not call a refund slow that went to a card just now', async () => {
    const { refund } = await accepted()
    await sales.finish(refund, 'ABNORMAL')
    for (let day = 0; day < 4; day++) {
      await sales.advance(DAY)
      await sales.sweep()
    }
    await sales.simulated.call('PUT', '/switches', { refundSeconds: DAY })
    await sendAbnormalRefund(sales.lin, { id: refund.id, type: 'MERCHANT_BANK_CARD' })
    await sales.simulated.call('PUT', '/switches', { refundSeconds: 5 })
    await sales.advance(60)
    await sales.sweep()
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: null })
  })

  test('WeChat Pay away for an hour: everything waits, and then everything goes', async () => {
    await sales.simulated.faults({ match: { path: `${CREATE}*` }, kind: 'reset-before-effect', count: 100_000 })
    const some = await Promise.all(Array.from({ length: 7 }, () => accepted()))
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await sales.advance(20 * 60)
      await catchUp(sales.ctx)
    }
    for (const { refund } of some)
      expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', problem: null })
    await sales.simulated.faults()
    await sales.advance(600)
    await sales.sweep()
    await sales.advance(60)
    await sales.sweep()
    for (const { charge, refund } of some) {
      expect(await stateOf(refund)).toBe('succeeded')
      expect(await sales.atWechat(charge)).toHaveLength(1)
    }
  }, 60_000)

  test('a refund that WeChat Pay forgot is one alarm and no second refund', async () => {
    const { charge, refund } = await accepted()
    const fault = { kind: 'error-before-effect', status: 404, code: 'RESOURCE_NOT_EXISTS', count: 9 }
    await sales.simulated.faults({ match: { method: 'GET', path: `${CREATE}/*` }, ...fault })
    await sales.advance(600)
    await catchUp(sales.ctx)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: 'RESOURCE_NOT_EXISTS' })
    expect(sales.alarmsOf('refund_unknown_to_wechat')).toHaveLength(1)
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })
})

test.each([
  ['the balance is too low', 403, 'NOT_ENOUGH', { method: 'POST', path: CREATE }],
  ['every question is one too many', 429, 'FREQUENCY_LIMITED', { method: 'GET', path: `${CREATE}/*` }],
] as const)('while %s, no more than a handful of calls fail per second', async (_, status, code, match) => {
  await sales.simulated.faults({ match: { method: 'POST', path: CREATE }, kind: 'reset-before-effect', count: 7 })
  const some = await Promise.all(Array.from({ length: 7 }, () => accepted()))
  await sales.simulated.faults({ match, kind: 'error-before-effect', status, code, count: 1000 })
  await sales.sweep()
  type Requests = { requests: readonly { at: string; status: number; path: string; requestBody: string }[] }
  const { requests } = await sales.simulated.call<Requests>('GET', '/requests')
  const numbers = some.map(({ refund }) => refund.out_refund_no)
  const times = requests
    .filter((one) => one.status === status && numbers.some((no) => `${one.path}${one.requestBody}`.includes(no)))
    .map(({ at }) => Date.parse(at))
  times.sort((a, b) => a - b)
  expect(times).toHaveLength(7)
  const crowded = times.filter((at, i) => (times[i + 6] ?? Number.POSITIVE_INFINITY) - at < 1000)
  expect(crowded).toEqual([])
})
