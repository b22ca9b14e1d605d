import { expect, test } from 'vitest'
import { type Driven, drive, until } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

const PAGE = 'pages/platform/index'
const REFUSED = 'openSetting:fail can only be invoked by user TAP gesture.'

/** Runs code in the handler of a real tap; it calls `tell` with what it wants to say, once. */
async function inTap(driven: Driven, code: string): Promise<unknown> {
  await driven.mini.evaluate(`function () {
    const app = getApp()
    app.told = undefined
    app.job = () => {
      const tell = (told) => { app.told = told.errMsg || told }
      const open = () => wx.openSetting({ complete: tell })
      ${code}
    }
  }`)
  await driven.tap('#do')
  return () => driven.mini.evaluate(() => getApp().told ?? null)
}

const told = (read: unknown) => until(read as () => Promise<unknown>, (value) => value !== null)

test.each([
  ['openSetting', {}],
  ['requestSubscribeMessage', { tmplIds: ['t1'] }],
  ['getUserProfile', { desc: '展示' }],
  ['openCustomerServiceChat', { corpId: 'ww1', extInfo: { url: 'https://work.weixin.qq.com/kfid/1' } }],
])('%s without a tap is refused, also when automator calls it', async (method, options) => {
  const driven = await drive({ path: PAGE })
  const reason = `${method}:fail can only be invoked by user TAP gesture.`
  expect(await call(driven, method, options)).toMatchObject({ errMsg: reason })
  await expect(driven.mini.callWxMethod(method, options)).rejects.toThrow(reason)
})

test.each([
  ['the handler itself', 'open()'],
  ['a promise of the handler', 'Promise.resolve().then(() => 1).then(open)'],
  ['the callback of getSetting', 'wx.getSetting({ success: open })'],
  ['twice in one handler', 'wx.openSetting(); open()'],
])('%s has the tap', async (_, code) => {
  const driven = await drive({ path: PAGE })
  expect(await told(await inTap(driven, code))).toBe('openSetting:ok')
})

test.each([
  ['a timer', 'setTimeout(open, 0)'],
  ['the promise of getSetting', 'wx.getSetting().then(() => open())'],
  ['the callback of an API that hands nothing on', "wx.setStorage({ key: 'a', data: 1, success: open })"],
  ['a callback after the tap was spent', 'wx.getSetting({ success: open }); wx.openSetting()'],
  [
    'a failed dialog',
    "wx.showActionSheet({ itemList: ['一'], complete: open }); setTimeout(() => getApp().cancel(), 0)",
  ],
])('%s has lost the tap', async (_, code) => {
  const driven = await drive({ path: PAGE })
  const read = await inTap(driven, code)
  const cancel = await (await driven.page()).$('#action-cancel')
  await cancel?.tap()
  expect(await told(read)).toBe(REFUSED)
})

test('a dialog that the user confirms is a tap of its own', async () => {
  const driven = await drive({ path: PAGE })
  const read = await inTap(driven, "setTimeout(() => wx.showModal({ title: '去设置？', success: open }), 0)")
  await until(async () => (await driven.page()).$('#modal-confirm'), Boolean)
  await driven.tap('#modal-confirm')
  expect(await told(read)).toBe('openSetting:ok')
})

test('a request made in a tap hands it to its callbacks', async () => {
  const driven = await drive({ path: PAGE })
  const read = await inTap(driven, "wx.request({ url: 'http://127.0.0.1:1/', complete: open })")
  expect(await told(read)).toBe('openSetting:ok')
})

test('a payment gives a tap, however it ends', async () => {
  const driven = await drive({ path: PAGE })
  const read = await inTap(driven, 'setTimeout(() => wx.requestPayment({ timeStamp: 1, complete: open }), 0)')
  expect(await told(read)).toBe('openSetting:ok')
})

declare function getApp(): { told: unknown }
