import { expect, test } from 'vitest'
import type { Held } from '../support/gate.ts'
import { inBothModes } from '../support/journey.ts'
import { callsOf, expectPaidOnce, finish, goTo, openOrder, openTab, saleOf } from '../support/steps.ts'

inBothModes((shop) => {
  test('a shopper gets from the shelf to a paid order and finds it in the list', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    expect(await phone.text('#sheet-amount')).toBe('¥39.00')
    await finish(phone, '#sheet-pay')
    await expectPaidOnce(shop.house, phone)
    await phone.tap('#orders')
    await phone.sees('page', '已支付')
    expect((await phone.page()).path).toBe('shop/pages/orders/index')
    expect(await phone.text('page')).toContain('39.00')
  })

  test('a shopper who cancels twice on the sheet can pay the same order later', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await phone.tap('#pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    expect((await saleOf(shop.house, phone)).tradeState).toBe('NOTPAY')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('success that only the phone claims is not believed', async () => {
    const phone = await shop.open()
    await phone.mini.mockWxMethod('requestPayment', { errMsg: 'requestPayment:ok' })
    await goTo(phone, '#pay')
    await phone.tap('#pay')
    await phone.sees('#order-status', '正在确认')
    expect((await saleOf(shop.house, phone)).tradeState).toBe('NOTPAY')
  })

  test('parameters that another key signed open no sheet', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const [call] = await callsOf(phone, 'requestPayment')
    const [given] = call?.args ?? []
    await phone.tap('#sheet-cancel')
    const forged = { ...Object(given), timeStamp: '1700000000', success: undefined, fail: undefined }
    await expect(phone.mini.callWxMethod('requestPayment', forged)).rejects.toThrow('requestPayment:fail cancel')
    expect(await phone.look('#sheet-pay')).toBeNull()
  })

  test('a lost notification does not keep a shopper waiting for good', async () => {
    const phone = await shop.open()
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    await finish(phone)
    await expectPaidOnce(shop.house, phone)
  })

  test('an order that the shopper cancels is closed at WeChat Pay too', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    const { outTradeNo } = await saleOf(shop.house, phone)
    await openOrder(phone, outTradeNo)
    await phone.tap('#cancel')
    await phone.tap('#modal-confirm')
    await phone.sees('#order-status', '已关闭')
    expect(await saleOf(shop.house, phone)).toMatchObject({ outTradeNo, tradeState: 'CLOSED' })
  })

  test('a login that the server refuses in the middle of an order is renewed without the shopper noticing', async () => {
    const phone = await shop.open()
    const [order, payment, check] = [/^POST .*orders$/, /payment$/, /check$/].map((call) =>
      shop.api.hold(call, 'going'),
    )
    const refuse = async (held: Held | undefined) => {
      await held?.arrived
      await shop.house.pool.query('delete from session')
      held?.release()
    }
    await goTo(phone, '#pay')
    await phone.tap('#pay')
    await refuse(order)
    await refuse(payment)
    await phone.tap('#sheet-pay')
    await refuse(check)
    await phone.sees('#order-status', '已支付')
    await expectPaidOnce(shop.house, phone)
    expect(await callsOf(phone, 'login')).toHaveLength(4)
    await openTab(phone, 'orders')
    await phone.sees('page', '已支付')
  })
})
