import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { expectPaidOnce, finish, GOODS, goTo, openOrder, saleOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

/** As an impatient thumb does: the second tap does not wait for what the first one does. */
async function tapTwice(phone: Phone, selector: string): Promise<void> {
  const element = await phone.find(selector)
  await Promise.allSettled([element.tap(), element.tap()])
}

const openPages = async ({ mini }: Phone) => (await mini.pageStack()).map(({ path }) => path)

inBothModes((shop) => {
  /** From the shelf to an order that is not paid, on its own page. */
  async function order(phone: Phone): Promise<void> {
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await openOrder(phone, (await saleOf(shop.house, phone)).outTradeNo)
    await phone.find('#cancel')
  }

  test('a row of the shelf opens one page, one tap back leads to the shelf, and the row opens again at once', async () => {
    const phone = await shop.open()
    for (let i = 0; i < 2; i++) {
      await tapTwice(phone, `#goods-${GOODS}`)
      await phone.find('#add')
      expect(await openPages(phone)).toEqual(['shop/pages/shop/index', 'shop/pages/goods/index'])
      await phone.mini.callWxMethod('navigateBack')
    }
  })

  test('into the cart goes one, and the way to the checkout opens one page', async () => {
    const phone = await shop.open()
    await goTo(phone, '#add')
    await tapTwice(phone, '#add')
    await phone.sees('#cart', '1')
    await phone.tap('#cart')
    await phone.sees('#checkout', '1')
    const before = await openPages(phone)
    await tapTwice(phone, '#checkout')
    await phone.find('#pay')
    expect(await openPages(phone)).toHaveLength(before.length + 1)
  })

  test('paying makes one order and one sheet', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    await tapTwice(phone, '#pay')
    await tapTwice(phone, '#sheet-pay')
    await phone.sees('#order-status', '已支付')
    expect(await phone.look('#sheet-pay')).toBeNull()
    await expectPaidOnce(shop.house, phone)
  })

  test('paying again after the sheet was closed opens one sheet', async () => {
    const phone = await shop.open()
    await order(phone)
    await tapTwice(phone, '#pay')
    await finish(phone, '#sheet-pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('whether to cancel is asked once', async () => {
    const phone = await shop.open()
    await order(phone)
    await tapTwice(phone, '#cancel')
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
    const phone = await shop.open()
    await order(phone)
    await phone.tap('#cancel')
    await phone.tap('#modal-confirm')
    await phone.sees('#order-status', '已关闭')
    await tapTwice(phone, '#again')
    await phone.sees('#checkout', '1')
    await phone.tap('#checkout')
    await phone.sees('#pay', '39.00')
  })

  test('asking for money back opens one page and asks once', async () => {
    const phone = await shop.open()
    await finish(phone)
    await openOrder(phone, (await saleOf(shop.house, phone)).outTradeNo)
    const before = await openPages(phone)
    await tapTwice(phone, '#refund')
    await phone.find('#refund-send')
    expect(await openPages(phone)).toEqual([...before, 'products/refunds/pages/request/index'])
    await tapTwice(phone, '#refund-send')
    await eventually(
      () => openPages(phone),
      (pages) => pages.length === before.length,
    )
    const { rowCount } = await shop.house.pool.query(
      'select from refund_request r join orders o on o.id = r.order_id where o.openid = $1',
      [await phone.launched.openid()],
    )
    expect(rowCount).toBe(1)
  })
})
