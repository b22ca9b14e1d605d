import { beforeAll, expect, test } from 'vitest'
import { CARD_PAGE, CARDS, OFFER, takeCard } from '../support/card-pages.ts'
import { type CardShop, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'

/** Who took the card when the app is gone, or is open twice: only WeChat knows. */
inBothModes((shop, mode) => {
  let cards: CardShop
  let offerId: string
  beforeAll(async () => {
    cards = await openCardShop(shop.house)
    offerId = (await cards.offer()).id
  })

  const deaths: readonly [when: string, isTaken: boolean, act: (phone: Phone) => Promise<unknown>][] = [
    ['over the question whether to leave', false, (phone) => phone.find('#jump-allow')],
    [
      'over WeChat’s page',
      false,
      async (phone) => {
        await phone.tap('#jump-allow')
        await phone.find('#visit-take')
      },
    ],
    [
      'over WeChat’s page, where the card is taken',
      true,
      async (phone) => {
        await phone.tap('#jump-allow')
        await phone.find('#visit-take')
        await cards.takeAtWechat(await cards.newestAtWechat(), await phone.launched.openid())
      },
    ],
    [
      'while it is being confirmed',
      true,
      async (phone) => {
        await phone.tap('#jump-allow')
        const held = shop.api.hold(/check$/, 'going')
        await phone.tap('#visit-take')
        await held.arrived
      },
    ],
  ]
  test.each(deaths)('killed %s: neither the offer nor the cards say what nobody was asked', async (_, isTaken, act) => {
    const phone = await shop.open({ path: OFFER, query: { id: offerId } })
    await phone.tap('#take')
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    await act(phone)
    const lost = shop.api.hold(/^POST .*check$/, 'going')
    const list = await shop.reopen(phone, { path: CARDS })
    await lost.arrived
    lost.lose()
    await list.sees('page', '还没有问到领到了没有')
    const held = shop.api.hold(/^POST .*check$/, 'going')
    const offer = await shop.reopen(list, { path: OFFER, query: { id: offerId } })
    await held.arrived
    expect(await offer.text('#offer-status')).toBe('正在确认')
    held.release()
    if (isTaken) await offer.arrives(CARD_PAGE)
    else await takeCard(offer)
  })

  test('somebody else who uses the phone afterwards is told of no card, and can take one', async () => {
    const phone = await shop.open({ path: OFFER, query: { id: offerId } })
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    await phone.tap('#visit-take')
    await phone.arrives(CARD_PAGE)
    const { id } = await cards.cardOf(phone)
    const [storage, openid] = [{ 'kept:taking': [{ of: offerId, id }] }, `oSomebodyElse-${mode}`]
    const other = await shop.reopen(phone, { path: OFFER, query: { id: offerId }, storage, openid })
    await other.sees('#offer-status', '领卡过时了')
    const list = await shop.reopen(other, { path: CARDS, storage, openid })
    await list.sees('page', '还没有先享卡')
    await list.tap(`#offer-${offerId}`)
    await takeCard(list)
  })

  test('a shopper with two phones and one token has one card', async () => {
    const phone = await shop.open({ path: OFFER, query: { id: offerId } })
    await phone.find('#take')
    const openid = (await phone.launched.openid()) ?? ''
    const second = await shop.open({ path: OFFER, query: { id: offerId }, openid })
    await second.find('#take')
    await takeCard(phone)
    await second.tap('#take')
    await second.tap('#jump-allow')
    await second.tap('#visit-back')
    await second.arrives(CARD_PAGE)
    expect((await shop.house.pool.query('select from card where openid = $1', [openid])).rowCount).toBe(1)
  })
})
