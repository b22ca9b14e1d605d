import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { FaultRequest } from './fault-kinds.ts'
import { FaultList, seededRandom } from './faults.ts'

const listOf = (...faults: readonly object[]) => {
  const list = new FaultList()
  list.replace(faults.map((fault) => v.parse(FaultRequest, fault)))
  return list
}

const close = { method: 'POST', path: '/v3/pay/transactions/out-trade-no/A12345/close', outTradeNo: 'A12345' }
const query = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/A12345', outTradeNo: 'A12345' }
const paid = { eventType: 'TRANSACTION.SUCCESS', outTradeNo: 'A12345' }

describe('a list of faults', () => {
  test('lets the first that fits win, once each by default', () => {
    const list = listOf({ kind: 'rate-limit' }, { kind: 'reset-before-effect' })
    expect(list.takeForAnswer(query)?.kind).toBe('rate-limit')
    expect(list.takeForAnswer(query)?.kind).toBe('reset-before-effect')
    expect(list.takeForAnswer(query)).toBeUndefined()
    expect(list.list()).toMatchObject([
      { kind: 'rate-limit', count: 1, fired: 1 },
      { kind: 'reset-before-effect', count: 1, fired: 1 },
    ])
  })

  test('fires as often as its count says', () => {
    const list = listOf({ kind: 'rate-limit', count: 3 })
    const fired = Array.from({ length: 5 }, () => list.takeForAnswer(query)?.kind)
    expect(fired).toEqual(['rate-limit', 'rate-limit', 'rate-limit', undefined, undefined])
  })

  test.each([
    { match: { method: 'get' }, fits: true },
    { match: { method: 'POST' }, fits: false },
    { match: { path: query.path }, fits: true },
    { match: { path: '/v3/pay/transactions' }, fits: false },
    { match: { path: '/v3/pay/transactions/*' }, fits: true },
    { match: { path: '/v3/refund/*' }, fits: false },
    { match: { outTradeNo: 'A12345' }, fits: true },
    { match: { outTradeNo: 'B12345' }, fits: false },
    { match: { eventType: 'TRANSACTION.SUCCESS' }, fits: false },
    { match: { method: 'GET', path: '/v3/*', outTradeNo: 'B12345' }, fits: false },
  ])('matches an answer by every criterion that is given: $match → $fits', ({ match, fits }) => {
    expect(listOf({ kind: 'rate-limit', match }).takeForAnswer(query) !== undefined).toBe(fits)
  })

  test('tells two calls about one order apart by the end of the path', () => {
    const list = listOf({ kind: 'ok-without-effect', match: { path: close.path } })
    expect(list.takeForAnswer(query)).toBeUndefined()
    expect(list.takeForAnswer(close)?.kind).toBe('ok-without-effect')
  })

  test.each([
    { match: {}, fits: true },
    { match: { eventType: 'TRANSACTION.SUCCESS' }, fits: true },
    { match: { eventType: 'REFUND.SUCCESS' }, fits: false },
    { match: { outTradeNo: 'A12345' }, fits: true },
    { match: { path: '/v3/*' }, fits: false },
    { match: { method: 'POST' }, fits: false },
  ])('matches a delivery by event and number only: $match → $fits', ({ match, fits }) => {
    expect(listOf({ kind: 'lose-notification', match }).takeForDelivery(paid) !== undefined).toBe(fits)
  })

  test('keeps faults of answers away from deliveries and the other way round', () => {
    const list = listOf({ kind: 'lose-notification' }, { kind: 'rate-limit' })
    expect(list.takeForAnswer(query)?.kind).toBe('rate-limit')
    expect(list.takeForDelivery(paid)?.kind).toBe('lose-notification')
  })

  test('sends wrong-serial where its `on` says, odd-json to both', () => {
    const wrong = listOf({ kind: 'wrong-serial', on: 'notification' })
    expect(wrong.takeForAnswer(query)).toBeUndefined()
    expect(wrong.takeForDelivery(paid)?.kind).toBe('wrong-serial')
    const odd = listOf({ kind: 'odd-json', count: 2 })
    expect(odd.takeForAnswer(query)?.kind).toBe('odd-json')
    expect(odd.takeForDelivery(paid)?.kind).toBe('odd-json')
  })

  test('rolls dice from a seed, the same each time and without a count', () => {
    const roll = () => {
      const list = listOf({ kind: 'rate-limit', probability: 0.5, seed: 7 })
      return Array.from({ length: 40 }, () => list.takeForAnswer(query) !== undefined)
    }
    const first = roll()
    expect(roll()).toEqual(first)
    expect(new Set(first)).toEqual(new Set([true, false]))
  })

  test('never fires with probability 0 and always with 1', () => {
    const list = listOf({ kind: 'rate-limit', probability: 0 }, { kind: 'reset-before-effect', probability: 1 })
    for (let i = 0; i < 20; i++) expect(list.takeForAnswer(query)?.kind).toBe('reset-before-effect')
    expect(list.list()[0]).not.toHaveProperty('count')
  })

  test('counts a window of reordering as one', () => {
    const list = listOf({ kind: 'reorder-notifications', window: 3 })
    const fired = Array.from({ length: 4 }, () => list.takeForDelivery(paid)?.kind)
    expect(fired).toEqual([...Array(3).fill('reorder-notifications'), undefined])
    expect(list.list()).toMatchObject([{ count: 1, fired: 1 }])
  })

  test('releases what it holds, also when it is replaced', async () => {
    const list = listOf({ kind: 'hold-response', count: 2 })
    const held = list.takeForAnswer(query)
    const id = held?.id ?? ''
    const first = list.hold(id)
    expect(list.release(id)).toBe(1)
    await first
    const second = list.hold(id)
    list.replace([])
    await second
    expect(list.release(id)).toBeUndefined()
    await list.hold(id)
  })
})

