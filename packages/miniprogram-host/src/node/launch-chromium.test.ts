import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, FIXTURE, until } from '../testing/fixture.ts'
import { openBrowser } from './chromium.ts'
import { type LaunchOptions, launch } from './launch.ts'

vi.setConfig({ testTimeout: 30_000 })
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const drive = async (options: Partial<LaunchOptions> = {}) =>
  connect(await launch({ project: FIXTURE, ...options, browser, mode: 'chromium' }))

test('the glass is as wide as the device, and nothing stands beside it', async () => {
  const { launched, find } = await drive({ viewport: { width: 320, height: 568 } })
  expect(await launched.page.evaluate(() => [innerWidth, innerHeight, document.documentElement.scrollWidth])).toEqual([
    320, 568, 320,
  ])
  expect(await launched.page.locator('#host-panel').isVisible()).toBe(false)
  expect((await (await find('#pay')).size()).width).toBe(320)
})

test('a finger and the automator reach the same button', async () => {
  const { launched, tap, text } = await drive()
  await launched.page.tap('#maybe')
  await tap('#maybe')
  expect(await text('#taps')).toBe('2')
})

test('an error of the page itself is an exception for the client', async () => {
  const { launched, mini } = await drive()
  const heard: string[] = []
  mini.on('exception', ({ message }: { message: string }) => heard.push(message))
  await launched.page.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken page')
    }, 0)
  })
  await until(
    () => heard.length,
    (count) => count > 0,
  )
  expect(heard).toEqual(['broken page'])
})

test('a function runs although the page forbids eval, in the realm of the app and without its document', async () => {
  const { mini, launched } = await drive()
  const kinds = await mini.evaluate((given: string) => [given, typeof document, typeof window, typeof getApp], 'x')
  expect(kinds).toEqual(['x', 'undefined', 'undefined', 'function'])
  expect(await launched.page.locator('iframe').evaluateAll((frames) => frames.length)).toBe(1)
})

declare function getApp(): unknown

test('a page that was loaded anew answers under the same endpoint', async () => {
  const { mini, launched, tap } = await drive()
  await tap('#go')
  await launched.page.reload()
  expect((await mini.currentPage())?.path).toBe('pages/shop/index')
})

test('a shared browser stays open, and launches in it do not see each other', async () => {
  const [one, other] = [await drive(), await drive()]
  await one.mini.callWxMethod('setStorageSync', 'mine', 1)
  expect(await other.launched.storage()).toEqual({})
  await one.launched.close()
  expect([browser.isConnected(), (await other.mini.currentPage())?.path]).toEqual([true, 'pages/shop/index'])
})
