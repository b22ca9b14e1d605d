import { expect, test } from 'vitest'
import { planOf } from './paths.ts'

test('a plan opens by its id, and by a code, whose scene has room for the id without dashes only', () => {
  const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd'
  expect(planOf({ id })).toBe(id)
  expect(planOf({ scene: id.replace(/-/g, '') })).toBe(id)
  expect(planOf({ scene: encodeURIComponent(id) })).toBe(id)
  expect(planOf({})).toBe('')
})
