import { orders } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { orderTone, orderWords, sumWords } from './order-words.ts'

const order = { status: 'pending', confirming: false, amountFen: 1990, refundedFen: 0 } as const

test('every status of the contract has a word of its own', () => {
  const statuses = [...orders.orderStatuses, 'unknown'] as const
  const said = statuses.map((status) => orderWords({ ...order, status }))
  expect(new Set(said).size).toBe(statuses.length)
  expect(said.every((word) => word.length > 1)).toBe(true)
})

test('an order that WeChat has to be asked about is not called unpaid', () => {
  expect(orderWords({ ...order, confirming: true })).toBe('正在确认')
})

test('refunds are told apart', () => {
  expect(orderWords({ ...order, status: 'paid', refundedFen: 100 })).toBe('部分退款')
  expect(orderWords({ ...order, status: 'paid', refundedFen: 1990 })).toBe('已退款')
})

test('only a paid order is shown as good news', () => {
  const good = [...orders.orderStatuses].filter((status) => orderTone({ ...order, status }) === 'good')
  expect(good).toEqual(['paid'])
  expect(orderTone({ ...order, status: 'paid', refundedFen: 100 })).toBe('quiet')
})

test('a sum is called paid only when it is, and due only when that is certain', () => {
  const statuses = [...orders.orderStatuses, 'unknown'] as const
  const said = (confirming: boolean, words: string) =>
    statuses.filter((status) => sumWords({ status, confirming }) === words)
  expect(said(false, '实付')).toEqual(['paid'])
  expect(said(false, '应付')).toEqual(['pending'])
  expect(said(true, '应付')).toEqual([])
})
