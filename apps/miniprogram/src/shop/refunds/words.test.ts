import { refunds } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { isMoving, originWords, refundWords } from './words.ts'

const refund = { origin: 'shopper', reason: '买错了', note: null, account: null } as const
const statuses = [...refunds.refundStatuses, 'unknown'] as const

test('every status of the contract has a word of its own', () => {
  const said = statuses.map((status) => refundWords({ ...refund, status }).title)
  expect(new Set(said).size).toBe(statuses.length)
})

test('only money that is back is called refunded', () => {
  const claims = statuses.filter((status) => refundWords({ ...refund, status }).title === '已退款')
  expect(claims).toEqual(['succeeded'])
})

test('a no comes with what the shop said, money with where it went', () => {
  expect(refundWords({ ...refund, status: 'declined', note: '课程已经上完' }).hint).toContain('课程已经上完')
  expect(refundWords({ ...refund, status: 'succeeded', account: '招商银行信用卡0403' }).hint).toContain('0403')
})

test('a refund that nobody asked for says why it is there', () => {
  expect(originWords({ origin: 'automatic', reason: null })).toContain('自动退回')
  expect(originWords({ origin: 'shop', reason: null })).toBe('商家退款')
  expect(originWords({ origin: 'shopper', reason: '买错了' })).toBe('买错了')
})

test('what is final is not asked for again', () => {
  expect(statuses.filter((status) => isMoving({ status }))).toEqual(['requested', 'processing', 'abnormal'])
})
