import { expect, test } from 'vitest'
import { createMemoryStorage } from '../../shared/storage.ts'
import { createSignMemory } from './sign-memory.ts'

test('what is in doubt outlives the app, until it is in doubt no more', () => {
  const storage = createMemoryStorage()
  createSignMemory(storage).note('plan-1', 'signed-1', true)
  expect(createSignMemory(storage).read('plan-1')).toBe('signed-1')
  createSignMemory(storage).note('plan-1', 'signed-1', false)
  expect(createSignMemory(storage).read('plan-1')).toBeUndefined()
})

test('plans are in doubt one by one: what becomes of one says nothing of another', () => {
  const memory = createSignMemory(createMemoryStorage())
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
  expect(createSignMemory(storage).all()).toEqual([])
})
