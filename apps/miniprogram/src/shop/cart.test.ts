import { expect, test } from 'vitest'
import { createMemoryStorage } from '../shared/storage.ts'
import { type Cart, countOf, createCartStore, MAX_LINES, priceCart, quantityOf, withQuantity } from './cart.ts'

const cart: Cart = [
  { goodsId: 'ball', quantity: 2 },
  { goodsId: 'court', quantity: 1 },
]

test('a new line comes first, a known one keeps its place', () => {
  expect(withQuantity(cart, 'racket', 1).map((line) => line.goodsId)).toEqual(['racket', 'ball', 'court'])
  expect(withQuantity(cart, 'court', 3).map((line) => line.quantity)).toEqual([2, 3])
})

test('quantities stay within 1 and 99, and 0 takes the line out', () => {
  expect(quantityOf(withQuantity(cart, 'ball', 250), 'ball')).toBe(99)
  expect(withQuantity(cart, 'ball', 0)).toEqual([{ goodsId: 'court', quantity: 1 }])
  expect(withQuantity(cart, 'ball', -5)).toEqual([{ goodsId: 'court', quantity: 1 }])
})

test('a full cart takes no new line, as the server would refuse the order', () => {
  const full = Array.from({ length: MAX_LINES }, (_, n) => ({ goodsId: `g${n}`, quantity: 1 }))
  expect(withQuantity(full, 'one-more', 1)).toEqual(full)
  expect(quantityOf(withQuantity(full, 'g7', 2), 'g7')).toBe(2)
})

test('prices are those on sale now; what is no longer on sale is named and not counted', () => {
  const { lines, gone, totalFen } = priceCart(cart, [{ id: 'ball', priceFen: 1990 }])
  expect(lines.map((line) => line.amountFen)).toEqual([3980])
  expect(gone).toEqual([{ goodsId: 'court', quantity: 1 }])
  expect(totalFen).toBe(3980)
})

test('the cart outlives the app', () => {
  const storage = createMemoryStorage()
  createCartStore(storage).set(cart)
  expect(createCartStore(storage).get()).toEqual(cart)
  expect(countOf(createCartStore(storage).get())).toBe(3)
})

test.each([
  ['nothing', undefined, []],
  ['another shape', { ball: 2 }, []],
  ['a broken line', [{ goodsId: 'ball', quantity: 2 }, { goodsId: 7 }, null], [{ goodsId: 'ball', quantity: 2 }]],
])('%s in storage does not break the app', (_, stored, expected) => {
  const storage = createMemoryStorage()
  if (stored) storage.write('cart', stored)
  expect(createCartStore(storage).get()).toEqual(expected)
})

test('screens hear of changes until they are gone', () => {
  const store = createCartStore(createMemoryStorage())
  let heard = 0
  const leave = store.subscribe(() => {
    heard += 1
  })
  store.set(cart)
  leave()
  store.set([])
  expect(heard).toBe(1)
})
