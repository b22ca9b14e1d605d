import { expect, test } from 'vitest'
import { firstQueryAt, nextQueryAt } from './schedule.ts'

const now = new Date('2026-11-21T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const waits = (state: 'opened' | 'closing', counts: number[]) =>
  counts.map((query_count) => {
    const at = nextQueryAt({ state, query_count, expires_at: later(86_400) }, now)
    return (at.getTime() - now.getTime()) / 1000
  })

test('the first question comes after ten seconds', () => {
  expect(firstQueryAt(now)).toEqual(later(10))
})

test('questions thin out to one in ten minutes and never stop', () => {
  expect(waits('opened', [0, 1, 2, 3, 4, 5, 6, 100, 1e9])).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600])
})

test('a closing order is asked for at least every minute: the shopper waits for it', () => {
  expect(waits('closing', [0, 1, 2, 3, 100])).toEqual([10, 20, 40, 60, 60])
})

test('the moment of expiry is not slept through', () => {
  expect(nextQueryAt({ state: 'opened', query_count: 9, expires_at: later(30) }, now)).toEqual(later(30))
})

test('after expiry the ladder goes on', () => {
  expect(nextQueryAt({ state: 'opened', query_count: 0, expires_at: later(0) }, now)).toEqual(later(10))
})
