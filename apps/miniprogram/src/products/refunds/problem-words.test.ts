import { refunds } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import './problem-words.ts'
import { codesOf, withoutWords } from '../../testing/problem-codes.ts'

test('whatever a route of this product may answer has words of its own', () => {
  const codes = codesOf(refunds)
  expect(codes).toContain('REFUND_EXCEEDS_ORDER')
  expect(withoutWords(codes)).toEqual([])
})
