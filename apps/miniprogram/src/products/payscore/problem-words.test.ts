import { lessons, plans } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import './problem-words.ts'
import { codesOf, withoutWords } from '../../testing/problem-codes.ts'

test('whatever a route of this product may answer has words of its own', () => {
  const codes = codesOf(lessons, plans)
  expect(codes).toContain('LESSON_NOT_OWED')
  expect(withoutWords(codes)).toEqual([])
})
