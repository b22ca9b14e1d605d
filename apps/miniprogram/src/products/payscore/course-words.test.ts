import { plans } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { courseWith } from '../../testing/courses.ts'
import { cancelQuestion, courseWords } from './course-words.ts'

const statuses = [...plans.signPlanStatuses, 'unknown'] as const

test('every status of the contract has a word of its own', () => {
  const said = statuses.map((status) => courseWords(courseWith({ status })).title)
  expect(new Set(said).size).toBe(statuses.length)
})

test('a plan that WeChat has to be asked about is not called unsigned', () => {
  expect(courseWords(courseWith({ status: 'unsigned', confirming: true })).title).toBe('正在确认')
})

test('what comes next, and what it costs', () => {
  const paid = { status: 'paid', amountFen: 18_000 } as const
  expect(courseWords(courseWith()).hint).toBe('下一节课后扣 ¥180.00')
  expect(courseWords(courseWith({}, paid)).hint).toBe('下一节课后扣 ¥120.00')
  expect(courseWords(courseWith({}, paid, paid)).hint).toBe('下一节是送的，不扣款')
  expect(courseWords(courseWith({}, paid, { status: 'in_service' })).hint).toBe('第 2 节正在上，课后扣 ¥120.00')
  expect(courseWords(courseWith({}, paid, { status: 'deducting', amountFen: 6000 })).hint).toContain('正在扣 ¥60.00')
  expect(courseWords(courseWith({}, paid, paid, paid)).hint).toContain('等微信支付确认')
})

test('nothing is promised about what comes after a lesson that this version does not understand', () => {
  expect(courseWords(courseWith({}, { status: 'unknown' })).hint).toContain('更新小程序')
})

test('a cancelled plan says by whom, and what of it is still charged', () => {
  const hints = (['shopper', 'shop', 'service', 'unknown'] as const).map(
    (cancelledBy) => courseWords(courseWith({ status: 'cancelled', cancelledBy })).hint,
  )
  expect(new Set(hints).size).toBe(4)
  const { hint } = courseWords(courseWith({ status: 'cancelled', cancelledBy: 'shop' }, { status: 'in_service' }))
  expect(hint).toMatch(/商家结束.*第 1 节已经开始，¥180.00 仍然会扣/)
})

test('a lesson that WeChat may have collected is neither said to be collected nor to be owed', () => {
  const deducting = { status: 'deducting', amountFen: 18_000 } as const
  const unsure = courseWith({ confirming: true }, deducting)
  for (const said of [courseWords(unsure).hint, cancelQuestion(unsure).content]) {
    expect(said).toContain('第 1 节上完了，还不知道')
    expect(said).not.toMatch(/正在扣|仍然会扣|待支付/)
  }
  const cancelled = courseWith({ status: 'cancelled', confirming: true }, deducting)
  expect(courseWords(cancelled).hint).not.toMatch(/仍然会扣/)
})

test('a completed plan whose last lesson is still to be heard of does not say that nothing is collected', () => {
  const paid = { status: 'paid', amountFen: 18_000 } as const
  const completed = courseWith({ status: 'completed' }, paid, { status: 'deducting', amountFen: 12_000 })
  expect(courseWords(completed)).toMatchObject({ title: '已完成', hint: expect.stringContaining('正在扣 ¥120.00') })
})

test('the question before cancelling says what goes and what stays', () => {
  expect(cancelQuestion(courseWith()).content).toContain('没上的 3 节会取消，不扣款')
  const { content } = cancelQuestion(courseWith({}, { status: 'deducting', amountFen: 18_000 }))
  expect(content).toMatch(/没上的 2 节.*第 1 节已经上过，¥180.00 仍然会扣/)
  const last = cancelQuestion(courseWith({}, { status: 'paid' }, { status: 'paid' }, { status: 'in_service' }))
  expect(last.content).toMatch(/^第 3 节已经开始，不扣款/)
  for (const answer of [last.yes, last.no]) expect(answer.length).toBeLessThanOrEqual(4)
})
