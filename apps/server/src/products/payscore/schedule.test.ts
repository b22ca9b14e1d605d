import { expect, test } from 'vitest'
import { lapsesAt, nextQueryAt, nextSignPlanQueryAt } from './schedule.ts'
import type { SignPlan } from './table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const secondsUntil = (at: Date) => (at.getTime() - now.getTime()) / 1000
const HOUR = 3600

const next = (change: Partial<SignPlan>) =>
  secondsUntil(
    nextSignPlanQueryAt(
      {
        ...{ state: 'unsigned', stop_reason: null, query_count: 0, package_until: later(2 * HOUR) },
        ...{ created_at: now, over_at: null, ...change },
      },
      now,
    ),
  )

test('questions thin out to one in ten minutes and never stop', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 100, 1e9].map((count) => secondsUntil(nextQueryAt(count, now)))
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600])
  expect([0, 3, 99].map((query_count) => next({ query_count }))).toEqual([10, 80, 600])
  expect(next({ state: 'creating', query_count: 99 })).toBe(600)
})

test('the moment in which nobody can sign any more is not slept through, and the ladder goes on after it', () => {
  expect(lapsesAt({ package_until: later(60), created_at: now })).toEqual(later(360))
  expect(lapsesAt({ package_until: null, created_at: now })).toEqual(later(2 * HOUR + 300))
  expect(next({ query_count: 99, package_until: later(0) })).toBe(300)
  expect(next({ query_count: 99, package_until: later(-300) })).toBe(600)
})

test('a signed one is asked about four times a day, and at its end', () => {
  expect(next({ state: 'signed', over_at: later(300 * 86_400) })).toBe(6 * HOUR)
  expect(next({ state: 'signed', over_at: later(HOUR), query_count: 99 })).toBe(HOUR)
  expect(next({ state: 'signed', over_at: later(-HOUR) })).toBe(6 * HOUR)
})

test('one that is to end is asked about as often as one that is new', () => {
  expect(next({ state: 'signed', stop_reason: '停课', over_at: later(86_400) })).toBe(10)
  expect(next({ state: 'lapsed', stop_reason: '重复签约', query_count: 99 })).toBe(600)
})
