import { expect, test } from 'vitest'
import { agreePrivacy } from '../core/privacy.ts'
import { type Driven, drive, until } from '../testing/fixture.ts'
import { call, heard } from '../testing/in-app.ts'

const REFUSED = { errMsg: 'setClipboardData:fail privacy permission is not authorized', errno: 104 }
const start = () => drive({ path: 'pages/platform/index', conditions: { needsPrivacyConsent: true } })
const copy = (driven: Driven) => call(driven, 'setClipboardData', { data: 'x' })

/** The app draws its own dialog: it keeps `resolve` and writes down who asked. */
async function ownDialog(driven: Driven): Promise<void> {
  await heard(driven)
  await driven.mini.evaluate(() =>
    wx.onNeedPrivacyAuthorization((resolve, info) => {
      getApp().resolve = resolve
      getApp().heard.push(['asked', info.referrer])
    }),
  )
}

const asked = (driven: Driven) =>
  until(
    () => heard(driven),
    ({ length }) => length > 0,
  )
const answer = (driven: Driven, given: object) => driven.mini.evaluate((told: object) => getApp().resolve(told), given)

test('without a dialog of the app WeChat asks, and goes on when the user agrees', async () => {
  const driven = await start()
  const first = copy(driven)
  const second = call(driven, 'getClipboardData')
  await until(async () => (await driven.page()).$('#privacy-agree'), Boolean)
  await driven.tap('#privacy-agree')
  expect([(await first).errMsg, (await second).errMsg]).toEqual(['setClipboardData:ok', 'getClipboardData:ok'])
  expect(await (await driven.page()).$('#privacy-agree')).toBeNull()
  expect(await call(driven, 'getPrivacySetting')).toMatchObject({ needAuthorization: false })
})

test('a refusal fails with errno 104, and WeChat does not ask again at once', async () => {
  const driven = await start()
  const refused = copy(driven)
  await until(async () => (await driven.page()).$('#privacy-refuse'), Boolean)
  await driven.tap('#privacy-refuse')
  expect(await refused).toEqual(REFUSED)
  expect(await copy(driven)).toEqual({ ...REFUSED, errMsg: `${REFUSED.errMsg} in gap` })
  expect(await call(driven, 'getPrivacySetting')).toMatchObject({ needAuthorization: true })
})

test('the dialog of the app is told who asks, and its button lets the API go on', async () => {
  const driven = await start()
  await ownDialog(driven)
  const copied = copy(driven)
  expect(await asked(driven)).toEqual([['asked', 'setClipboardData']])
  await answer(driven, { event: 'exposureAuthorization' })
  await driven.mini.evaluate(() => {
    getApp().job = () => getApp().resolve({ event: 'agree', buttonId: 'agree' })
  })
  await driven.tap('#agree')
  expect(await copied).toMatchObject({ errMsg: 'setClipboardData:ok' })
  expect(await call(driven, 'getPrivacySetting')).toMatchObject({ needAuthorization: false })
})

test.each([
  ['disagreeing', { event: 'disagree' }],
  ['naming a button that nobody tapped', { event: 'agree', buttonId: 'agree' }],
])('%s fails the API', async (_, given) => {
  const driven = await start()
  await ownDialog(driven)
  const copied = copy(driven)
  await asked(driven)
  await answer(driven, given)
  expect(await copied).toEqual(REFUSED)
})

test('requirePrivacyAuthorize asks on behalf of a later API', async () => {
  const driven = await start()
  await ownDialog(driven)
  const required = call(driven, 'requirePrivacyAuthorize')
  expect(await asked(driven)).toEqual([['asked', 'requirePrivacyAuthorize']])
  agreePrivacy(driven.launched.host, 'mine')
  await answer(driven, { event: 'agree', buttonId: 'mine' })
  expect(await required).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' })
  expect(await copy(driven)).toMatchObject({ errMsg: 'setClipboardData:ok' })
})

test('what touches no personal data waits for nobody', async () => {
  const driven = await start()
  expect(await call(driven, 'setStorage', { key: 'a', data: 1 })).toEqual({ errMsg: 'setStorage:ok' })
})

declare const wx: {
  onNeedPrivacyAuthorization(listener: (resolve: (given: object) => void, info: { referrer: string }) => void): void
}
declare function getApp(): { heard: unknown[]; resolve(given: object): void; job(): void }
