import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'
import { call, heard } from '../testing/in-app.ts'
import { goBack } from './back.ts'
import { currentPage } from './host.ts'
import { resize } from './resize.ts'
import { tapTab } from './tabs.ts'

const PAGE = 'pages/platform/index'

test('a page and its opener talk through the two ends of a channel', async () => {
  const driven = await drive()
  await driven.mini.evaluate(
    () =>
      new Promise((resolve) => {
        wx.navigateTo({
          url: '/pages/platform/index?id=5',
          events: { opened: (told: unknown) => getApp().heard.push(['opener heard', told]) },
          success: ({ eventChannel }) => {
            eventChannel.emit('greet', '你好')
            resolve(undefined)
          },
        })
      }),
  )
  expect(await heard(driven)).toEqual([
    ['load', { id: '5' }],
    ['opener heard', { id: '5' }],
    ['show'],
    ['watcher show'],
    ['greeted', '你好'],
  ])
})

test('once hears one event, off hears none, and a page without an opener has no channel', async () => {
  const driven = await drive({ path: PAGE })
  const emitted = await driven.mini.evaluate(
    () =>
      new Promise((resolve) => {
        const told: unknown[] = []
        wx.navigateTo({
          url: '/pages/platform/index',
          success: ({ eventChannel }) => {
            const opened = getCurrentPages()[1]?.getOpenerEventChannel()
            opened?.once('a', (value) => told.push(['once', value]))
            opened?.on('a', (value) => told.push(['on', value]))
            eventChannel.emit('a', 1)
            eventChannel.emit('a', 2)
            opened?.off('a')
            eventChannel.emit('a', 3)
            resolve([told, Object.keys(getCurrentPages()[0]?.getOpenerEventChannel() ?? { missing: 1 })])
          },
        })
      }),
  )
  const once = [
    ['once', 1],
    ['on', 1],
    ['on', 2],
  ]
  expect(emitted).toEqual([once, []])
})

test('a page may be a Component: lifecycles are its methods, the query its properties', async () => {
  const driven = await drive({ path: 'pages/platform/component?id=a%3Db&count=3' })
  expect(await driven.text('#title')).toBe('a%3Db 3 a%3Db')
  await call(driven, 'navigateTo', { url: '/pages/result/index' })
  expect(await heard(driven)).toEqual([['component page show'], ['component page hide']])
})

test('components hear when their page hides, shows and changes its size', async () => {
  const driven = await drive({ path: PAGE })
  await call(driven, 'navigateTo', { url: '/pages/result/index' })
  await call(driven, 'navigateBack')
  resize(driven.launched.host, { width: 760, height: 375, statusBarHeight: 0 })
  const size = { windowWidth: 760, windowHeight: 331 }
  expect((await heard(driven)).slice(3)).toEqual([
    ['hide'],
    ['watcher hide'],
    ['show'],
    ['watcher show'],
    ['resize', size],
    ['watcher resize', size],
  ])
  expect(await driven.mini.callWxMethod('getWindowInfo')).toMatchObject(size)
})

test('a tap on a tab tells the page that is open afterwards, with the place of the tab as a text', async () => {
  const { mini, launched } = await drive()
  await mini.evaluate(() => {
    getCurrentPages()[0]?.setData({ total: 1 })
  })
  const told = (index: number) =>
    new Promise((resolve) => {
      tapTab(launched.host, index)
      const page = currentPage(launched.host)
      if (page) page.instance.onTabItemTap = resolve
      tapTab(launched.host, index)
    })
  expect(await told(1)).toEqual({ index: '1', pagePath: 'pages/form/index', text: '表单' })
})

test('a page that asks before it is left stays when the user says no, and is left by the app without a question', async () => {
  const driven = await drive()
  const { mini, launched, tap } = driven
  await call(driven, 'navigateTo', { url: `/${PAGE}` })
  await call(driven, 'enableAlertBeforeUnload', { message: '还没保存' })
  const depth = async () => (await mini.pageStack()).length
  void goBack(launched.host)
  await tap('#modal-cancel')
  expect(await depth()).toBe(2)
  void goBack(launched.host)
  await tap('#modal-confirm')
  await until(depth, (pages) => pages === 1)
  await call(driven, 'navigateTo', { url: `/${PAGE}` })
  await call(driven, 'enableAlertBeforeUnload', { message: '还没保存' })
  await call(driven, 'navigateBack')
  expect(await depth()).toBe(1)
  await call(driven, 'navigateTo', { url: `/${PAGE}` })
  await call(driven, 'enableAlertBeforeUnload', { message: '还没保存' })
  await call(driven, 'disableAlertBeforeUnload')
  await goBack(launched.host)
  expect(await depth()).toBe(1)
})

interface Channel {
  emit(event: string, ...args: unknown[]): void
  on(event: string, listener: (value: unknown) => void): void
  once(event: string, listener: (value: unknown) => void): void
  off(event: string): void
}
declare const wx: {
  navigateTo(options: { url: string; events?: object; success(result: { eventChannel: Channel }): void }): void
}
declare function getApp(): { heard: unknown[] }
declare function getCurrentPages(): { getOpenerEventChannel(): Channel; setData(data: object): void }[]
