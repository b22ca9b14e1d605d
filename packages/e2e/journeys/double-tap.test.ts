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

/** As an impatient thumb does: the second tap does not wait for what the first one does. */
async function tapTwice(selector: string): Promise<void> {
  const element = await phone.find(selector)
  await Promise.allSettled([element.tap(), element.tap()])
}

const openPages = async () => (await phone.mini.pageStack()).map(({ path }) => path)

/** From the shelf to an order that is not paid, on its own page. */
async function order(): Promise<void> {
  await phone.tap('#goods-towel')
  for (const next of ['#add', '#cart', '#checkout', '#pay', '#sheet-cancel']) await phone.tap(next)
  await phone.sees('#order-status', '待支付')
  const [{ outTradeNo } = expect.unreachable()] = await house.simulated.transactions()
  const url = `/products/payments/pages/order/index?out_trade_no=${outTradeNo}`
  await phone.mini.callWxMethod('redirectTo', { url })
  await phone.find('#cancel')
}

test('a row of the shelf opens one page, one tap back leads to the shelf, and the row opens again at once', async () => {
  for (let i = 0; i < 2; i++) {
    await tapTwice('#goods-towel')
    await phone.find('#add')
    expect(await openPages()).toEqual(['shop/pages/shop/index', 'shop/pages/goods/index'])
    await phone.mini.navigateBack()
  }
})

test('into the cart goes one, and the way to the checkout opens one page', async () => {
  await phone.tap('#goods-towel')
  await tapTwice('#add')
  await phone.sees('#cart', '1')
  await phone.tap('#cart')
  await phone.sees('#checkout', '1')
  await tapTwice('#checkout')
  await phone.find('#pay')
  expect(await openPages()).toEqual(['shop/pages/cart/index', 'shop/pages/checkout/index'])
})

test('paying makes one order and one sheet', async () => {
  const before = (await house.simulated.transactions()).length
  await phone.tap('#goods-towel')
  for (const next of ['#add', '#cart', '#checkout']) await phone.tap(next)
  await tapTwice('#pay')
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  expect(await phone.look('#sheet-pay')).toBeNull()
  const [newest, ...others] = await house.simulated.transactions()
  expect([newest?.prepayIds.length, others.length]).toEqual([1, before])
})

test('whether to cancel is asked once', async () => {
  await order()
  await tapTwice('#cancel')
  await phone.tap('#modal-cancel')
  await eventually(
    () => phone.look('#modal-cancel'),
    (question) => question === null,
  )
  expect(await phone.text('#order-status')).toContain('待支付')
  await phone.tap('#cancel')
  await phone.tap('#modal-confirm')
  await phone.sees('#order-status', '已关闭')
})

test('buying again puts into the cart what was ordered, once', async () => {
  await order()
  await phone.tap('#cancel')
  await phone.tap('#modal-confirm')
  await phone.sees('#order-status', '已关闭')
  await tapTwice('#again')
  await phone.sees('#checkout', '1')
  await phone.tap('#checkout')
  await phone.sees('#pay', '39.00')
})

test('asking for money back opens one page and asks once', async () => {
  await phone.tap('#goods-towel')
  for (const next of ['#add', '#cart', '#checkout', '#pay', '#sheet-pay']) await phone.tap(next)
  await phone.sees('#order-status', '已支付')
  const [{ outTradeNo } = expect.unreachable()] = await house.simulated.transactions()
  const url = `/products/payments/pages/order/index?out_trade_no=${outTradeNo}`
  await phone.mini.callWxMethod('redirectTo', { url })
  const before = await openPages()
  await tapTwice('#refund')
  await phone.find('#refund-send')
  expect(await openPages()).toEqual([...before, 'products/refunds/pages/request/index'])
  await tapTwice('#refund-send')
  await eventually(openPages, (pages) => pages.length === before.length)
  expect((await house.pool.query('select from refund_request')).rowCount).toBe(1)
})
