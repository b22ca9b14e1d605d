import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { expectPaidOnce, finish, goTo, ORDER, openTab, readAlong, saleOf, salesOf, tapWords } from '../support/steps.ts'

inBothModes((shop) => {
  test('what was in the cart is still there', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    const again = await shop.reopen(phone, { path: 'shop/pages/cart/index' })
    await finish(again, '#checkout')
    await expectPaidOnce(shop.house, again)
  })

  test.each(['going', 'coming'] as const)(
    'a phone that dies while its order is %s orders the same goods once',
    async (way) => {
      const phone = await shop.open()
      await goTo(phone, '#pay')
      const held = shop.api.hold(/^POST .*orders$/, way)
      await phone.tap('#pay')
      await held.arrived
      const again = await shop.reopen(phone, { path: 'shop/pages/cart/index' })
      held.lose()
      await finish(again, '#checkout')
      await expectPaidOnce(shop.house, again)
    },
  )

  test.each(['going', 'coming'] as const)('an order whose payment was still %s waits in the list', async (way) => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    const held = shop.api.hold(/payment$/, way)
    await phone.tap('#pay')
    await held.arrived
    const again = await shop.reopen(phone)
    held.lose()
    const reader = readAlong(again)
    await openTab(again, 'orders')
    await tapWords(again, '待支付')
    await again.find('#pay')
    await reader.expectTrue('unpaid')
    await finish(again, '#pay')
    await expectPaidOnce(shop.house, again)
  })

  test('a phone that dies with the sheet open is led back to the same order by the order centre', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const { outTradeNo } = await saleOf(shop.house, phone)
    const again = await shop.reopen(phone, { path: ORDER, query: { out_trade_no: outTradeNo }, scene: 1068 })
    await again.sees('#order-status', '待支付')
    await finish(again, '#pay')
    await expectPaidOnce(shop.house, again)
    expect((await saleOf(shop.house, again)).outTradeNo).toBe(outTradeNo)
  })

  test.each(['the phone', 'our server'])(
    'a phone that dies after paying, before %s hears of it, comes back to a paid order',
    async (who) => {
      await shop.house.simulated.faults({ kind: 'lose-notification' })
      const phone = await shop.open()
      await goTo(phone, '#sheet-pay')
      const held =
        who === 'the phone' ? shop.wechat.hold(/request-payment$/, 'coming') : shop.api.hold(/check$/, 'going')
      await phone.tap('#sheet-pay')
      await held.arrived
      const { outTradeNo } = await saleOf(shop.house, phone)
      const again = await shop.reopen(phone, { path: ORDER, query: { out_trade_no: outTradeNo }, scene: 1068 })
      held.lose()
      const reader = readAlong(again)
      await again.sees('#order-status', '已支付')
      await reader.expectTrue('paid')
      await expectPaidOnce(shop.house, again)
      await openTab(again, 'orders')
      await again.sees('page', '已支付')
      expect(await salesOf(shop.house, again)).toHaveLength(1)
    },
  )
})
