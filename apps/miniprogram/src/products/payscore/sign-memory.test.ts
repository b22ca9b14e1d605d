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

test('another plan is not in doubt, and what another version kept is nothing', () => {
  const storage = createMemoryStorage()
  const memory = createSignMemory(storage)
  memory.note('plan-1', 'signed-1', true)
  expect(memory.read('plan-2')).toBeUndefined()
  storage.write('signing', 'plan-1')
  expect(memory.read('plan-1')).toBeUndefined()
})

test('a phone that is full keeps nothing and stops nobody', () => {
  const full = () => {
    throw new Error('exceed storage max size')
  }
  const memory = createSignMemory({ ...createMemoryStorage(), write: full, remove: full })
  memory.note('plan-1', 'signed-1', true)
  memory.note('plan-1', 'signed-1', false)
  expect(memory.read('plan-1')).toBeUndefined()
})
