import type { CustomElement } from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { drive, LOOKS, until } from '../testing/fixture.ts'

const looks = (path?: string) => drive({ project: LOOKS, ...(path !== undefined && { path }) })

test('every tab page carries its own instance, which its page finds by getTabBar', async () => {
  const { mini, find, page, text, launched } = await looks()
  expect(await text('.selected')).toBe('pages/home/index')
  await (await (await page()).$$('.tab'))[1]?.tap()
  await until(
    async () => (await page()).path,
    (path) => path === 'pages/cart/index',
  )
  expect(await text('.selected')).toBe('pages/cart/index')
  await mini.callWxMethod('switchTab', { url: '/pages/home/index' })
  await until(
    async () => (await page()).path,
    (path) => path === 'pages/home/index',
  )
  expect(await text('.selected')).toBe('pages/home/index')
  const bars = [...launched.host.tabCache.values()].map(({ tabBar }) => tabBar?.instance)
  expect(new Set(bars).size).toBe(2)
  expect(await (await find('.selected')).style('color')).toBe('rgb(7, 193, 96)')
})

test('a component within the bar finds the same bar', async () => {
  const { find } = await looks()
  expect(await (await find<CustomElement>('custom-tab-bar')).callMethod('self')).toBe(true)
})

test('a page that is no tab has none, and getTabBar says null', async () => {
  const { page } = await looks('pages/plain/index')
  expect(await (await page()).callMethod('hasTabBar')).toBe(false)
  expect(await (await page()).$('.tabs')).toBeNull()
})
