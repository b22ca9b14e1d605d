import type { orders } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { createMemoryStorage } from '../shared/storage.ts'
import { orderWith } from '../testing/server.ts'
import { createOrderMemory } from './order-memory.ts'

const order = (id: string, status: orders.Order['status']) => orderWith({ id, status }) as orders.Order

test('an order in doubt is confirming wherever it is shown, until the doubt is over', () => {
  const memory = createOrderMemory(createMemoryStorage())
  memory.rememberOrders(order('a', 'pending'), order('b', 'pending'))
  memory.noteDoubt('a', true)
  expect([memory.orderSeen('a'), memory.orderSeen('b')]).toMatchObject([{ confirming: true }, { confirming: false }])
  memory.noteDoubt('a', undefined)
  expect(memory.isInDoubt('a')).toBe(true)
  memory.noteDoubt('a', false)
  expect(memory.orderSeen('a')).toMatchObject({ status: 'pending', confirming: false })
})

test('what the server knows for certain is in no doubt', () => {
  const memory = createOrderMemory(createMemoryStorage())
  memory.rememberOrders(order('a', 'paid'))
  memory.noteDoubt('a', true)
  expect(memory.orderSeen('a')).toMatchObject({ status: 'paid', confirming: false })
})

test('an answer that was overtaken does not call a paid order unpaid', () => {
  const memory = createOrderMemory(createMemoryStorage())
  memory.rememberOrders(order('a', 'paid'))
  memory.rememberOrders(order('a', 'pending'))
  expect(memory.orderSeen('a')).toMatchObject({ status: 'paid' })
})

test('WeChat closed over the sheet: the next start does not call the order unpaid, and believes who asked', () => {
  const storage = createMemoryStorage()
  createOrderMemory(storage).noteSheet('a')
  const next = createOrderMemory(storage)
  next.rememberOrders(order('a', 'pending'), order('b', 'pending'))
  expect([next.orderSeen('a'), next.orderSeen('b')]).toMatchObject([{ confirming: true }, { confirming: false }])
  expect(next.isInDoubt('a')).toBe(false)
  next.noteDoubt('a', false)
  expect(createOrderMemory(storage).orderSeen('a')).toBeUndefined()
  expect(storage.read('in-doubt')).toEqual([])
})

test('an order that the list shows as over is no longer kept as opened', () => {
  const storage = createMemoryStorage()
  const memory = createOrderMemory(storage)
  memory.noteSheet('a')
  memory.noteSheet('b')
  memory.rememberOrders(order('a', 'closed'), order('b', 'pending'))
  expect(storage.read('in-doubt')).toEqual(['b'])
})
