import { afterEach, expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { callsOf, setNetwork } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

/** Of one page of the list. */
const PAGE_ORDERS = 20

/** What the app asked of the server, oldest first: `GET /api/goods`. */
async function requests({ launched }: Phone): Promise<string[]> {
  const calls = (await launched.calls()).filter(({ method }) => method === 'request')
  return calls.map(({ args: [request] }) => {
    const { method, url } = Object(request)
    return `${method} ${String(url).replace(/^\w+:\/\/[^/]+/, '')}`
  })
}

inBothModes((shop) => {
  afterEach(() => shop.house.pool.query(`update goods set price_fen = 3900 where id = 'towel'`))

  /** The phone of somebody who saw the shelf before. */
  async function openAgain(networkType: 'wifi' | 'none'): Promise<Phone> {
    const phone = await shop.open()
    await phone.find('#goods-towel')
    return shop.reopen(phone, { conditions: { networkType } })
  }

  test('the first screen takes one request and no login', async () => {
    const phone = await shop.open()
    await phone.find('#goods-towel')
    expect(await requests(phone)).toEqual(['GET /api/goods'])
    expect(await callsOf(phone, 'login')).toEqual([])
  })

  test('a thing on the shelf opens without waiting for the server', async () => {
    const phone = await shop.open()
    await phone.find('#goods-towel')
    await setNetwork(phone, 'none')
    await phone.tap('#goods-towel')
    await phone.find('#add')
  })

  test('who comes back without a network sees the shelf, and reads that it is from before until the network is back', async () => {
    const phone = await openAgain('none')
    await phone.find('#goods-towel')
    await phone.sees('#stale', '网络断开了')
    await setNetwork(phone, 'wifi')
    await eventually(
      async () => phone.look('#stale'),
      (strip) => strip === null,
      { what: 'no strip any more' },
    )
  })

  test('checkout asks for the prices of now, however old the shelf is', async () => {
    const phone = await openAgain('wifi')
    await phone.tap('#goods-towel')
    await phone.tap('#add')
    await phone.tap('#cart')
    await phone.find('#checkout')
    await shop.house.pool.query(`update goods set price_fen = 4100 where id = 'towel'`)
    await phone.tap('#checkout')
    await phone.sees('#pay', '¥41.00')
  })

  test('the second page of the orders is there before the shopper reaches it', async () => {
    const shopper = await shop.house.newShopper()
    for (let placed = 0; placed <= PAGE_ORDERS; placed += 1) await shopper.order('towel')
    const phone = await shop.open({ openid: shopper.openid ?? '', path: 'shop/pages/orders/index' })
    await phone.sees('page', '正在加载更多')
    const lists = await eventually(
      async () => (await requests(phone)).filter((request) => request.startsWith('GET /api/orders')),
      (asked) => asked.length === 2,
      { what: 'both pages' },
    )
    expect(lists[1]).toContain('after=')
  })

  test('a card of the shelf is a button with a name and a price to a screen reader', async () => {
    const phone = await shop.open()
    const card = await phone.find('#goods-towel')
    expect(await card.attribute('role')).toBe('button')
    expect(await card.attribute('aria-label')).toBe('速干运动毛巾，39元')
  })
})
