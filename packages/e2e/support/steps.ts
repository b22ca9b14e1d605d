import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { House } from './house.ts'
import type { Phone } from './miniprogram.ts'
import { PAID_ONCE } from './orders.ts'
import { eventually } from './wait.ts'

/** What the journeys buy: ¥39.00. */
export const GOODS = 'towel'

/** From the shelf to each place on the way, and what is tapped next. */
const way = [`#goods-${GOODS}`, '#add', '#cart', '#checkout', '#pay', '#sheet-pay'] as const
export type Stop = (typeof way)[number]

/** From where the shopper is, at first the shelf, until `stop` is under the finger. */
export async function goTo(phone: Phone, stop: Stop, from: Stop = way[0]): Promise<void> {
  for (const next of way.slice(way.indexOf(from), way.indexOf(stop))) await phone.tap(next)
  await phone.find(stop)
}

/** From where the shopper is to the paid order. */
export async function finish(phone: Phone, from: Stop = way[0]): Promise<void> {
  for (const next of way.slice(way.indexOf(from))) await phone.tap(next)
  await phone.sees('#order-status', '已支付')
}

/** What says so, the smallest such element. */
export async function tapWords(phone: Phone, words: string): Promise<void> {
  const found = await eventually(
    async () => (await phone.page()).xpath(`//*[contains(., "${words}")][not(*[contains(., "${words}")])]`),
    (element) => element !== null,
    { what: words },
  )
  await found?.tap()
}

export const setNetwork = (phone: Phone, networkType: 'wifi' | 'none') => phone.launched.set({ networkType })

/** As from WeChat's order centre. */
export const ORDER = 'products/payments/pages/order/index'

/** By wx itself: the client's own `navigateTo` and its like sleep for three seconds. */
export const openOrder = (phone: Phone, outTradeNo: string) =>
  phone.mini.callWxMethod('navigateTo', { url: `/${ORDER}?out_trade_no=${outTradeNo}` })

export const openTab = (phone: Phone, tab: 'shop' | 'cart' | 'orders') =>
  phone.mini.callWxMethod('switchTab', { url: `/shop/pages/${tab}/index` })

/** What the app has asked of wx by that name. */
export const callsOf = async (phone: Phone, name: string) =>
  (await phone.launched.calls()).filter(({ method }) => method === name)

/** Until the words flash up. */
export async function flashes(phone: Phone, words: string): Promise<void> {
  const shown = async () => (await callsOf(phone, 'showToast')).at(-1)
  await eventually(shown, (toast) => JSON.stringify(toast)?.includes(words) === true, { what: words })
}

/** What the app waits for comes fifty times sooner; time limits of requests stay. */
export const hurry = (phone: Phone) =>
  phone.mini.evaluate(() => {
    const wait = setTimeout
    const sooner = (act: () => void, ms: number) => wait(act, ms <= 10_000 ? ms / 50 : ms)
    Object.assign(globalThis, { setTimeout: sooner })
  })

interface Sale {
  readonly outTradeNo: string
  readonly tradeState: string
  readonly openid: string
  readonly prepayIds: readonly string[]
  readonly amountFen: number
}

/** What WeChat Pay knows of this shopper, newest first. */
export async function salesOf(house: House, phone: Phone): Promise<Sale[]> {
  const openid = await phone.launched.openid()
  const { transactions } = await house.simulated.call<{ transactions: Sale[] }>('GET', '/transactions')
  return transactions.filter((sale) => sale.openid === openid)
}

/** The only one. */
export async function saleOf(house: House, phone: Phone): Promise<Sale> {
  const [sale, ...others] = await salesOf(house, phone)
  expect(others).toEqual([])
  return sale ?? expect.unreachable('WeChat Pay knows of no order')
}

/** Of this shopper there is one order, at WeChat Pay and in our books: paid once, granted once. */
export async function expectPaidOnce(house: House, phone: Phone): Promise<void> {
  expect(await saleOf(house, phone)).toMatchObject({ tradeState: 'SUCCESS', prepayIds: [expect.any(String)] })
  const openid = await phone.launched.openid()
  const { rows } = await house.pool.query<{ id: string }>('select id from orders where openid = $1', [openid])
  expect(rows).toHaveLength(1)
  expect(await house.books(rows[0]?.id ?? '')).toMatchObject(PAID_ONCE)
}

/** Wrong once the money has left the shopper's account, and wrong before. While the sheet is open only WeChat knows. */
const isWrong = {
  paid: (text: string) =>
    /待支付|没有扣款|应付|继续支付|请在此前支付|已关闭|微信支付 ¥/.test(text) && !/支付中/.test(text),
  unpaid: (text: string) => /已支付|实付|付款时间|收到你的付款/.test(text),
} as const

const GLANCE_MS = 20

/** Reads along what the shopper can read, page by page, for as long as the phone is open. */
export function readAlong(phone: Phone) {
  const seen = new Set<string>()
  let goesOn = true
  const stop = (): void => {
    goesOn = false
  }
  void phone.launched.closed.then(stop)
  const read = async () => (await (await phone.page()).$('page'))?.text() ?? ''
  const reading = (async () => {
    for (; goesOn; await delay(GLANCE_MS)) seen.add(await read().catch(() => ''))
  })()
  return {
    /** Until now the shopper has nowhere read of a payment that was not made, or been asked for one that was. */
    async expectTrue(money: keyof typeof isWrong): Promise<void> {
      stop()
      await reading
      expect([...seen].filter(isWrong[money])).toEqual([])
    },
  }
}
