import { expect, test } from 'vitest'
import { lastDayBefore } from './days.ts'

test('what ends at midnight is good until the day before', () => {
  expect(lastDayBefore('2027-09-17T00:00:00+08:00')).toBe('2027年9月16日')
  expect(lastDayBefore('2026-12-31T16:00:00Z')).toBe('2026年12月31日')
})

test('what ends in the middle of a day is good until that day', () => {
  expect(lastDayBefore('2027-09-17T13:29:35.120+08:00')).toBe('2027年9月17日')
})

test('what is no time is not shown', () => {
  expect(lastDayBefore('')).toBe('')
})
