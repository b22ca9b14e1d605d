import { expect, test } from 'vitest'
import { cardWith } from '../../testing/cards.ts'
import { entriesOf } from './card-entries.ts'

const times = {
  takenAt: '2026-11-21T09:00:00+08:00',
  endAt: '2026-12-21T09:00:00+08:00',
  endedAt: '2026-12-22T09:05:00+08:00',
} as const
const expired = { ...times, reason: 'expired', paidAt: '2026-12-22T09:04:00+08:00', dueFen: 1200 } as const

test('a card whose time was over ended then, not when that was known', () => {
  expect(entriesOf(cardWith({ ...expired, status: 'paid', refundedFen: 200 }))).toEqual([
    ['已扣', '¥12.00'],
    ['已退', '¥2.00'],
    ['扣款时间', '12月22日 09:04'],
    ['到期时间', '12月21日 09:00'],
    ['领取时间', '11月21日 09:00'],
  ])
})

test.each([
  ['finished', null],
  ['unfinished', 'quit'],
] as const)('a card that ended before its time says when (%s, %s)', (status, reason) => {
  expect(entriesOf(cardWith({ ...times, status, reason }))).toEqual([
    ['结束时间', '12月22日 09:05'],
    ['领取时间', '11月21日 09:00'],
  ])
})
