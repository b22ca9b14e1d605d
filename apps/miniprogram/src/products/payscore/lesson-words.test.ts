import { plans } from '@shouyin/contracts/shopper'
import { describe, expect, test } from 'vitest'
import { lessonWith } from '../../testing/courses.ts'
import { lessonWords } from './lesson-words.ts'

const signed = { status: 'signed', confirming: false } as const
const statuses = [...plans.lessonStatuses, 'unknown'] as const

test('every status of the contract has a word of its own, and says when its money moves', () => {
  const said = statuses.map((status) => lessonWords(lessonWith({ status }), signed))
  expect(new Set(said.map(({ status }) => status)).size).toBe(statuses.length)
  expect(said.filter(({ hint }) => hint === '')).toEqual([])
})

test('only a lesson that WeChat collects is called unpaid', () => {
  const unpaid = statuses.filter((status) => lessonWords(lessonWith({ status }), signed).status === '待支付')
  expect(unpaid).toEqual(['deducting'])
})

test('nothing is called unpaid while WeChat has to be asked', () => {
  const { status, hint } = lessonWords(lessonWith({ status: 'deducting' }), { ...signed, confirming: true })
  expect(status).toBe('待核实')
  expect(hint).not.toMatch(/待支付|没有扣|正在扣/)
})

test('before money moves the hint says how much, and that a gift costs nothing', () => {
  expect(lessonWords(lessonWith({ status: 'in_service' }), signed).hint).toBe('课后扣 ¥180.00')
  expect(lessonWords(lessonWith({ priceFen: 0 }), signed).hint).toContain('不扣款')
  expect(lessonWords(lessonWith({ status: 'completing', amountFen: 6000 }), signed).hint).toContain('¥60.00')
})

describe('a lesson that was paid', () => {
  const paid = (paidBy: plans.Lesson['paidBy'], members = {}) =>
    lessonWords(
      lessonWith({ status: 'paid', amountFen: 18_000, paidAt: '2026-11-21T09:05:00+08:00', paidBy, ...members }),
      signed,
    )

  test('says how and when', () => {
    expect(paid('deduction')).toMatchObject({ status: '已扣款', hint: expect.stringContaining('11月21日 09:05') })
    expect(paid('order')).toMatchObject({ status: '已支付', hint: expect.stringContaining('会自动退回') })
    expect(paid('unknown')).toMatchObject({ status: '已支付' })
  })

  test('that was free moved no money, and says so', () => {
    const { status, hint } = paid('free', { amountFen: 0 })
    expect([status, hint]).toEqual(['免费', '送的，没有扣款'])
  })

  test('says what went back of it', () => {
    expect(paid('deduction', { refundedFen: 5000 })).toMatchObject({
      status: '部分退款',
      hint: expect.stringContaining('已退 ¥50.00'),
    })
    expect(paid('order', { refundedFen: 18_000 })).toMatchObject({ status: '已退款', tone: 'quiet' })
  })
})

test('what was collected twice goes back by itself, and the lesson says so until it has', () => {
  const twice = { extraFen: 18_000, amountFen: 18_000 }
  const hint = (members: object) => lessonWords(lessonWith({ status: 'paid', ...twice, ...members }), signed).hint
  for (const paidBy of ['order', 'deduction']) expect(hint({ paidBy })).toMatch(/多收的 ¥180.00 会自动退回$/)
  expect(hint({ paidBy: 'order' })).not.toContain('要是也扣了')
  expect(hint({ paidBy: 'order', extraRefundedFen: 18_000 })).toMatch(/多收的 ¥180.00 已退回$/)
  const cancelled = lessonWords(lessonWith({ status: 'cancelled', ...twice }), signed)
  expect(cancelled.hint).toBe('多收的 ¥180.00 会自动退回')
})

test('lessons of a plan that ended are not taken any more; those of one that is not signed still are', () => {
  for (const status of ['completed', 'cancelled', 'expired', 'lapsed', 'failed'] as const)
    expect(lessonWords(lessonWith(), { status, confirming: false })).toMatchObject({ status: '不再上', hint: '不扣款' })
  expect(lessonWords(lessonWith(), { status: 'cancelling', confirming: false }).hint).toContain('取消后不扣款')
  expect(lessonWords(lessonWith(), { status: 'unsigned', confirming: false })).toMatchObject({
    status: '未上',
    hint: '课后扣 ¥180.00',
  })
})
