import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { buildMiniprogram, closeBrowser, openPhone, type Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

/** Of one page of the list. */
const PAGE_ORDERS = 20
let house: House
let phone: Phone | undefined

beforeAll(async () => {
  ;[house] = await Promise.all([openHouse(), buildMiniprogram()])
})
afterAll(async () => {
  await closeBrowser()
  await house?.close()
})
afterEach(async () => {
  await phone?.close()
  await house.pool.query(`update goods set price_fen = 3900 where id = 'towel'`)
})

/** What the app asked of the server, oldest first: `GET /api/goods`. */
async function requests({ launched }: Phone): Promise<string[]> {
  const calls = (await launched.calls()).filter(({ method }) => method === 'request')
  return calls.map(({ args: [request] }) => {
    const { method, url } = Object(request)
    return `${method} ${String(url).replace(/^\w+:\/\/[^/]+/, '')}`
  })
}

/** The phone of somebody who saw the shelf before. */
async function openAgain(networkType: 'wifi' | 'none'): Promise<Phone> {
  const first = await openPhone(house)
  await first.find('#goods-towel')
  const storage = await first.launched.storage()
  await first.close()
  return openPhone(house, { storage, conditions: { networkType } })
}

test('the first screen takes one request and no login', async () => {
  phone = await openPhone(house)
  await phone.find('#goods-towel')
  expect(await requests(phone)).toEqual(['GET /api/goods'])
  expect((await phone.launched.calls()).filter(({ method }) => method === 'login')).toEqual([])
})

test('a thing on the shelf opens without waiting for the server', async () => {
  phone = await openPhone(house)
  await phone.find('#goods-towel')
  await phone.launched.set({ networkType: 'none' })
  await phone.tap('#goods-towel')
  await phone.find('#add')
})

test('who comes back without a network sees the shelf, and reads that it is from before', async () => {
  phone = await openAgain('none')
  await phone.find('#goods-towel')
  await phone.sees('#stale', '网络断开了')
  await phone.launched.set({ networkType: 'wifi' })
  await phone.tap('#stale')
  await eventually(
    async () => phone?.look('#stale'),
    (strip) => strip === null,
    { what: 'no strip any more' },
  )
})

test('checkout asks for the prices of now, however old the shelf is', async () => {
  phone = await openAgain('wifi')
  await phone.tap('#goods-towel')
  await phone.tap('#add')
  await phone.tap('#cart')
  await phone.find('#checkout')
  await house.pool.query(`update goods set price_fen = 4100 where id = 'towel'`)
  await phone.tap('#checkout')
  await phone.sees('#pay', '¥41.00')
})

test('the second page of the orders is there before the shopper reaches it', async () => {
  const shopper = await house.newShopper()
  for (let placed = 0; placed <= PAGE_ORDERS; placed += 1) await shopper.order('towel')
  phone = await openPhone(house, { openid: shopper.openid ?? '', path: 'shop/pages/orders/index' })
  await phone.sees('page-root', '正在加载更多')
  const opened = phone
  const lists = await eventually(
    async () => (await requests(opened)).filter((request) => request.startsWith('GET /api/orders')),
    (asked) => asked.length === 2,
    { what: 'both pages' },
  )
  expect(lists[1]).toContain('after=')
})

test('a card of the shelf is a button with a name and a price to a screen reader', async () => {
  phone = await openPhone(house)
  const card = await phone.find('#goods-towel')
  expect(await card.attribute('role')).toBe('button')
  expect(await card.attribute('aria-label')).toBe('速干运动毛巾，39元')
})
