import { expect, test } from 'vitest'
import { type Driven, drive } from '../testing/fixture.ts'
import { call, heard } from '../testing/in-app.ts'
import { backFromMiniProgram, fromCard, fromCode, fromLink, fromMiniProgram } from './entry.ts'
import { enterBackground, enterForeground } from './foreground.ts'
import { settle } from './start.ts'

const PAGE = 'pages/platform/index'
const launchOptions = ({ mini }: Driven) => mini.callWxMethod('getLaunchOptionsSync')
const enterOptions = ({ mini }: Driven) => mini.callWxMethod('getEnterOptionsSync')
const stack = async ({ mini }: Driven) => (await mini.pageStack()).map(({ path }) => path)

test.each([
  ['a card', fromCard(PAGE), { scene: 1007, query: {} }],
  ['a card in a group', fromCard(PAGE, 'ticket'), { scene: 1044, shareTicket: 'ticket' }],
  [
    'a mini-program code',
    fromCode(`${PAGE}?a=1`, 'id=7&c=可'),
    { scene: 1047, query: { a: '1', scene: 'id%3D7%26c%3D%E5%8F%AF' } },
  ],
  [
    'an ordinary QR code',
    fromLink(PAGE, 'https://a.cn/?x=1'),
    { scene: 1011, query: { q: 'https%3A%2F%2Fa.cn%2F%3Fx%3D1' } },
  ],
  [
    'another mini-program',
    fromMiniProgram('wx1', PAGE, { a: 1 }),
    { scene: 1037, referrerInfo: { appId: 'wx1', extraData: { a: 1 } } },
  ],
])('%s starts the app on its page with its scene', async (_, entry, expected) => {
  const driven = await drive(entry)
  expect(await launchOptions(driven)).toMatchObject({ path: PAGE, ...expected })
  expect(await enterOptions(driven)).toEqual(await launchOptions(driven))
  expect((await heard(driven))[0]).toEqual(['load', 'query' in expected ? expected.query : {}])
})

test('coming back without a path keeps the pages and changes only what the app is told', async () => {
  const driven = await drive(fromCard(PAGE))
  const { host } = driven.launched
  await driven.mini.evaluate(() => wx.onAppShow(({ scene }) => getApp().heard.push(['app show', scene])))
  await heard(driven)
  enterBackground(host)
  enterForeground(host, backFromMiniProgram('wxscore', { query_id: 'q1' }))
  expect(await heard(driven)).toEqual([
    ['hide'],
    ['watcher hide'],
    ['save exit state'],
    ['app hide'],
    ['app show', 1038],
    ['show'],
    ['watcher show'],
  ])
  const referrerInfo = { appId: 'wxscore', extraData: { query_id: 'q1' } }
  expect(await enterOptions(driven)).toMatchObject({ path: PAGE, scene: 1038, referrerInfo })
  expect(await launchOptions(driven)).toMatchObject({ scene: 1007, referrerInfo: {} })
})

test('returning from the home screen keeps the last scene and forgets the referrer', async () => {
  const driven = await drive(fromMiniProgram('wx1', PAGE))
  enterBackground(driven.launched.host)
  enterForeground(driven.launched.host)
  expect(await enterOptions(driven)).toMatchObject({ scene: 1037, referrerInfo: {} })
})

test('coming back with a path relaunches there: every page before is closed', async () => {
  const driven = await drive({ path: 'pages/result/index' })
  await call(driven, 'navigateTo', { url: `/${PAGE}` })
  enterBackground(driven.launched.host)
  enterForeground(driven.launched.host, fromCard('pages/result/index?id=9'))
  await settle(driven.launched.host)
  expect(await stack(driven)).toEqual(['pages/result/index'])
  expect(await driven.text('#query')).toBe('9 ')
  expect(await heard(driven)).toContainEqual(['unload'])
})

test('leaving twice is leaving once', async () => {
  const driven = await drive({ path: PAGE })
  await heard(driven)
  enterBackground(driven.launched.host)
  enterBackground(driven.launched.host)
  expect((await heard(driven)).filter(([what]) => what === 'app hide')).toHaveLength(1)
})

test('an app that replaces a page that does not exist starts on its own choice', async () => {
  const driven = await drive({
    path: 'pages/gone/index?id=3',
    storage: { 'home for missing pages': '/pages/result/index?id=0' },
  })
  expect(await stack(driven)).toEqual(['pages/result/index'])
  expect(await heard(driven)).toContainEqual(['page not found', 'pages/gone/index', { id: '3' }, true])
})

test('a warm start on a page that does not exist is told to listeners, and named when nobody replaces it', async () => {
  const driven = await drive({ path: PAGE })
  await driven.mini.evaluate(() => wx.onPageNotFound(({ path }) => getApp().heard.push(['wx heard', path])))
  expect(() => enterForeground(driven.launched.host, fromCard('pages/gone/index'))).toThrow(
    'The mini-program has no page pages/gone/index',
  )
  expect(await heard(driven)).toContainEqual(['wx heard', 'pages/gone/index'])
})

declare const wx: {
  onAppShow(listener: (options: { scene: number }) => void): void
  onPageNotFound(listener: (options: { path: string }) => void): void
}
declare function getApp(): { heard: unknown[] }
