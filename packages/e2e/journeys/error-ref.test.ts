import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

interface Line {
  readonly msg: string
  readonly ref?: string
  readonly thrown?: string
}

const openGoods = ({ mini }: Phone, id: string) =>
  mini.callWxMethod('navigateTo', { url: `/shop/pages/goods/index?id=${id}` })

/** What the shopper would read to customer service. */
async function shownRef(phone: Phone): Promise<string> {
  const [, ref = ''] = /^编号 ([0-9A-HJKMNP-TV-Z]{8})$/.exec(await phone.text('.error-ref')) ?? []
  expect(ref).not.toBe('')
  return ref
}

inBothModes((shop, mode) => {
  const lines = (): Line[] =>
    (shop.house.servers[0]?.log() ?? '').split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))

  /** The lines that `grep` finds, once there is one of that kind. */
  const linesWith = (text: string, msg: string) =>
    eventually(
      async () => lines().filter((line) => JSON.stringify(line).includes(text)),
      (found) => found.some((line) => line.msg === msg),
      { what: `${msg} with ${text}` },
    )

  test('the short id on a page that failed finds the line of the log, and a tap copies it', async () => {
    const phone = await shop.open()
    await openGoods(phone, 'none')
    const ref = await shownRef(phone)
    expect(await linesWith(ref, 'request')).toEqual([
      expect.objectContaining({ ref, operation: 'GET /api/goods/:id', status: 404, code: 'GOODS_NOT_FOUND' }),
    ])
    await phone.tap('.error-ref')
    expect(await phone.mini.callWxMethod('getClipboardData', {})).toMatchObject({ data: ref })
  })

  test('a failure that the server saw nothing of has an id too, and is told of when the network is back', async () => {
    const phone = await shop.open()
    await phone.mini.mockWxMethod('request', { errMsg: 'request:fail errcode:-106 net::ERR_INTERNET_DISCONNECTED' })
    await openGoods(phone, 'none')
    const ref = await shownRef(phone)
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
    const phone = await shop.open()
    await phone.find('#goods-towel')
    const canary = `canary in ${mode}`
    await phone.mini.evaluate((text: string) => {
      Promise.reject(new TypeError(text))
    }, `${canary} of oUpF8uMuAJO_M2pxb1Q9zNjWeS6o 13800138000 王小明`)
    const [line] = await linesWith(canary, 'reported by the mini-program')
    expect(line).toMatchObject({ kind: 'rejection', page: 'shop/pages/shop/index' })
    expect(shop.house.servers[0]?.log()).not.toMatch(/oUpF8uMu|13800138000|王小明/)
    const metrics = await (await fetch(`${shop.house.servers[0]?.url}/metrics`)).text()
    expect(metrics).toMatch(/^shouyin_app_reports_total\{kind="rejection",code=""\} [1-9]/m)
  })
})
