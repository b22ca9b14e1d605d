import { describe, expect, test } from 'vitest'
import { firstRefundQueryAt, nextRefundQueryAt } from './refund-schedule.ts'
import type { Refund } from './table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const MINUTE = 60
const HOUR = 3600

const waits = (state: Refund['state'], problem: string | null, times: number) =>
  Array.from({ length: times }, (_, query_count) => {
    const at = nextRefundQueryAt({ state, problem, query_count }, now)
    return (at.getTime() - now.getTime()) / 1000
  })

describe('a refund is looked at', () => {
  test('after 1 m, 5 m, 30 m, 2 h and then every 6 h while WeChat Pay works on it', () => {
    expect(waits('processing', null, 7)).toEqual([
      ...[MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR],
      ...[6 * HOUR, 6 * HOUR],
    ])
  })

  test('daily while it is abnormal', () => expect(waits('abnormal', null, 2)).toEqual([24 * HOUR, 24 * HOUR]))

  test('after 10 s, ever more rarely, up to 10 minutes while it is not known to have arrived', () => {
    expect(waits('waiting', null, 8)).toEqual([10, 20, 40, 80, 160, 320, 600, 600])
  })

  test('after a minute, ever more rarely, up to an hour while the balance is too low', () => {
    expect(waits('waiting', 'NOT_ENOUGH', 8)).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600])
  })

  test('every hour to six while WeChat Pay refuses it for another reason', () => {
    expect(waits('waiting', 'USER_ACCOUNT_ABNORMAL', 5)).toEqual([1, 2, 4, 6, 6].map((hours) => hours * HOUR))
  })

  test('for ever: no number of questions is the last', () => {
    expect(nextRefundQueryAt({ state: 'waiting', problem: null, query_count: 1e6 }, now).getTime()).toBe(
      now.getTime() + 600_000,
    )
  })
})

test.each([
  ['waiting', 0],
  ['processing', 60_000],
  ['abnormal', 86_400_000],
] as const)('one that has become %s is looked at first after %i ms', (state, ms) => {
  expect(firstRefundQueryAt(state, now)).toEqual(new Date(now.getTime() + ms))
})

test.each(['proposed', 'declined', 'withdrawn', 'succeeded', 'closed'] as const)('one that is %s, never', (state) => {
  expect(firstRefundQueryAt(state, now)).toBeNull()
})
