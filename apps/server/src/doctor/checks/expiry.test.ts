import { expect, test } from 'vitest'
import { judge } from './expiry.ts'

const now = new Date('2026-06-01T12:00:00Z')
const after = (days: number) => new Date(now.getTime() + days * 86_400_000)

test.each([
  [31, 'ok'],
  [30, 'ok'],
  [29.9, 'warn'],
  [7, 'warn'],
  [6.9, 'fail'],
  [0, 'fail'],
  [-1, 'fail'],
])('%d days before its end a certificate is %s', (days, status) => {
  const finding = judge('merchant certificate', after(days), now, 'make a new one')
  expect(finding.status).toBe(status)
  expect(finding.remedy).toBe(status === 'ok' ? undefined : 'make a new one')
})

test('the day is told', () => {
  expect(judge('merchant certificate', after(10), now, '').what).toBe(
    'the merchant certificate ends on 2026-06-11, in 10 days',
  )
  expect(judge('merchant certificate', after(-2), now, '').what).toBe('the merchant certificate ended on 2026-05-30')
})
