import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { buildMiniprogram, closeBrowser, openPhone, type Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

const GOODS = 'towel'
const PRICE = '39.00'
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
afterEach(async () => {
  await phone.close()
  await house.simulated.call('DELETE', '/faults')
})

/** From the shelf to the open payment sheet. */
async function goToSheet(): Promise<void> {
  await phone.tap(`#goods-${GOODS}`)
  await phone.tap('#add')
  await phone.tap('#cart')
  await phone.tap('#checkout')
  await phone.tap('#pay')
  await phone.find('#sheet-pay')
}

const transactions = () => house.simulated.transactions()

test('a shopper gets from the shelf to a paid order and finds it in the list', async () => {
  const before = (await transactions()).length
  await goToSheet()
  expect(await phone.text('#sheet-amount')).toBe(`¥${PRICE}`)
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  const [newest, ...others] = await transactions()
  expect([newest?.tradeState, newest?.amountFen, others.length]).toEqual(['SUCCESS', 3900, before])
  await phone.tap('#orders')
  await eventually(
    async () => (await phone.page()).path,
    (path) => path === 'shop/pages/orders/index',
  )
  await phone.sees('page-root', '已支付')
  await phone.sees('page-root', PRICE)
})

test('a shopper who cancels on the sheet can pay the same order later', async () => {
  await goToSheet()
  await phone.tap('#sheet-cancel')
  await phone.sees('#order-status', '待支付')
  await phone.tap('#pay')
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  expect((await transactions())[0]?.prepayIds).toHaveLength(1)
})

test('success that only the phone claims is not believed', async () => {
  await phone.mini.mockWxMethod('requestPayment', { errMsg: 'requestPayment:ok' })
  await phone.tap(`#goods-${GOODS}`)
  await phone.tap('#add')
  await phone.tap('#cart')
  await phone.tap('#checkout')
  await phone.tap('#pay')
  await eventually(
    async () => (await phone.look('#order-status'))?.text(),
    (shown) => /待支付|确认|核实/.test(shown ?? ''),
  )
  expect((await transactions())[0]?.tradeState).toBe('NOTPAY')
  expect(await phone.text('#order-status')).not.toContain('已支付')
})

test('parameters that another key signed open no sheet', async () => {
  await goToSheet()
  const call = (await phone.launched.calls()).find(({ method }) => method === 'requestPayment')
  const [given] = call?.args ?? []
  await phone.tap('#sheet-cancel')
  const forged = { ...Object(given), timeStamp: '1700000000', success: undefined, fail: undefined }
  await expect(phone.mini.callWxMethod('requestPayment', forged)).rejects.toThrow('requestPayment:fail cancel')
  expect(await phone.look('#sheet-pay')).toBeNull()
})

test('a lost notification does not keep a shopper waiting for good', async () => {
  await house.simulated.faults({ kind: 'lose-notification' })
  await goToSheet()
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
})

test('a shopper whose phone dies while paying comes back to the same order and pays once', async () => {
  await goToSheet()
  const { outTradeNo } = (await transactions())[0] ?? {}
  const [storage, openid] = [await phone.launched.storage(), await phone.launched.openid()]
  await phone.close()
  phone = await openPhone(house, {
    storage,
    ...(openid && { openid }),
    path: 'products/payments/pages/order/index',
    query: { out_trade_no: String(outTradeNo) },
    scene: 1068,
  })
  await phone.sees('#order-status', '待支付')
  await phone.tap('#pay')
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  expect((await transactions())[0]).toMatchObject({ outTradeNo, tradeState: 'SUCCESS' })
})

test('two quick taps on pay make one order', async () => {
  const before = (await transactions()).length
  await phone.tap(`#goods-${GOODS}`)
  await phone.tap('#add')
  await phone.tap('#cart')
  await phone.tap('#checkout')
  const pay = await phone.find('#pay')
  await Promise.allSettled([pay.tap(), pay.tap()])
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  expect((await transactions()).length).toBe(before + 1)
})

test('an order that the network swallowed is placed by the next tap', async () => {
  await phone.tap(`#goods-${GOODS}`)
  await phone.tap('#add')
  await phone.tap('#cart')
  await phone.tap('#checkout')
  await phone.find('#pay')
  await phone.mini.mockWxMethod('request', { errMsg: 'request:fail' })
  await phone.tap('#pay')
  await eventually(
    async () => JSON.stringify((await phone.launched.calls()).filter(({ method }) => method === 'showToast')),
    (toasts) => toasts.includes('网络'),
  )
  await phone.mini.restoreWxMethod('request')
  await phone.sees('#pay', PRICE)
  await phone.tap('#pay')
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
})

test('an order that the shopper cancels is closed at WeChat Pay too', async () => {
  await goToSheet()
  await phone.tap('#sheet-cancel')
  await phone.sees('#order-status', '待支付')
  const { outTradeNo } = (await transactions())[0] ?? {}
  await phone.mini.callWxMethod('redirectTo', {
    url: `/products/payments/pages/order/index?out_trade_no=${outTradeNo}`,
  })
  await phone.tap('#cancel')
  await phone.tap('#modal-confirm')
  await phone.sees('#order-status', '已关闭')
  expect((await transactions())[0]).toMatchObject({ outTradeNo, tradeState: 'CLOSED' })
})

test('a login that has expired is renewed without the shopper noticing', async () => {
  await goToSheet()
  await phone.tap('#sheet-pay')
  await phone.sees('#order-status', '已支付')
  await house.pool.query('delete from session')
  await phone.tap('#orders')
  await phone.sees('page-root', '已支付')
  expect((await house.pool.query('select from session')).rowCount).toBe(1)
})
