import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { callsOf, expectPaidOnce, finish, goTo, openTab, readAlong, saleOf, salesOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

const TTL_SECONDS = 1800

inBothModes((shop) => {
  test('buying at once pays once and leaves the cart as it was', async () => {
    const phone = await shop.open()
    await goTo(phone, '#cart')
    await phone.tap('#buy')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
    await openTab(phone, 'cart')
    await phone.sees('#checkout', '1 件')
  })

  test('whoever goes back while ordering is not fetched into a payment, and finds the order in the list', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    const held = shop.api.hold(/^POST .*orders$/, 'coming')
    await phone.tap('#pay')
    await held.arrived
    await phone.mini.callWxMethod('navigateBack')
    held.release()
    const toasts = () => callsOf(phone, 'showToast')
    await eventually(toasts, (all) => JSON.stringify(all).includes('订单已生成'), { what: 'word of the order' })
    expect((await phone.page()).path).toBe('shop/pages/cart/index')
    await openTab(phone, 'orders')
    await phone.sees('page', '待支付')
    expect(await salesOf(shop.house, phone)).toEqual([])
  })

  test('an order that runs out before the eyes of its shopper says so without a tap', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await shop.house.simulated.advance(TTL_SECONDS)
    await phone.sees('#order-status', '已关闭')
    expect(await phone.look('#pay')).toBeNull()
  })

  test('after WeChat was closed over a paid sheet no list asks for the money, while nobody knows of it', async () => {
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const held = shop.api.hold(/check$/, 'going')
    await phone.tap('#sheet-pay')
    await held.arrived
    const again = await shop.reopen(phone)
    const reader = readAlong(again)
    held.lose()
    await openTab(again, 'orders')
    await again.sees('page', '39.00')
    await reader.expectTrue('paid')
    expect((await saleOf(shop.house, again)).tradeState).toBe('SUCCESS')
  })
})
