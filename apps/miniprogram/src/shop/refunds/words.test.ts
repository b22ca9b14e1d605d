import { refunds } from '@shouyin/contracts/shopper'
import { describe, expect, test } from 'vitest'
import { headWords, isMoving, originWords, refundWords } from './words.ts'

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

test.each([
  ['支付用户零钱', '已退款', '你的零钱'],
  ['支付用户的零钱通', '已退款', '你的零钱通'],
  ['招商银行信用卡0403', '已退款', '招商银行信用卡0403'],
  ['商户结算银行账户', '退款转由商家支付', '另外转给你'],
])('money that went to %s is told so that its owner understands', (account, title, hint) => {
  expect(refundWords({ ...refund, status: 'succeeded', account })).toEqual({
    title,
    hint: expect.stringContaining(hint),
  })
})

describe('the head of an order', () => {
  const of = (...members: object[]) => ({
    refunds: members.map((one) => ({ ...refund, id: 'r', status: 'succeeded', createdAt: '', finishedAt: '', ...one })),
    refundableFen: 0,
  })
  const head = (status: string, ...members: object[]) =>
    headWords({ status, amountFen: 100 }, of(...members) as Parameters<typeof headWords>[1])?.title

  test('says that all is back when it is, and not before', () => {
    expect(head('paid', { amountFen: 40 }, { amountFen: 60 })).toBe('已退款')
    expect(head('paid', { amountFen: 40 })).toBeUndefined()
    expect(head('paid', { amountFen: 100, status: 'processing' })).toBeUndefined()
    expect(head('paid')).toBeUndefined()
  })

  test('of an order that was paid twice stays: it was paid, and only the second payment is back', () => {
    expect(head('paid', { amountFen: 100, origin: 'automatic' })).toBeUndefined()
  })

  test('of an order that was closed first tells what becomes of a later payment', () => {
    expect(head('closed')).toBeUndefined()
    expect(head('closed', { amountFen: 100, origin: 'automatic' })).toBe('已关闭')
  })
})

test('a refund that nobody asked for says why it is there', () => {
  expect(originWords({ origin: 'automatic', reason: null })).toContain('自动退回')
  expect(originWords({ origin: 'automatic', reason: '重复支付退款' })).toBe('重复支付退款')
  expect(originWords({ origin: 'shop', reason: null })).toBe('商家退款')
  expect(originWords({ origin: 'shopper', reason: '买错了' })).toBe('买错了')
})

test('what is final is not asked for again', () => {
  expect(statuses.filter((status) => isMoving({ status }))).toEqual(['requested', 'processing', 'abnormal'])
})
