import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import {
  expectPaidOnce,
  finish,
  flashes,
  GOODS,
  goTo,
  hurry,
  openTab,
  readAlong,
  salesOf,
  setNetwork,
} from '../support/steps.ts'

const OFFLINE = '网络断开了'

inBothModes((shop) => {
  test('a shelf that did not open says why, and opens by itself when the network is back', async () => {
    const phone = await shop.open({ conditions: { networkType: 'none' } })
    await phone.sees('page', OFFLINE)
    expect(await phone.look(`#goods-${GOODS}`)).toBeNull()
    await setNetwork(phone, 'wifi')
    await finish(phone)
    await expectPaidOnce(shop.house, phone)
  })

  test('goods that were seen go into the cart; what is charged is not shown before the server says it', async () => {
    const phone = await shop.open()
    await phone.find(`#goods-${GOODS}`)
    await setNetwork(phone, 'none')
    await phone.tap(`#goods-${GOODS}`)
    await phone.tap('#add')
    await phone.sees('#stale', OFFLINE)
    await phone.tap('#cart')
    await phone.sees('#stale', OFFLINE)
    expect(await phone.text('page')).toContain('39.00')
    await phone.tap('#checkout')
    await phone.sees('page', OFFLINE)
    expect([await phone.look('#pay'), /39\.00/.test(await phone.text('page'))]).toEqual([null, false])
    await setNetwork(phone, 'wifi')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('an order that did not leave the phone is placed by the next tap', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    await setNetwork(phone, 'none')
    const reader = readAlong(phone)
    await phone.tap('#pay')
    await flashes(phone, OFFLINE)
    await phone.sees('#pay', '39.00')
    await reader.expectTrue('unpaid')
    await setNetwork(phone, 'wifi')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('an order whose answer was lost is the one that the next tap pays', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    const held = shop.api.hold(/^POST .*orders$/, 'coming')
    await phone.tap('#pay')
    await held.arrived
    await setNetwork(phone, 'none')
    held.lose()
    await flashes(phone, OFFLINE)
    await setNetwork(phone, 'wifi')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test.each(['going', 'coming'] as const)(
    'parameters of a payment that were lost %s: nobody is told to pay before the server was asked',
    async (way) => {
      const phone = await shop.open()
      await goTo(phone, '#pay')
      const held = shop.api.hold(/payment$/, way)
      await phone.tap('#pay')
      await held.arrived
      const reader = readAlong(phone)
      await setNetwork(phone, 'none')
      held.lose()
      await flashes(phone, OFFLINE)
      await phone.sees('#order-status', '没有问到结果')
      expect(await phone.look('#pay')).toBeNull()
      await setNetwork(phone, 'wifi')
      await phone.sees('#order-status', '待支付')
      await reader.expectTrue('unpaid')
      await finish(phone, '#pay')
      await expectPaidOnce(shop.house, phone)
    },
  )

  test('a sheet that failed leaves it open whether it was paid, until the server is believed', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await setNetwork(phone, 'none')
    const reader = readAlong(phone)
    await hurry(phone)
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '正在确认')
    await phone.sees('#order-status', '结果还在确认')
    await setNetwork(phone, 'wifi')
    await phone.sees('#order-status', '正在确认')
    await phone.tap('#ask')
    await phone.sees('#order-status', '待支付')
    await reader.expectTrue('unpaid')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('a sheet that was closed invites to pay again only when the server says that nothing was paid', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await setNetwork(phone, 'none')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '没有问到结果')
    expect(await phone.look('#pay')).toBeNull()
    await setNetwork(phone, 'wifi')
    await phone.sees('#order-status', '待支付')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('the list of orders says that it is old, and renews itself when the network is back', async () => {
    const phone = await shop.open()
    await finish(phone)
    await setNetwork(phone, 'none')
    await openTab(phone, 'orders')
    await phone.sees('page', OFFLINE)
    await setNetwork(phone, 'wifi')
    await phone.sees('page', '已支付')
    await setNetwork(phone, 'none')
    await openTab(phone, 'shop')
    await openTab(phone, 'orders')
    await phone.sees('#stale', OFFLINE)
    expect(await phone.text('page')).toContain('已支付')
    expect(await salesOf(shop.house, phone)).toHaveLength(1)
  })
})
