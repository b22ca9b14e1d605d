import { describe, expect, test } from 'vitest'
import { brokenPaidTime, brokenPlannedTimes, brokenRealTimes } from './times.ts'

/** 2026-03-05 10:00:00.500 in Shanghai. */
const now = new Date('2026-03-05T02:00:00.500Z')

describe('planned times', () => {
  test.each([
    [{ start_time: 'OnAccept' }, undefined],
    [{ start_time: '20260305100000' }, undefined],
    [{ start_time: '20260305095959' }, 'START_EARLY'],
    [{ start_time: '20260305' }, undefined],
    [{ start_time: '20260304' }, 'START_EARLY'],
    [{ start_time: 'OnAccept', end_time: '20260305100102' }, undefined],
    [{ start_time: 'OnAccept', end_time: '20260305100100' }, 'END_SOON'],
    [{ start_time: 'OnAccept', end_time: '20260305095959' }, 'END_BEFORE_START'],
    [{ start_time: '20260305120000', end_time: '20260305120000' }, 'END_BEFORE_START'],
    [{ start_time: '20260305120000', end_time: '20260305120001' }, undefined],
    [{ start_time: '20260305', end_time: '20260305' }, undefined],
    [{ start_time: '20260306', end_time: '20260305' }, 'END_BEFORE_START'],
  ])('%j: %s', (given, why) => {
    expect(brokenPlannedTimes(given, now)?.why).toBe(why)
  })

  test('a day ends at its last second, in Shanghai whatever the time zone here', () => {
    const lastMinute = new Date('2026-03-05T15:59:00Z')
    expect(brokenPlannedTimes({ start_time: 'OnAccept', end_time: '20260305' }, lastMinute)?.why).toBe('END_SOON')
    expect(brokenPlannedTimes({ start_time: '20260305' }, lastMinute)).toBeUndefined()
    expect(brokenPlannedTimes({ start_time: '20260305' }, new Date('2026-03-05T16:00:00Z'))?.why).toBe('START_EARLY')
  })
})

describe('real times', () => {
  const planned = { start_time: '20260305090000', end_time: '20260305110000' }
  const open = { start_time: '20260305090000' }
  test.each([
    ['an end that was not planned is required', open, {}, 'END_MISSING'],
    ['an end now', open, { end_time: '20260305100000' }, undefined],
    ['an end that has not come', open, { end_time: '20260305100001' }, 'END_LATE'],
    ['a planned end that has not come and is not corrected', planned, {}, 'END_LATE'],
    ['a planned end that is corrected', planned, { end_time: '20260305095900' }, undefined],
    ['a planned end that has come', { ...planned, end_time: '20260305093000' }, {}, undefined],
    ['an end at the start', open, { end_time: '20260305090000' }, undefined],
    ['an end before the start', open, { end_time: '20260305085959' }, 'END_BEFORE_START'],
    ['a start that is corrected', open, { start_time: '20260305080000', end_time: '20260305083000' }, undefined],
    ['a start that has not come', open, { start_time: '20260305100001', end_time: '20260305100000' }, 'START_LATE'],
    ['an end written as a day', planned, { end_time: '20260305' }, 'TIME_FORMAT'],
    ['a start written as a day', open, { start_time: '20260305', end_time: '20260305100000' }, 'TIME_FORMAT'],
    [
      'today, where days were planned',
      { start_time: '20260305', end_time: '20260306' },
      { end_time: '20260305' },
      undefined,
    ],
    ['tomorrow, where days were planned', { start_time: '20260305', end_time: '20260306' }, {}, 'END_LATE'],
  ])('%s', (_name, before, given, why) => {
    expect(brokenRealTimes(before, given, now)?.why).toBe(why)
  })
})

describe('收款成功时间', () => {
  const completedAtMs = Date.parse('2026-03-05T09:30:00.900+08:00')
  test.each([
    ['20260305093000', undefined],
    ['20260305092959', 'PAID_TIME'],
    ['20260305100000', undefined],
    ['20260305100001', 'PAID_TIME'],
    ['20260305', undefined],
    ['20260304', 'PAID_TIME'],
    ['20260306', 'PAID_TIME'],
  ])('%s: %s', (given, why) => {
    expect(brokenPaidTime(given, completedAtMs, now)?.why).toBe(why)
  })
})
