import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { expectPaidOnce, finish, goTo, openOrder, readAlong, saleOf, salesOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

const TTL_SECONDS = 1800

inBothModes((shop) => {
  /** Until WeChat Pay has closed what nobody paid. */
  async function expire(outTradeNo: string): Promise<void> {
    await shop.house.simulated.advance(TTL_SECONDS)
    await eventually(
      () => shop.house.simulated.transaction(outTradeNo),
      ({ tradeState }) => tradeState === 'CLOSED',
      { what: 'the end of the order' },
    )
  }

  test('an order that ran out on the open sheet cannot be paid, is closed, and can be bought again', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    const { outTradeNo } = await saleOf(shop.house, phone)
    await expire(outTradeNo)
    const reader = readAlong(phone)
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '已关闭')
    await reader.expectTrue('unpaid')
    await openOrder(phone, outTradeNo)
    await phone.tap('#again')
    await finish(phone, '#checkout')
    const [bought, ranOut, ...others] = await salesOf(shop.house, phone)
    expect([bought?.tradeState, ranOut, others]).toMatchObject(['SUCCESS', { outTradeNo, tradeState: 'CLOSED' }, []])
  })

  test('a shopper who comes back too late to pay is told so', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await phone.launched.background()
    await expire((await saleOf(shop.house, phone)).outTradeNo)
    await phone.launched.foreground()
    await phone.sees('#order-status', '已关闭')
    expect(await phone.look('#pay')).toBeNull()
  })

  test('an order that was paid in its last minute is paid', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await shop.house.simulated.advance(TTL_SECONDS - 5)
    await finish(phone, '#sheet-pay')
    await shop.house.simulated.advance(TTL_SECONDS)
    await expectPaidOnce(shop.house, phone)
  })
})
