import type { LaunchedInChromium } from '@shouyin/miniprogram-host'
import { expect, test } from 'vitest'
import { findOverflow } from '../screens/overflow.ts'
import { CARDS, OFFER, takeCard } from '../support/card-pages.ts'
import { CARD, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { expectPaidOnce, finish, goTo, openOrder, openTab, type Stop, saleOf } from '../support/steps.ts'

/** The largest text that WeChat offers, in the dark, on the narrowest phone. */
const sight = { conditions: { theme: 'dark', fontSizePx: 23 }, viewport: { width: 320, height: 568 } } as const

/** What does not fit on the glass; there is no glass in Node. */
async function expectNothingCut({ launched }: Phone): Promise<void> {
  const { page } = launched as Partial<LaunchedInChromium>
  if (page) expect(await findOverflow(page)).toEqual([])
}

inBothModes((shop) => {
  test('with the largest text in the dark nothing on the way to a paid order is cut off', async () => {
    const phone = await shop.open(sight)
    let from: Stop | undefined
    for (const stop of ['#add', '#checkout', '#pay', '#sheet-pay'] as const) {
      await goTo(phone, stop, from)
      await expectNothingCut(phone)
      from = stop
    }
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await expectNothingCut(phone)
    await finish(phone, '#pay')
    await expectNothingCut(phone)
    await expectPaidOnce(shop.house, phone)
    await openOrder(phone, (await saleOf(shop.house, phone)).outTradeNo)
    await phone.tap('#refund')
    await phone.find('#refund-send')
    await expectNothingCut(phone)
    await openTab(phone, 'orders')
    await phone.sees('page', '已支付')
    await expectNothingCut(phone)
  })

  test('… nor on the way to a card, to an order at a discount, and back to what it costs to leave', async () => {
    const cards = await openCardShop(shop.house)
    const { id } = await cards.offer({ ...CARD, name: '二十个字那么长的羽毛球游泳瑜伽先享卡名' })
    const phone = await shop.open({ path: OFFER, query: { id }, ...sight })
    await phone.find('#take')
    await expectNothingCut(phone)
    await takeCard(phone)
    await expectNothingCut(phone)
    await openTab(phone, 'shop')
    await goTo(phone, '#pay')
    await phone.find('#discount')
    await expectNothingCut(phone)
    await finish(phone, '#pay')
    await expectNothingCut(phone)
    await openOrder(phone, (await saleOf(shop.house, phone)).outTradeNo)
    await phone.find('#discount')
    await expectNothingCut(phone)
    await phone.go('reLaunch', CARDS)
    await phone.sees('page', '1/3')
    await expectNothingCut(phone)
    await phone.tap(`#card-${(await cards.cardOf(phone)).id}`)
    await phone.sees('page', '享受优惠')
    await expectNothingCut(phone)
  })
})
