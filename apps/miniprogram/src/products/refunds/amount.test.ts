import { expect, test } from 'vitest'
import { readAmount } from './amount.ts'

test.each([
  ['68', 6800],
  ['0.01', 1],
  ['19.9', 1990],
  ['19.90', 1990],
  [' 39.00 ', 3900],
  ['7.', 700],
  ['0.29', 29],
])('%s yuan are %i fen', (text, fen) => {
  expect(readAmount(text, 6800)).toEqual({ kind: 'sum', fen })
})

test.each(['', '.', '.5', 'abc', '1.234', '-1', '1e3', '1,000', '１２'])('"%s" is no sum of money', (text) => {
  expect(readAmount(text, 6800)).toMatchObject({ kind: 'wrong', hint: expect.stringContaining('两位小数') })
})

test('neither nothing nor more than what is left goes back', () => {
  expect(readAmount('0.00', 6800)).toMatchObject({ kind: 'wrong', hint: expect.stringContaining('至少') })
  expect(readAmount('68.01', 6800)).toMatchObject({ kind: 'wrong', hint: expect.stringContaining('超过') })
})
