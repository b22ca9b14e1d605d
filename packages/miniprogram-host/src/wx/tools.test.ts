import { expect, test } from 'vitest'
import { resize } from '../core/resize.ts'
import { drive } from '../testing/fixture.ts'
import { heard } from '../testing/in-app.ts'

test('bytes become base64 and come back, as buffers of the app’s own realm', async () => {
  const { mini } = await drive()
  const seen = await mini.evaluate(`function () {
    const buffer = wx.base64ToArrayBuffer('5Y+v/w==')
    return [buffer instanceof ArrayBuffer, [...new Uint8Array(buffer)], wx.arrayBufferToBase64(buffer)]
  }`)
  expect(seen).toEqual([true, [0xe5, 0x8f, 0xaf, 0xff], '5Y+v/w=='])
})

test('random values are as many as asked for, and never the same twice', async () => {
  const { mini } = await drive()
  const seen = await mini.evaluate(`async function () {
    const one = async (length) => (await wx.getRandomValues({ length })).randomValues
    const [a, b] = [await one(16), await one(16)]
    return [a instanceof ArrayBuffer, a.byteLength, wx.arrayBufferToBase64(a) === wx.arrayBufferToBase64(b)]
  }`)
  expect(seen).toEqual([true, 16, false])
})

test('an animation is exported step by step, and only once', async () => {
  const { mini } = await drive()
  const seen = await mini.evaluate(`function () {
    const animation = wx.createAnimation({ duration: 200, timingFunction: 'ease' })
    animation.translateX(10).opacity(0.5).step()
    animation.width(20).step({ delay: 5, transformOrigin: '0 0' })
    return [animation.export(), animation.export()]
  }`)
  const moved = { type: 'translateX', args: [10] }
  const faded = { type: 'style', args: ['opacity', 0.5] }
  const transition = { duration: 200, timingFunction: 'ease', delay: 0 }
  expect(seen).toEqual([
    {
      actions: [
        { animates: [moved, faded], option: { transformOrigin: '50% 50% 0', transition } },
        {
          animates: [moved, faded, { type: 'style', args: ['width', '20px'] }],
          option: { transformOrigin: '0 0', transition: { ...transition, delay: 5 } },
        },
      ],
    },
    { actions: [] },
  ])
})

test('without layout nothing comes into view', async () => {
  const driven = await drive({ path: 'pages/platform/index' })
  await heard(driven)
  await driven.mini.evaluate(`function () {
    const observer = wx.createIntersectionObserver(undefined, { observeAll: true })
    observer.relativeToViewport({ bottom: 50 }).observe('#do', () => getApp().heard.push(['seen']))
    observer.disconnect()
  }`)
  expect(await heard(driven)).toEqual([])
})

test('a media query is answered at once, and again when the phone has another size', async () => {
  const driven = await drive({ path: 'pages/platform/index' })
  await heard(driven)
  await driven.mini.evaluate(`function () {
    getApp().observer = wx.createMediaQueryObserver()
    getApp().observer.observe({ minWidth: 500, orientation: 'landscape' }, ({ matches }) => getApp().heard.push([matches]))
  }`)
  resize(driven.launched.host, { width: 400 })
  resize(driven.launched.host, { width: 800, height: 400 })
  expect((await heard(driven)).filter(([told]) => typeof told === 'boolean')).toEqual([[false], [true]])
  await driven.mini.evaluate('function () { getApp().observer.disconnect() }')
  resize(driven.launched.host, { width: 300, height: 700 })
  expect((await heard(driven)).filter(([told]) => typeof told === 'boolean')).toEqual([])
})

test('every member of the system information is there', async () => {
  const { mini } = await drive({ conditions: { fontSizePx: 20 } })
  const info = await mini.callWxMethod('getSystemInfoSync')
  expect(info).toMatchObject({
    fontSizeSetting: 20,
    platform: 'devtools',
    deviceOrientation: 'portrait',
  })
  expect(await mini.callWxMethod('getAppBaseInfo')).toMatchObject({
    fontSizeScaleFactor: 1.25,
    host: { env: 'WeChat' },
  })
  const wanted =
    'SDKVersion albumAuthorized benchmarkLevel bluetoothEnabled brand cameraAuthorized deviceOrientation enableDebug ' +
    'fontSizeSetting host language locationAuthorized locationEnabled locationReducedAccuracy microphoneAuthorized model ' +
    'notificationAlertAuthorized notificationAuthorized notificationBadgeAuthorized notificationSoundAuthorized ' +
    'phoneCalendarAuthorized pixelRatio platform safeArea screenHeight screenWidth statusBarHeight system version ' +
    'wifiEnabled windowHeight windowWidth'
  expect(Object.keys(info as object)).toEqual(expect.arrayContaining(wanted.split(' ')))
})

test('performance has entries for nothing', async () => {
  const { mini } = await drive()
  expect(await mini.evaluate('function () { return wx.getPerformance().getEntries() }')).toEqual([])
})
