import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launch, openBrowser } from '../../index.ts'
import { connect, LOOKS, until } from '../../testing/fixture.ts'

/** What needs boxes with sizes. */
vi.setConfig({ testTimeout: 30_000 })
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const VIEWPORT = { width: 390, height: 844, pixelRatio: 3, safeAreaBottom: 34 }

async function open(path: string) {
  const driven = await connect(await launch({ project: LOOKS, path, mode: 'chromium', browser, viewport: VIEWPORT }))
  const { page } = driven.launched
  const style = (selector: string, name: string): Promise<string> =>
    page.locator(selector).evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)
  return { ...driven, glass: page, style }
}

test('viewport units, rpx, the safe area and media queries mean the phone that shows the page', async () => {
  const { glass, style } = await open('pages/cart/index')
  const [full, page] = await Promise.all(
    ['#full', 'wx-page:not([hidden])'].map((one) => glass.locator(one).boundingBox()),
  )
  expect(full).toMatchObject({ width: 195, height: page?.height })
  expect(await style('#full', 'padding-bottom')).toBe('34px')
  expect(await style('#bar-high', 'height')).toBe('104px')
})

test('a custom tab bar stands at the bottom of the glass, and the page reaches behind it', async () => {
  const { glass } = await open('pages/home/index')
  const box = await glass.locator('.tabs').boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(VIEWPORT.height)
  await glass.locator('.tab').nth(1).tap()
  await until(
    () => glass.locator('wx-page:not([hidden]) .selected').textContent(),
    (text) => text === 'pages/cart/index',
  )
})

test('the phone turns dark while the computer is light', async () => {
  const { launched, style, glass } = await open('pages/plain/index')
  expect(await style('wx-page', 'background-color')).toBe('rgb(240, 240, 240)')
  await launched.set({ theme: 'dark' })
  expect(await style('wx-page', 'background-color')).toBe('rgb(25, 25, 25)')
  expect(await glass.evaluate(() => matchMedia('(prefers-color-scheme: light)').matches)).toBe(true)
})

test('components are isolated in a browser as in Node', async () => {
  const { style } = await open('pages/home/index')
  const looks = (selector: string) =>
    Promise.all(['z-index', 'margin-left', 'padding-left'].map((name) => style(selector, name)))
  expect(await looks('#page-note')).toEqual(['1', '10px', '4px'])
  expect(await looks('#isolated .inner')).toEqual(['auto', '0px', '1px'])
  expect(await looks('#slotted')).toEqual(['1', '10px', '4px'])
  expect(await looks('#outfit .note')).toEqual(['1', '10px', '5px'])
  expect(await style('#isolated', 'display')).toBe('flex')
  expect(await style('#page-note', 'margin-top')).toBe('3px')
})

test('an app’s tag selectors reach no part of the host', async () => {
  const { glass } = await open('pages/home/index')
  const outside = await glass.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => !element.closest('wx-page'))
      .filter((element) => getComputedStyle(element).letterSpacing === '3px'),
  )
  expect(outside).toEqual([])
})
