import type { orders } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { orderWith } from '../testing/server.ts'
import { isInDoubt, noteDoubt, orderSeen, rememberOrders } from './orders-seen.ts'

const order = (id: string, status: orders.Order['status']) => orderWith({ id, status }) as orders.Order

test('an order in doubt is confirming wherever it is shown, until the doubt is over', () => {
  rememberOrders(order('a', 'pending'), order('b', 'pending'))
  noteDoubt('a', true)
  expect([orderSeen('a'), orderSeen('b')]).toMatchObject([{ confirming: true }, { confirming: false }])
  noteDoubt('a', undefined)
  expect(isInDoubt('a')).toBe(true)
  noteDoubt('a', false)
  expect(orderSeen('a')).toMatchObject({ status: 'pending', confirming: false })
})

test('what the server knows for certain is in no doubt', () => {
  rememberOrders(order('a', 'paid'))
  noteDoubt('a', true)
  expect(orderSeen('a')).toMatchObject({ status: 'paid', confirming: false })
})
