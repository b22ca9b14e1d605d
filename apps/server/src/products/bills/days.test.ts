import { describe, expect, test } from 'vitest'
import { addDays, dayOf, morningAfter, startOf } from './days.ts'
import { askAgainAt, daysToReconcile, firstAttemptAt, lateAt, recheckAt, retryAt } from './schedule.ts'

const at = (text: string) => new Date(`${text}+08:00`)

describe('a day is one of Asia/Shanghai', () => {
  test.each([
    ['2026-11-20T15:59:59.999Z', '2026-11-20'],
    ['2026-11-20T16:00:00.000Z', '2026-11-21'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('%s lies in %s', (moment, day) => {
    expect(dayOf(new Date(moment))).toBe(day)
  })

  test('and begins at its midnight', () => {
    expect(startOf('2026-11-21')).toEqual(new Date('2026-11-20T16:00:00Z'))
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(morningAfter('2026-12-31', 10)).toEqual(at('2027-01-01T10:00:00'))
  })

  test.each(['2026-02-30', '2026-13-01', '20261121', ''])('what is no day is refused: %j', (text) => {
    expect(() => startOf(text)).toThrow(RangeError)
  })
})

describe('the days that are to have a bill', () => {
  const now = at('2026-11-21T09:00:00')

  test('are the seven before today, oldest first', () => {
    const days = daysToReconcile(now, at('2025-01-01T00:00:00'))
    expect(days).toHaveLength(7)
    expect([days[0], days.at(-1)]).toEqual(['2026-11-14', '2026-11-20'])
  })

  test('begin with the first charge, so that a new merchant has no alarms of days without him', () => {
    expect(daysToReconcile(now, at('2026-11-19T23:59:59'))).toEqual(['2026-11-19', '2026-11-20'])
    expect(daysToReconcile(now, at('2026-11-21T00:00:00'))).toEqual([])
  })
})

describe('a bill is asked for', () => {
  test('first between 10:00 and 10:30, by every merchant at the same moment each day and not all at one', () => {
    const mchids = Array.from({ length: 200 }, (_, i) => String(1900000001 + i))
    const moments = mchids.map((mchid) => firstAttemptAt('2026-11-20', mchid).getTime())
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(at('2026-11-21T10:00:00').getTime())
    expect(Math.max(...moments)).toBeLessThan(at('2026-11-21T10:30:00').getTime())
    expect(new Set(moments).size).toBeGreaterThan(190)
    expect(firstAttemptAt('2026-11-20', '1900000001')).toEqual(firstAttemptAt('2026-11-20', '1900000001'))
  })

  test('every half hour while it is being made, and at the moment when it is late', () => {
    expect(askAgainAt('2026-11-20', at('2026-11-21T10:05:00'))).toEqual(at('2026-11-21T10:35:00'))
    expect(askAgainAt('2026-11-20', at('2026-11-21T13:45:00'))).toEqual(at('2026-11-21T14:00:00'))
    expect(askAgainAt('2026-11-20', at('2026-11-21T14:00:00'))).toEqual(at('2026-11-21T14:30:00'))
    expect(lateAt('2026-11-20')).toEqual(at('2026-11-21T14:00:00'))
  })

  test('after 1, 2, 4 … 30 minutes when something went wrong, without an end', () => {
    const now = at('2026-11-21T10:00:00')
    const minutes = [1, 2, 3, 4, 5, 6, 100].map((n) => (retryAt(n, now).getTime() - now.getTime()) / 60_000)
    expect(minutes).toEqual([1, 2, 4, 8, 16, 30, 30])
  })
})

test('an open difference is looked at every hour for a week', () => {
  expect(recheckAt('2026-11-20', at('2026-11-27T22:00:00'))).toEqual(at('2026-11-27T23:00:00'))
  expect(recheckAt('2026-11-20', at('2026-11-28T00:00:00'))).toBeNull()
})
