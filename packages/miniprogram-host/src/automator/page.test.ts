import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'

test('elements are found by id, class and tag, one or all', async () => {
  const { page } = await drive()
  const shop = await page()
  expect(await (await shop.$('#title'))?.text()).toBe('小店')
  expect((await shop.$$('.item .price')).length).toBe(2)
  expect(await shop.$('#none')).toBeNull()
})

test('data is read whole or by path, and can be set', async () => {
  const { page, text } = await drive()
  const shop = await page()
  expect(await shop.data('goods[1].name')).toBe('羽毛球')
  await shop.setData({ total: 500 })
  expect(await shop.data()).toMatchObject({ total: 500 })
  expect(await text('#total')).toBe('合计 5.00')
})

test('a method of the page is called with arguments and answers as JSON', async () => {
  const { page } = await drive()
  expect(await (await page()).callMethod('sum', 1, 2)).toEqual({ sum: 3, ready: true })
  await expect((await page()).callMethod('none')).rejects.toThrow('has no method none')
})

test('the size and scroll position of the page are numbers', async () => {
  const { page } = await drive()
  expect(await (await page()).size()).toEqual({ width: expect.any(Number), height: expect.any(Number) })
  expect(await (await page()).scrollTop()).toBe(0)
})

test('a page that was closed says so', async () => {
  const { tap, page } = await drive()
  await tap('#go')
  const result = await page()
  await tap('#back')
  await expect(result.data()).rejects.toThrow('is closed')
})
