import { expect, test } from 'vitest'
import { createIdempotency } from './idempotency.ts'
import { createMemoryStorage } from './storage.ts'

const body = { items: [{ goodsId: 'ball', quantity: 1 }] }

test('a key has the shape that the server demands', () => {
  expect(createIdempotency(createMemoryStorage(), 'order').keyFor(body)).toMatch(/^[A-Za-z0-9_-]{16,128}$/)
})

test('the same body gets the same key until the answer is final, also after the app was killed', () => {
  const storage = createMemoryStorage()
  const key = createIdempotency(storage, 'order').keyFor(body)
  expect(createIdempotency(storage, 'order').keyFor(body)).toBe(key)
})

test('another body gets another key', () => {
  const idempotency = createIdempotency(createMemoryStorage(), 'order')
  const key = idempotency.keyFor(body)
  expect(idempotency.keyFor({ items: [{ goodsId: 'ball', quantity: 2 }] })).not.toBe(key)
})

test('after a final answer the same body is another order', () => {
  const idempotency = createIdempotency(createMemoryStorage(), 'order')
  const key = idempotency.keyFor(body)
  idempotency.settle()
  expect(idempotency.keyFor(body)).not.toBe(key)
})

test('a thousand keys are a thousand keys', () => {
  const idempotency = createIdempotency(createMemoryStorage(), 'order')
  const keys = Array.from({ length: 1000 }, (_, number) => idempotency.keyFor({ number }))
  expect(new Set(keys).size).toBe(1000)
})
