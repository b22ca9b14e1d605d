import { beforeAll, expect, test } from 'vitest'
import { CARD_PAGE, OFFER, takeCard } from '../support/card-pages.ts'
import { type Card, type CardShop, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { callsOf, setNetwork } from '../support/steps.ts'

/** A card's own page, while only WeChat knows how the card stands. */
inBothModes((shop) => {
  let cards: CardShop
  let offerId: string
  beforeAll(async () => {
    cards = await openCardShop(shop.house)
    offerId = (await cards.offer()).id
  })

  async function taken(): Promise<{ phone: Phone; card: Card }> {
    const phone = await shop.open({ path: OFFER, query: { id: offerId } })
    await takeCard(phone)
    return { phone, card: await cards.cardOf(phone) }
  }
  const loseNotices = () => shop.house.simulated.faults({ kind: 'lose-notification', count: 10 })

  test('given up on WeChat’s page, and nobody can be asked: the card is not called ongoing, nor its price named', async () => {
    const { phone } = await taken()
    await loseNotices()
    const held = shop.api.hold(/check$/, 'going')
    await phone.sees('page', '现在退出不收钱')
    await phone.tap('#wechat-page')
    await phone.tap('#jump-allow')
    await phone.tap('#visit-quit')
    await held.arrived
    await phone.sees('#card-status', '待核实')
    await setNetwork(phone, 'none')
    held.lose()
    await phone.sees('page', '没有问到')
    expect(await phone.text('page')).not.toMatch(/进行中|现在退出不收钱/)
    await setNetwork(phone, 'wifi')
    await phone.sees('#card-status', '没有完成')
    await phone.sees('page', '不收钱')
  })

  test('two quick taps open WeChat’s page of the card once', async () => {
    const { phone } = await taken()
    const before = await visits(phone)
    const button = await phone.find('#wechat-page')
    await Promise.allSettled([button.tap(), button.tap()])
    await phone.tap('#jump-allow')
    await phone.tap('#visit-back')
    await phone.sees('#card-status', '进行中')
    expect((await visits(phone)).length - before.length).toBe(1)
  })

  test('killed over WeChat’s page, on which the card is given up: the next start says so', async () => {
    const { phone, card } = await taken()
    await phone.tap('#wechat-page')
    await phone.tap('#jump-allow')
    await phone.find('#visit-quit')
    await loseNotices()
    await cards.quitAtWechat(card)
    const again = await shop.reopen(phone, { path: CARD_PAGE, query: { id: card.id } })
    await again.sees('#card-status', '没有完成')
  })

  test('a page that was open all the time asks WeChat when it is pulled down', async () => {
    const { phone, card } = await taken()
    await loseNotices()
    await cards.quitAtWechat(card)
    // The page's own looks at the server's books find nothing.
    shop.api.hold(/^GET .*\/cards\//, 'going')
    await phone.mini.callWxMethod('startPullDownRefresh', {})
    await phone.sees('#card-status', '没有完成')
  })

  test('a page without a network says so, and loads when it is pulled down', async () => {
    const { phone, card } = await taken()
    await setNetwork(phone, 'none')
    const again = await shop.reopen(phone, {
      path: CARD_PAGE,
      query: { id: card.id },
      conditions: { networkType: 'none' },
    })
    await again.sees('page', '网络断开了')
    await setNetwork(again, 'wifi')
    await again.mini.callWxMethod('startPullDownRefresh', {})
    await again.sees('#card-status', '进行中')
  })
})

const visits = (phone: Phone) => callsOf(phone, 'navigateToMiniProgram')
