import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

test.each([
  'setTabBarItem',
  'setTabBarStyle',
  'showTabBar',
  'hideTabBar',
  'setTabBarBadge',
  'removeTabBarBadge',
  'showTabBarRedDot',
  'hideTabBarRedDot',
])('%s is refused outside the tab pages', async (method) => {
  const driven = await drive({ path: 'pages/result/index?id=1' })
  expect(await call(driven, method, { index: 0, text: '1' })).toEqual({ errMsg: `${method}:fail not TabBar page` })
})

test('what the app changes about the bar is drawn, and only that', async () => {
  const driven = await drive()
  const { host } = driven.launched
  let drawn = 0
  const badges: unknown[] = []
  host.chrome.routed = () => {
    drawn += 1
  }
  host.chrome.badge = (_, index, text) => void badges.push([index, text])
  await call(driven, 'setTabBarItem', { index: 1, text: '我的', iconPath: 'icons/me.png' })
  await call(driven, 'setTabBarStyle', { selectedColor: '#ff0000' })
  await call(driven, 'hideTabBar')
  await call(driven, 'setTabBarBadge', { index: 1, text: '3' })
  await call(driven, 'hideTabBarRedDot', { index: 1 })
  expect([drawn, badges]).toEqual([
    3,
    [
      [1, '3'],
      [1, ''],
    ],
  ])
  expect(host.config.tabBar).toMatchObject({ color: '#888888', selectedColor: '#ff0000', isHidden: true })
  expect(host.config.tabBar?.list[1]).toEqual({ pagePath: 'pages/form/index', text: '我的', iconPath: 'icons/me.png' })
  await call(driven, 'showTabBar')
  expect(host.config.tabBar?.isHidden).toBe(false)
})

test('a tab that does not exist is refused', async () => {
  const driven = await drive()
  expect(await call(driven, 'setTabBarBadge', { index: 2, text: '1' })).toEqual({
    errMsg: 'setTabBarBadge:fail invalid index',
  })
})

test('the bar above the page is changed for this page alone', async () => {
  const driven = await drive({ path: 'pages/platform/index' })
  const { host } = driven.launched
  await call(driven, 'showNavigationBarLoading')
  await call(driven, 'hideHomeButton')
  expect(host.stack[0]?.window).toMatchObject({ isLoading: true, isHomeButtonHidden: true })
  await call(driven, 'hideNavigationBarLoading')
  await call(driven, 'navigateTo', { url: '/pages/result/index?id=1' })
  expect(host.stack.map(({ window }) => window.isLoading)).toEqual([false, undefined])
})
