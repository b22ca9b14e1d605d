import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { buildMiniprogram, closeBrowser, openPhone, type Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

let house: House
let phone: Phone

beforeAll(async () => {
  ;[house] = await Promise.all([openHouse(), buildMiniprogram()])
})
afterAll(async () => {
  await closeBrowser()
  await house?.close()
})
beforeEach(async () => {
  phone = await openPhone(house)
})
afterEach(() => phone.close())

const openGoods = (id: string) => phone.mini.callWxMethod('navigateTo', { url: `/shop/pages/goods/index?id=${id}` })

/** What the shopper would read to customer service. */
async function shownRef(): Promise<string> {
  const [, ref = ''] = /^编号 ([0-9A-HJKMNP-TV-Z]{8})$/.exec(await phone.text('.error-ref')) ?? []
  expect(ref).not.toBe('')
  return ref
}

interface Line {
  readonly msg: string
  readonly ref?: string
  readonly thrown?: string
}

const lines = (): Line[] =>
  (house.servers[0]?.log() ?? '').split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))

/** The lines that `grep` finds, once there is one of that kind. */
const linesWith = (text: string, msg: string) =>
  eventually(
    async () => lines().filter((line) => JSON.stringify(line).includes(text)),
    (found) => found.some((line) => line.msg === msg),
    { what: `${msg} with ${text}` },
  )

test('the short id on a page that failed finds the line of the log, and a tap copies it', async () => {
  await openGoods('none')
  const ref = await shownRef()
  expect(await linesWith(ref, 'request')).toEqual([
    expect.objectContaining({ ref, operation: 'GET /api/goods/:id', status: 404, code: 'GOODS_NOT_FOUND' }),
  ])
  await phone.tap('.error-ref')
  expect(await phone.mini.callWxMethod('getClipboardData', {})).toMatchObject({ data: ref })
})

test('a failure that the server saw nothing of has an id too, and is told of when the network is back', async () => {
  await phone.mini.mockWxMethod('request', { errMsg: 'request:fail errcode:-106 net::ERR_INTERNET_DISCONNECTED' })
  await openGoods('none')
  const ref = await shownRef()
  await phone.mini.restoreWxMethod('request')
  expect(await linesWith(ref, 'reported by the mini-program')).toEqual([
    expect.objectContaining({
      ...{ ref, kind: 'failed-request', code: 'OFFLINE', operation: 'GET /api/goods/:id' },
      page: 'shop/pages/goods/index',
      thrown: 'RequestFailed: request:fail errcode:-106 net::ERR_INTERNET_DISCONNECTED',
    }),
  ])
})

test('what nobody caught is told of without anything personal, and counted', async () => {
  await phone.find('#goods-towel')
  await phone.mini.evaluate(() => {
    Promise.reject(new TypeError('canary of oUpF8uMuAJO_M2pxb1Q9zNjWeS6o 13800138000 王小明'))
  })
  const [line] = await linesWith('canary', 'reported by the mini-program')
  expect(line).toMatchObject({ kind: 'rejection', page: 'shop/pages/shop/index' })
  expect(house.servers[0]?.log()).not.toMatch(/oUpF8uMu|13800138000|王小明/)
  const metrics = await (await fetch(`${house.servers[0]?.url}/metrics`)).text()
  expect(metrics).toMatch(/^shouyin_app_reports_total\{kind="rejection",code=""\} [1-9]/m)
})
