import { expect, test } from 'vitest'
import { createDoubts } from './doubts.ts'
import { createMemoryStorage } from './storage.ts'

test('what is in doubt outlives the app, until it is in doubt no more', () => {
  const storage = createMemoryStorage()
  createDoubts(storage, 'signing').note('plan-1', 'signed-1', true)
  expect(createDoubts(storage, 'signing').read('plan-1')).toBe('signed-1')
  createDoubts(storage, 'signing').note('plan-1', 'signed-1', false)
  expect(createDoubts(storage, 'signing').read('plan-1')).toBeUndefined()
})

test('offers are in doubt one by one: what becomes of one says nothing of another', () => {
  const memory = createDoubts(createMemoryStorage(), 'signing')
  memory.note('plan-1', 'signed-1', true)
  memory.note('plan-2', 'signed-2', true)
  memory.note('plan-2', 'signed-3', true)
  expect(memory.all()).toEqual(['signed-1', 'signed-3'])
  memory.note('plan-2', 'signed-3', false)
  expect([memory.read('plan-1'), memory.read('plan-2')]).toEqual(['signed-1', undefined])
  memory.settle('signed-1')
  expect(memory.all()).toEqual([])
})

test('what another version kept is nothing', () => {
  const storage = createMemoryStorage()
  storage.write('kept:signing', 'plan-1')
  expect(createDoubts(storage, 'signing').all()).toEqual([])
})

test('what is in doubt of one product is none of another', () => {
  const storage = createMemoryStorage()
  createDoubts(storage, 'signing').note('plan-1', 'signed-1', true)
  expect(createDoubts(storage, 'taking').all()).toEqual([])
})
