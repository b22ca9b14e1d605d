import { expect, test } from 'vitest'
import { pagesInARow } from './pages-in-a-row.ts'

const page = (orders: readonly number[], next: string | null = null) => ({ orders, next })
const shown = (first: ReturnType<typeof page>, behind: [after: string, page: ReturnType<typeof page>][]) =>
  pagesInARow(first, new Map(behind)).flatMap(({ orders }) => orders)

test('pages stand in their order, whichever was fetched first', () => {
  expect(
    shown(page([6, 5], '5'), [
      ['3', page([2, 1])],
      ['5', page([4, 3], '3')],
    ]),
  ).toEqual([6, 5, 4, 3, 2, 1])
})

test('a page that was on its way while an order came leaves no gap: it waits for the one before it', () => {
  const late: [string, ReturnType<typeof page>] = ['5', page([4, 3])]
  expect(shown(page([7, 6], '6'), [late])).toEqual([7, 6])
  expect(shown(page([7, 6], '6'), [late, ['6', page([5], '5')]])).toEqual([7, 6, 5, 4, 3])
})

test('a page that was fetched twice stands there once', () => {
  const twice: [string, ReturnType<typeof page>] = ['5', page([4, 3])]
  expect(shown(page([6, 5], '5'), [twice, twice])).toEqual([6, 5, 4, 3])
})

test('the last page is followed by none', () => {
  expect(shown(page([2, 1]), [['1', page([0])]])).toEqual([2, 1])
})
