import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import {
  expectPaidOnce,
  finish,
  goTo,
  hurry,
  openOrder,
  openTab,
  readAlong,
  saleOf,
  setNetwork,
  tapWords,
} from '../support/steps.ts'

inBothModes((shop) => {
  /** On the sheet: the money moves, and the shopper's network, or the shopper, is away before the app hears of it. */
  async function payAnd(phone: Phone, goAway: () => Promise<void>): Promise<void> {
    const held = shop.wechat.hold(/request-payment$/, 'coming')
    await phone.tap('#sheet-pay')
    await held.arrived
    await goAway()
    held.release()
  }

  test('a network that drops right after paying: nothing says unpaid, and it ends by itself when it is back', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const reader = readAlong(phone)
    await payAnd(phone, () => setNetwork(phone, 'none'))
    await phone.sees('#order-status', '正在确认')
    await tapWords(phone, '订单详情')
    await phone.sees('page', '网络断开了')
    expect(await phone.text('#order-status')).toBe('正在确认')
    await setNetwork(phone, 'wifi')
    await phone.sees('#order-status', '已支付')
    await reader.expectTrue('paid')
    await expectPaidOnce(shop.house, phone)
  })

  test('without a network for longer the shopper is told to ask later, not to pay again', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const reader = readAlong(phone)
    await hurry(phone)
    await payAnd(phone, () => setNetwork(phone, 'none'))
    await phone.sees('#order-status', '结果还在确认')
    await phone.tap('#ask')
    await phone.sees('#order-status', '没有问到结果')
    expect(await phone.look('#pay')).toBeNull()
    await setNetwork(phone, 'wifi')
    await phone.sees('#order-status', '已支付')
    await reader.expectTrue('paid')
    await expectPaidOnce(shop.house, phone)
  })

  test('the list of orders, seen before paying, does not go on calling the order unpaid', async () => {
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await phone.tap('#orders')
    await phone.sees('page', '待支付')
    await openOrder(phone, (await saleOf(shop.house, phone)).outTradeNo)
    await phone.tap('#pay')
    await phone.find('#sheet-pay')
    await payAnd(phone, () => setNetwork(phone, 'none'))
    await phone.sees('#order-status', '正在确认')
    const reader = readAlong(phone)
    await phone.mini.callWxMethod('navigateBack')
    await phone.sees('page', '网络断开了')
    expect(await phone.text('page')).toContain('正在确认')
    await setNetwork(phone, 'wifi')
    await phone.sees('page', '没有更多了')
    await tapWords(phone, '正在确认')
    await phone.sees('#order-status', '已支付')
    await reader.expectTrue('paid')
    await openTab(phone, 'orders')
    await phone.sees('page', '已支付')
    await expectPaidOnce(shop.house, phone)
  })

  test('a payment that WeChat knows of late is not called unpaid on another page either', async () => {
    const phone = await shop.open()
    await phone.mini.mockWxMethod('requestPayment', { errMsg: 'requestPayment:ok' })
    await goTo(phone, '#pay')
    await phone.tap('#pay')
    await phone.sees('#order-status', '正在确认')
    await tapWords(phone, '订单详情')
    await phone.sees('page', '订单号')
    expect(await phone.text('#order-status')).toBe('正在确认')
    expect(await phone.look('#pay')).toBeNull()
    await shop.house.simulated.pay((await saleOf(shop.house, phone)).outTradeNo)
    await phone.sees('#order-status', '已支付')
  })

  test('a shopper who leaves WeChat while the sheet is open finds it when coming back', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.launched.background()
    await phone.launched.foreground()
    await finish(phone, '#sheet-pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('a shopper who leaves WeChat right after paying comes back to a paid order', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await payAnd(phone, () => phone.launched.background())
    const reader = readAlong(phone)
    await phone.launched.foreground()
    await phone.sees('#order-status', '已支付')
    await reader.expectTrue('paid')
    await expectPaidOnce(shop.house, phone)
  })
})
