import { expect, test } from 'vitest'
import { sumOf } from './quote.ts'

const plain = { amountFen: 10_000, discountFen: 0, discountName: null }
const byCard = { amountFen: 8000, discountFen: 2000, discountName: '每周三次卡' }

test('what a card takes off is shown when the server has said so, about these very prices', () => {
  expect(sumOf(10_000, byCard)).toEqual(byCard)
  expect(sumOf(10_000, plain)).toEqual(plain)
})

test('until then, and of a quote for other prices, the plain sum is shown', () => {
  expect(sumOf(10_000, undefined)).toEqual(plain)
  expect(sumOf(10_000, { ...byCard, amountFen: 8800 })).toEqual(plain)
})
