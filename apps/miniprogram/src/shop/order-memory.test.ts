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
  expect(storage.read('kept:opened')).toEqual([])
})

test('an order that the list shows as over is no longer kept as opened', () => {
  const storage = createMemoryStorage()
  const memory = createOrderMemory(storage)
  memory.noteSheet('a')
  memory.noteSheet('b')
  memory.rememberOrders(order('a', 'closed'), order('b', 'pending'))
  expect(storage.read('kept:opened')).toEqual(['b'])
})

test('an answer that was overtaken takes nothing back: paid stays paid, and what went back stays so', () => {
  const memory = createOrderMemory(createMemoryStorage())
  memory.rememberOrders(order('a', 'paid'), order('b', 'closed'))
  memory.rememberOrders(order('a', 'pending'), order('b', 'closing'))
  expect([memory.orderSeen('a')?.status, memory.orderSeen('b')?.status]).toEqual(['paid', 'closed'])
  memory.rememberOrders({ ...order('a', 'paid'), refundedFen: 500 })
  memory.rememberOrders(order('a', 'paid'))
  expect(memory.orderSeen('a')).toMatchObject({ status: 'paid', refundedFen: 500 })
})

test('a phone without room opens the sheet all the same', () => {
  const full = {
    ...createMemoryStorage(),
    write: () => {
      throw new Error('setStorageSync:fail exceed storage max size')
    },
  }
  const memory = createOrderMemory(full)
  memory.noteSheet('a')
  memory.rememberOrders(order('a', 'pending'))
  expect(memory.orderSeen('a')).toMatchObject({ confirming: true })
})
