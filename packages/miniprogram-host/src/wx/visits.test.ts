import { describe, expect, test } from 'vitest'
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

describe('the discount card', () => {
  const TAKE = {
    title: '先享卡·领取',
    rows: [{ label: '未完成约定', value: '微信将扣回已享受的优惠，最高¥30.00' }],
    actions: [{ action: 'take', label: '同意并领取' }],
  }
  const HELD = {
    title: '先享卡·详情',
    rows: [{ label: '提前退出', value: '现在退出将扣款¥5.00' }],
    actions: [{ action: 'quit', label: '退出先享卡' }],
  }
  const NAVIGATION = '/_sim/client/navigate-to-mini-program'
  const CARD = { appId: 'wxcc2e4fbc5887661e' }
  const cardPage = ({ action, path }: { action: string; path?: string }) =>
    action === 'open'
      ? { errMsg: null, page: path?.startsWith('/pages/get-card/') ? TAKE : HELD, referrerInfo: null }
      : { errMsg: null, page: null, referrerInfo: CARD }

  test.each([
    ['#jump', '#visit-take', 'take', '最高¥30.00', '/pages/get-card/get-card?prepare_card_token=t'],
    ['#jump', '#visit-back', 'back', '最高¥30.00', '/pages/get-card/get-card?prepare_card_token=t'],
    ['#card', '#visit-quit', 'quit', '将扣款¥5.00', '/pages/card-detail/card-detail?mchid=1900000001&out_card_code=c'],
  ])(
    'after %s shows its sheet; %s is told as %s, and the app comes back with scene 1038',
    async (from, id, action, row, path) => {
      const wechat = await serveWechat({ [NAVIGATION]: cardPage })
      const app = await appWith(wechat.url)
      await app.tap(from)
      expect(await app.text('.host-permission-box')).toContain('即将打开小程序 先享卡')
      await app.tap('#jump-allow')
      await until(
        () => app.text('#said'),
        (said) => said === '"navigateToMiniProgram:ok"',
      )
      expect(await app.text('.host-sheet-row')).toContain(row)
      expect(await showsOf(app)).toEqual(['hide'])
      await app.tap(id)
      await until(
        () => showsOf(app),
        (shows) => shows.length === 2,
      )
      // No document names extraData of these pages; a phone gives an empty one.
      expect((await showsOf(app))[1]).toEqual({ scene: 1038, referrerInfo: { ...CARD, extraData: {} } })
      expect(wechat.asked.map((asked) => asked.action)).toEqual(['open', action])
      expect(wechat.asked[1]).toMatchObject({ openid: 'oShopper', ...CARD, path, extraData: {} })
    },
  )

  test('which WeChat does not give stays on its page with the reason, until the user goes back', async () => {
    const WHY = { ...TAKE, rows: [{ label: '提示', value: '未通过申请，当前服务未上线' }], actions: [] }
    const wechat = await serveWechat({
      [NAVIGATION]: ({ action }) => ({
        errMsg: null,
        page: { open: TAKE, take: WHY }[action] ?? null,
        referrerInfo: action === 'back' ? CARD : null,
      }),
    })
    const app = await appWith(wechat.url)
    await app.tap('#jump')
    await app.tap('#jump-allow')
    await app.tap('#visit-take')
    await until(
      () => app.text('.host-sheet-row'),
      (text) => text.includes('未通过申请，当前服务未上线'),
    )
    expect(await showsOf(app)).toEqual(['hide'])
    await app.tap('#visit-back')
    await until(
      () => showsOf(app),
      (shows) => shows.length === 2,
    )
    expect(wechat.asked.map(({ action }) => action)).toEqual(['open', 'take', 'back'])
  })

  test('which the user does not want to see asks nothing of WeChat', async () => {
    const wechat = await serveWechat({ [NAVIGATION]: cardPage })
    const app = await appWith(wechat.url)
    await app.tap('#card')
    await app.tap('#jump-cancel')
    await until(
      () => app.text('#said'),
      (said) => said === '"navigateToMiniProgram:fail cancel"',
    )
    expect([wechat.asked, await showsOf(app)]).toEqual([[], []])
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
