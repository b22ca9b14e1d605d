import { expect, test } from 'vitest'
import { type DrivenComponents, driveComponents } from '../testing/components.ts'
import { until } from '../testing/fixture.ts'
import { serveWechat } from '../testing/wechat.ts'

const SIGN = {
  title: '开通支付分计划',
  rows: [{ label: '计划', value: '羽毛球课3节' }],
  actions: [{ action: 'sign', label: '同意并开通' }],
}
const BUSINESS = '/_sim/client/open-business-view'
const scorePage = ({ action }: { action: string }) =>
  action === 'open'
    ? { errMsg: null, page: SIGN, referrerInfo: null }
    : { errMsg: null, page: null, referrerInfo: { appId: 'wxd8f3793ea3b935b8', extraData: { query_id: action } } }

const appWith = (url: string | undefined) =>
  driveComponents('visits', { openid: 'oShopper', ...(url && { simulatorUrl: url }) })

const showsOf = async ({ page }: DrivenComponents) => (await page()).callMethod('shows')

test('Pay Score is a page over the app, which comes back with scene 1038 and what it sends along', async () => {
  const wechat = await serveWechat({ [BUSINESS]: scorePage })
  const app = await appWith(wechat.url)
  await app.tap('#sign')
  await until(
    () => app.text('#said'),
    (said) => said === '"openBusinessView:ok"',
  )
  expect(await showsOf(app)).toEqual(['hide'])
  await app.tap('#visit-sign')
  await until(
    () => showsOf(app),
    (shows) => shows.length === 2,
  )
  expect((await showsOf(app))[1]).toEqual({
    scene: 1038,
    referrerInfo: { appId: 'wxd8f3793ea3b935b8', extraData: { query_id: 'sign' } },
  })
  expect(wechat.asked.map(({ action }) => action)).toEqual(['open', 'sign'])
  expect(wechat.asked[0]).toMatchObject({
    openid: 'oShopper',
    businessType: 'wxpayScorePlan',
    extraData: { package: 'AA' },
  })
})

test('a refusal of WeChat fails the call and the app stays in front', async () => {
  const refuse = () => ({ errMsg: 'openBusinessView:fail package expired', page: null, referrerInfo: null })
  const wechat = await serveWechat({ [BUSINESS]: refuse })
  const app = await appWith(wechat.url)
  await app.tap('#sign')
  await until(
    () => app.text('#said'),
    (said) => said === '"openBusinessView:fail package expired"',
  )
  expect(await showsOf(app)).toEqual([])
})

test('what WeChat’s page refuses it says on the page, and the app comes back when the user does', async () => {
  const WHY = { title: '开通支付分计划', rows: [{ label: '说明', value: '计划已停止' }], actions: [] }
  const wechat = await serveWechat({
    [BUSINESS]: ({ action }) => ({ errMsg: null, page: { open: SIGN, sign: WHY }[action] ?? null, referrerInfo: null }),
  })
  const app = await appWith(wechat.url)
  await app.tap('#sign')
  await app.tap('#visit-sign')
  await until(
    () => app.text('.host-sheet-row'),
    (text) => text.includes('计划已停止'),
  )
  expect(await showsOf(app)).toEqual(['hide'])
  await app.tap('#visit-back')
  await until(
    () => showsOf(app),
    (shows) => shows.length === 2,
  )
  expect(wechat.asked.map(({ action }) => action)).toEqual(['open', 'sign', 'back'])
})

test('a WeChat that does not know the page shows an empty one with the way back', async () => {
  const wechat = await serveWechat({})
  const app = await appWith(wechat.url)
  await app.tap('#sign')
  await until(
    () => app.find('#visit-back').catch(() => undefined),
    (found) => found !== undefined,
  )
  await app.tap('#visit-back')
  await until(
    () => showsOf(app),
    (shows) => shows.length === 2,
  )
  expect((await showsOf(app))[1]).toEqual({ scene: 1038, referrerInfo: { appId: 'wxd8f3793ea3b935b8', extraData: {} } })
})

test('another mini-program opens after a tap and a yes; without either it does not', async () => {
  const wechat = await serveWechat({ '/_sim/client/navigate-to-mini-program': scorePage })
  const app = await appWith(wechat.url)
  await app.tap('#jump')
  await app.tap('#jump-cancel')
  await until(
    () => app.text('#said'),
    (said) => said === '"navigateToMiniProgram:fail cancel"',
  )
  await app.tap('#late')
  await until(
    () => app.text('#said'),
    (said) => said === '"navigateToMiniProgram:fail can only be invoked by user TAP gesture."',
  )
  expect(wechat.asked).toEqual([])
  await app.tap('#jump')
  await app.tap('#jump-allow')
  await until(
    () => app.text('#said'),
    (said) => said === '"navigateToMiniProgram:ok"',
  )
  expect(wechat.asked[0]).toMatchObject({
    action: 'open',
    appId: 'wxcc2e4fbc5887661e',
    path: expect.stringContaining('token=t'),
  })
})

test('a share button shows the card that goes out, with the page it opens', async () => {
  const app = await appWith(undefined)
  await app.tap('#share')
  expect([await app.text('#share-title'), await app.text('#share-path')]).toEqual([
    '来自 button 球拍',
    'pages/fields/index?id=7',
  ])
  await app.tap('#share-confirm')
  expect(await (await app.page()).$('#share-title')).toBeNull()
})
