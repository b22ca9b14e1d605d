import * as v from 'valibot'
import { expect, test } from 'vitest'
import { createKept } from './kept.ts'
import { createMemoryStorage } from './storage.ts'

const Shelf = v.object({ goods: v.array(v.object({ id: v.string() })) })
const shelf = { goods: [{ id: 'ball' }] }

test('what was kept is there after a restart', () => {
  const storage = createMemoryStorage()
  createKept(storage, 'goods', Shelf).write(shelf)
  expect(createKept(storage, 'goods', Shelf).read()).toEqual(shelf)
})

test('nothing is read before anything was kept', () => {
  expect(createKept(createMemoryStorage(), 'goods', Shelf).read()).toBeUndefined()
})

test('what another version kept in another shape is not read', () => {
  const storage = createMemoryStorage()
  createKept(storage, 'goods', v.object({ items: v.array(v.string()) })).write({ items: ['ball'] })
  expect(createKept(storage, 'goods', Shelf).read()).toBeUndefined()
})

test('a phone without room keeps it as long as the app lives', () => {
  const full = {
    ...createMemoryStorage(),
    write: () => {
      throw new Error('setStorageSync:fail exceed storage max size')
    },
  }
  const kept = createKept(full, 'goods', Shelf)
  kept.write(shelf)
  expect(kept.read()).toEqual(shelf)
})
