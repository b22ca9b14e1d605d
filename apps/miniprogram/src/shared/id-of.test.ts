import { expect, test } from 'vitest'
import { idOf } from './id-of.ts'

test('what is on offer opens by its id, and by a code, whose scene has room for the id without dashes only', () => {
  const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd'
  expect(idOf({ id })).toBe(id)
  expect(idOf({ scene: id.replace(/-/g, '') })).toBe(id)
  expect(idOf({ scene: encodeURIComponent(id) })).toBe(id)
  expect(idOf({})).toBe('')
})
