import { expect, test } from 'vitest'
import { launch } from '../index.ts'
import { drive, FIXTURE } from '../testing/fixture.ts'

const paths = (pages: { path: string }[]) => pages.map(({ path }) => path)

test('switching tabs keeps the other tab alive behind it', async () => {
  const { mini, page } = await drive()
  const shop = await page()
  await shop.setData({ total: 700 })
  await mini.callWxMethod('switchTab', { url: '/pages/form/index' })
  expect(paths(await mini.pageStack())).toEqual(['pages/form/index'])
  await mini.callWxMethod('switchTab', { url: '/pages/shop/index' })
  expect(await (await page()).data('total')).toBe(700)
})

test('switching to a tab closes the pages above it', async () => {
  const { mini, tap } = await drive()
  await tap('#go')
  await mini.callWxMethod('switchTab', { url: '/pages/shop/index' })
  expect(paths(await mini.pageStack())).toEqual(['pages/shop/index'])
})

test('redirect replaces the page, relaunch clears the stack', async () => {
  const { mini, tap, launched } = await drive()
  await tap('#go')
  await mini.callWxMethod('redirectTo', { url: '/pages/result/index?id=8' })
  expect(paths(await mini.pageStack())).toEqual(['pages/shop/index', 'pages/result/index'])
  await mini.callWxMethod('reLaunch', { url: '/pages/result/index?id=9' })
  expect(paths(await mini.pageStack())).toEqual(['pages/result/index'])
  expect(launched.host.stack[0]?.window.navigationBarTitleText).toBe('第 9 号')
})

test.each([
  ['navigateTo', '/pages/form/index', 'can not navigateTo a tabbar page'],
  ['switchTab', '/pages/result/index', 'can not switch to no-tabBar page'],
  ['navigateTo', '/pages/none/index', 'page "pages/none/index" is not found'],
  ['navigateBack', '', 'cannot navigate back at first page.'],
])('%s to %j is refused as WeChat refuses it', async (method, url, reason) => {
  const { mini } = await drive()
  await expect(mini.callWxMethod(method, { url })).rejects.toThrow(`${method}:fail ${reason}`)
})

test('the eleventh page on the stack is refused', async () => {
  const { mini } = await drive()
  for (let depth = 1; depth < 10; depth += 1)
    await mini.callWxMethod('navigateTo', { url: `/pages/result/index?id=${depth}` })
  await expect(mini.callWxMethod('navigateTo', { url: '/pages/result/index?id=10' })).rejects.toThrow(
    'webview count limit exceed',
  )
})

test('a cold start opens any page with its query and tells the app about it', async () => {
  const { mini, text } = await drive({ path: 'pages/result/index?id=42', query: { name: 'x' }, scene: 1007 })
  expect(await text('#query')).toBe('42 x')
  expect(await mini.callWxMethod('getLaunchOptionsSync')).toEqual({
    path: 'pages/result/index',
    query: { id: '42', name: 'x' },
    scene: 1007,
    referrerInfo: {},
    apiCategory: 'default',
  })
  const events = await mini.evaluate(() => (getApp() as unknown as { events: unknown[] }).events)
  expect(events).toEqual([['launch', 'pages/result/index', 1007], ['show']])
})

declare function getApp(): unknown

test('a start on a page that does not exist names the pages that do', async () => {
  await expect(launch({ project: FIXTURE, path: 'pages/none' })).rejects.toThrow(
    'The mini-program has no page pages/none: start at one of pages/shop/index, pages/form/index, ',
  )
})
