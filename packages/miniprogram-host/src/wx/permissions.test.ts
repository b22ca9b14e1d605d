import { expect, test } from 'vitest'
import { type Driven, drive, until } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

/** What the call answers when the user then taps a button of the sheet. */
async function answered(driven: Driven, method: string, options: object, button: string): Promise<unknown> {
  const answer = call(driven, method, options)
  await until(async () => (await driven.page()).$(button), Boolean)
  await driven.tap(button)
  return answer
}

/** Calls it in the handler of a real tap, where it may ask. */
async function tapped({ mini, tap }: Driven, method: string, options: object): Promise<void> {
  await mini.evaluate(
    (name: string, given: object) => {
      getApp().job = () => {
        const complete = (told: unknown): void => {
          getApp().told = told
        }
        wx[name]?.({ ...given, complete })
      }
    },
    method,
    options,
  )
  await tap('#do')
}

const told = (driven: Driven) =>
  until(
    () => driven.mini.evaluate(() => getApp().told ?? null) as unknown as Promise<unknown>,
    (value) => value !== null,
  )

test('a scope that the user allows stays allowed and is shown by getSetting', async () => {
  const driven = await drive()
  const scope = 'scope.writePhotosAlbum'
  expect(await answered(driven, 'authorize', { scope }, '#authorize-allow')).toEqual({ errMsg: 'authorize:ok' })
  expect(await call(driven, 'authorize', { scope })).toEqual({ errMsg: 'authorize:ok' })
  expect(await call(driven, 'getSetting')).toEqual({ errMsg: 'getSetting:ok', authSetting: { [scope]: true } })
})

test('a scope that the user refuses fails, at once the next time', async () => {
  const driven = await drive()
  const scope = 'scope.userLocation'
  const denied = { errMsg: 'authorize:fail auth deny', errno: 103 }
  expect(await answered(driven, 'authorize', { scope }, '#authorize-refuse')).toEqual(denied)
  expect(await call(driven, 'authorize', { scope })).toEqual(denied)
})

test('automator answers the sheet, and the back arrow asks, by their own names', async () => {
  const driven = await drive()
  const answer = call(driven, 'authorize', { scope: 'scope.record' })
  await until(async () => (await driven.page()).$('#authorize-allow'), Boolean)
  await driven.mini.native().authorizeAllow()
  expect(await answer).toEqual({ errMsg: 'authorize:ok' })
  await call(driven, 'navigateTo', { url: '/pages/platform/index' })
  await call(driven, 'enableAlertBeforeUnload', { message: '还没保存' })
  await driven.mini.native().navigateLeft()
  expect((await driven.mini.pageStack()).length).toBe(2)
  await driven.mini.native().confirmModal()
  await until(
    async () => (await driven.mini.pageStack()).length,
    (depth) => depth === 1,
  )
})

test('a scope that WeChat does not have is refused', async () => {
  const driven = await drive()
  expect(await call(driven, 'authorize', { scope: 'scope.wallet' })).toEqual({ errMsg: 'authorize:fail invalid scope' })
})

test.each([
  ['#authorize-allow', 'accept'],
  ['#authorize-refuse', 'reject'],
])('after %s every template of a subscription is told %s', async (button, expected) => {
  const driven = await drive({ path: 'pages/platform/index' })
  await tapped(driven, 'requestSubscribeMessage', { tmplIds: ['t1', 't2'] })
  await driven.tap(button)
  expect(await told(driven)).toEqual({ errMsg: 'requestSubscribeMessage:ok', t1: expected, t2: expected })
})

test.each([
  [[], 10001, "TmplIds can't be empty"],
  [['1', '2', '3', '4'], 20003, 'Templates count out of max bounds'],
])('a subscription to %j is refused with the code %i', async (tmplIds, errCode, reason) => {
  const driven = await drive()
  expect(await call(driven, 'requestSubscribeMessage', { tmplIds })).toEqual({
    errMsg: `requestSubscribeMessage:fail ${reason}`,
    errCode,
  })
})

test('a profile is that of nobody in particular', async () => {
  const driven = await drive({ path: 'pages/platform/index' })
  await tapped(driven, 'getUserProfile', { desc: '展示头像' })
  expect(await told(driven)).toMatchObject({ userInfo: { nickName: '微信用户', gender: 0 } })
  expect(await call(driven, 'getUserInfo')).toMatchObject({ userInfo: { nickName: '微信用户' } })
})

test('a call is made when the user says so, and cancelled otherwise', async () => {
  const driven = await drive()
  const options = { phoneNumber: '10086' }
  expect(await answered(driven, 'makePhoneCall', options, '#modal-confirm')).toEqual({ errMsg: 'makePhoneCall:ok' })
  expect(await answered(driven, 'makePhoneCall', options, '#modal-cancel')).toEqual({
    errMsg: 'makePhoneCall:fail cancel',
  })
})

test('pictures are shown over the page from the wanted one on, until a tap', async () => {
  const driven = await drive()
  const urls = ['https://a.cn/1.png', 'https://a.cn/2.png']
  expect(await call(driven, 'previewImage', { urls, current: urls[1] })).toEqual({ errMsg: 'previewImage:ok' })
  const shown = await driven.find('.host-pictures')
  expect([await shown.text(), await (await driven.find('.host-pictures img')).attribute('src')]).toEqual([
    '2/2',
    urls[1],
  ])
  await shown.tap()
  expect(await (await driven.page()).$('.host-pictures')).toBeNull()
})

test('what has no counterpart here fails by name', async () => {
  const driven = await drive()
  expect(await call(driven, 'saveImageToPhotosAlbum', { filePath: 'a.png' })).toEqual({
    errMsg: 'saveImageToPhotosAlbum:fail this host has no photo album',
  })
})

declare function getApp(): { job(): unknown; told: unknown }
declare const wx: Record<string, (options: object) => unknown>
