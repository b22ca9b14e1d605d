import { expect, test } from 'vitest'
import { freshUntil, lapsesAt, nextCardQueryAt, tokenUntil } from './schedule.ts'
import type { Card } from './table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const secondsUntil = (at: Date) => (at.getTime() - now.getTime()) / 1000
const HOUR = 3600

const next = (change: Partial<Card>) =>
  secondsUntil(
    nextCardQueryAt(
      { ...{ state: 'prepared', query_count: 0, token_at: now, created_at: now, end_at: null }, ...change },
      now,
    ),
  )

test.each(['preparing', 'prepared', 'settling', 'unfinished'] as const)(
  'whether a card that is %s goes on is asked after 10 s, less and less often, and never less than every ten minutes',
  (state) => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 100, 1e9].map((query_count) => next({ state, query_count }))
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600])
  },
)

test('a token is fresh for ten minutes, kept for two hours, and taken into account for a day', () => {
  for (const offered of [
    { token_at: now, created_at: later(-1) },
    { token_at: null, created_at: now },
  ]) {
    expect([freshUntil, tokenUntil, lapsesAt].map((until) => secondsUntil(until(offered)))).toEqual([
      600,
      2 * HOUR,
      24 * HOUR,
    ])
  }
})

test('the moment in which nobody can take it any more is not slept through', () => {
  expect(next({ query_count: 99, token_at: later(-24 * HOUR + 60) })).toBe(60)
  expect(next({ query_count: 99, token_at: later(-24 * HOUR) })).toBe(600)
})

test('one that is ongoing is asked about soon after it was taken, then four times a day, and at its end', () => {
  const ongoing = { state: 'ongoing', end_at: later(30 * 24 * HOUR) } as const
  expect([0, 1, 2, 99].map((query_count) => next({ ...ongoing, query_count }))).toEqual([
    10,
    6 * HOUR,
    6 * HOUR,
    6 * HOUR,
  ])
  expect(next({ ...ongoing, query_count: 9, end_at: later(HOUR) })).toBe(HOUR)
  expect(next({ ...ongoing, query_count: 0, end_at: later(5) })).toBe(5)
})

test('one whose time is over is asked about until WeChat Pay says so too', () => {
  expect([0, 3, 99].map((query_count) => next({ state: 'ongoing', end_at: now, query_count }))).toEqual([10, 80, 600])
})