describe('a fault is refused', () => {
  test.each([
    [{ kind: 'no-such-kind' }, 'kind'],
    [{ kind: 'rate-limit', status: 429 }, 'status'],
    [{ kind: 'rate-limit', count: 0 }, 'count'],
    [{ kind: 'rate-limit', count: 1, probability: 0.5 }, 'count'],
    [{ kind: 'rate-limit', seed: 3 }, 'seed'],
    [{ kind: 'rate-limit', probability: 2 }, 'probability'],
    [{ kind: 'rate-limit', match: { url: '/v3/*' } }, 'match.url'],
    [{ kind: 'duplicate-notification', copies: 1 }, 'copies'],
    [{ kind: 'tamper-notification', part: 'body' }, 'part'],
    [{ kind: 'mismatch-notification' }, 'set'],
    [{ kind: 'wrong-serial', on: 'both' }, 'on'],
    [{ kind: 'error-after-effect', status: 200 }, 'status'],
  ])('%j, naming %s', (fault, field) => {
    const result = v.safeParse(FaultRequest, fault)
    expect(result.success).toBe(false)
    if (!result.success) expect(v.getDotPath(result.issues[0])).toBe(field)
  })

  test('never for a parameter that has a default', () => {
    expect(v.parse(FaultRequest, { kind: 'error-after-effect' })).toMatchObject({ status: 500, code: 'SYSTEM_ERROR' })
    expect(v.parse(FaultRequest, { kind: 'duplicate-notification' })).toMatchObject({ copies: 2 })
    expect(v.parse(FaultRequest, { kind: 'delay-notification' })).toMatchObject({ seconds: 60 })
    expect(v.parse(FaultRequest, { kind: 'timeout-after-effect' })).toMatchObject({ seconds: 30 })
    expect(v.parse(FaultRequest, { kind: 'stale-notification' })).toMatchObject({ ageSeconds: 3600 })
    expect(v.parse(FaultRequest, { kind: 'wrong-serial' })).toMatchObject({ on: 'response' })
  })
})

test('a seeded generator stays within [0, 1) and spreads', () => {
  const random = seededRandom(42)
  const numbers = Array.from({ length: 1000 }, random)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  expect(mean).toBeGreaterThan(0.4)
  expect(mean).toBeLessThan(0.6)
})
