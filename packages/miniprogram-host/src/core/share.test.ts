import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'
import { call, heard } from '../testing/in-app.ts'
import { addToFavorites, shareMenu, shareMessage, shareTimeline } from './share.ts'

const PAGE = 'pages/platform/index?id=7'

test('a card says what the page wrote, and the page is told who asked', async () => {
  const driven = await drive({ path: PAGE })
  await heard(driven)
  expect(await shareMessage(driven.launched.host, 'button', { id: 'share', dataset: {} })).toEqual({
    title: '一起买',
    path: 'pages/result/index?id=1',
    imageUrl: undefined,
  })
  expect(await heard(driven)).toEqual([['share', 'button', 'share']])
})

test.each([
  ['nothing', 'undefined'],
  ['an empty answer', '{}'],
  ['a promise that fails', "{ promise: Promise.reject(new Error('no')) }"],
])('%s shares the page itself, under the name of the mini-program', async (_, card) => {
  const driven = await drive({ path: PAGE })
  await driven.mini.evaluate(`function () { getApp().card = () => (${card}) }`)
  expect(await shareMessage(driven.launched.host, 'menu')).toMatchObject({ title: '小店', path: PAGE })
})

test('a card may come later: its promise wins over what was said at once', async () => {
  const driven = await drive({ path: PAGE })
  await driven.mini.evaluate(
    `function () { getApp().card = () => ({ title: '先', promise: Promise.resolve({ title: '后', path: '/pages/shop/index' }) }) }`,
  )
  expect(await shareMessage(driven.launched.host, 'menu')).toMatchObject({ title: '后', path: 'pages/shop/index' })
})

test('Moments and favorites carry the open page; only its query is the app’s', async () => {
  const { launched } = await drive({ path: PAGE })
  expect(shareTimeline(launched.host)?.path).toBe('pages/platform/index?id=2')
  expect(addToFavorites(launched.host)?.path).toBe(PAGE)
})

test('the menu offers only what the page has written, and what it has not hidden', async () => {
  const driven = await drive({ path: PAGE })
  const { host } = driven.launched
  expect(shareMenu(host)).toEqual({ message: true, timeline: true, favorite: true })
  await call(driven, 'hideShareMenu', { menus: ['shareTimeline'] })
  expect(shareMenu(host)).toMatchObject({ message: true, timeline: false })
  await call(driven, 'hideShareMenu')
  expect(shareMenu(host)).toMatchObject({ message: false, timeline: false })
  await call(driven, 'showShareMenu', { menus: ['shareAppMessage', 'shareTimeline'] })
  expect(shareMenu(host)).toMatchObject({ message: true, timeline: true })
  await call(driven, 'navigateTo', { url: '/pages/result/index' })
  expect(shareMenu(host)).toMatchObject({ message: false })
})
