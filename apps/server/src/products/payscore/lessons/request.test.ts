import { expect, test } from 'vitest'
import type { Lesson, SignPlan } from '../table.ts'
import { completeBody } from './request.ts'

const signPlan = { appid: 'wx5e0a2b8c4d6f1937', service_id: '500001' } as SignPlan
const dayOf = (startedAt: string, now: string) => {
  const lesson = { name: '第一节课', out_order_no: 'LESSON1', started_at: new Date(startedAt) } as Lesson
  return completeBody(lesson, signPlan, { amountFen: 18_000, now: new Date(now) }).time_range?.end_time
}

test.each([
  ['in the middle of a day', '2026-05-03T09:00:00+08:00', '2026-05-03T10:00:00+08:00', '20260503'],
  [
    "at WeChat's midnight, by a clock that is ahead",
    '2026-05-03T23:00:00+08:00',
    '2026-05-04T00:02:00+08:00',
    '20260503',
  ],
  ['after it', '2026-05-03T23:00:00+08:00', '2026-05-04T00:06:00+08:00', '20260504'],
  ['begun after midnight, never before it', '2026-05-04T00:01:00+08:00', '2026-05-04T00:02:00+08:00', '20260504'],
])('a lesson that ended %s', (_, startedAt, now, day) => {
  expect(dayOf(startedAt, now)).toBe(day)
})
