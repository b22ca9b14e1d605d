import * as shopper from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { codesOf, withoutWords } from '../testing/problem-codes.ts'

test('whatever a route may answer that no product has for itself has words of its own', () => {
  const { cards, lessons, plans, refunds, ...everywhere } = shopper
  const codes = codesOf(...Object.values(everywhere).filter((module) => typeof module === 'object'))
  expect(codes).toContain('ORDER_EXPIRED')
  expect(withoutWords(codes)).toEqual([])
})
