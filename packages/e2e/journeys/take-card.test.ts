import { fromCard, fromCode } from '@shouyin/miniprogram-host'
import { beforeAll, expect, test } from 'vitest'
import { CARD_PAGE, OFFER, takeCard } from '../support/card-pages.ts'
import { CARD, type CardShop, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import { callsOf, goTo, openTab, setNetwork } from '../support/steps.ts'

/** Of the page that a test's function runs in. */
declare const wx: object

inBothModes((shop) => {
  let cards: CardShop
  let offerId: string
  beforeAll(async () => {
    cards = await openCardShop(shop.house)
    offerId = (await cards.offer()).id
  })

  const openOffer = (id = offerId) => shop.open({ path: OFFER, query: { id } })

  test('a card is found from 我的, and from what a friend sends', async () => {
    const friend = await shop.open()
    await friend.go('switchTab', 'shop/pages/me/index')
    await friend.tap('#my-cards')
    await friend.tap(`#offer-${offerId}`)
    await friend.sees('page', '30 天内下单 3 次')
    const card = await (await friend.page()).callMethod('onShareAppMessage', { from: 'menu' })
    expect(card).toMatchObject({ title: expect.stringContaining(CARD.name) })
    const phone = await shop.open(fromCard(card.path))
    await takeCard(phone)
    expect(await cards.cardOf(phone)).toMatchObject({ status: 'ongoing' })
  })

  test('a card is taken from a code on a poster, whose scene is too short for an id with dashes', async () => {
    await takeCard(await shop.open(fromCode(OFFER, offerId.replaceAll('-', ''))))
  })

  test('the tap needs nobody’s answer: WeChat’s page opens while our server is out of reach', async () => {
    const phone = await openOffer()
    await phone.find('#take')
    await setNetwork(phone, 'none')
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    await phone.find('#visit-take')
    await setNetwork(phone, 'wifi')
    await phone.tap('#visit-take')
    await phone.arrives(CARD_PAGE)
  })

  test('two quick taps ask once whether to leave, with the token in the path and nothing else', async () => {
    const phone = await openOffer()
    const button = await phone.find('#take')
    await Promise.all([button.tap(), button.tap()])
    await phone.tap('#jump-allow')
    await phone.tap('#visit-take')
    await phone.arrives(CARD_PAGE)
    const [visit, ...others] = await callsOf(phone, 'navigateToMiniProgram')
    expect(others).toEqual([])
    expect(visit?.args[0]).toMatchObject({
      appId: 'wxcc2e4fbc5887661e',
      path: expect.stringMatching(/^\/pages\/get-card\/get-card\?prepare_card_token=[\w%.-]+$/),
      extraData: {},
    })
  })

  test('who does not want to leave has taken nothing, and may think again', async () => {
    const phone = await openOffer()
    await phone.tap('#take')
    await phone.tap('#jump-cancel')
    await phone.sees('#offer-status', '还没有领到')
    expect(await cards.newestAtWechat()).toMatchObject({ state: 'PREPARED' })
    await takeCard(phone)
  })

  test('a WeChat that knows no other mini-programs says so', async () => {
    const phone = await openOffer()
    await phone.find('#take')
    await phone.mini.evaluate(() => {
      Reflect.deleteProperty(wx, 'navigateToMiniProgram')
    })
    await phone.tap('#take')
    await phone.sees('#offer-status', '打不开先享卡')
  })

  test('an offer that is withdrawn while WeChat’s page is open is called so afterwards', async () => {
    const { id } = await cards.offer({ ...CARD, name: '只发一会儿的卡' })
    const phone = await openOffer(id)
    await phone.find('#take')
    await cards.merchant.ask('POST', `/card-templates/${id}/withdraw`, {})
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    await phone.tap('#visit-back')
    await phone.sees('#offer-status', '停止领取')
    expect(await phone.look('#take')).toBeNull()
  })

  test('who took the card although the app was ended meanwhile is led to it at the next start', async () => {
    const phone = await openOffer()
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    await phone.find('#visit-take')
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    await cards.takeAtWechat(await cards.newestAtWechat(), await phone.launched.openid())
    const again = await shop.reopen(phone, { path: OFFER, query: { id: offerId } })
    await again.arrives(CARD_PAGE)
  })

  test('who holds the card already reads the offer, and goes to the card from there', async () => {
    const phone = await openOffer()
    await takeCard(phone)
    const again = await shop.reopen(phone, { path: OFFER, query: { id: offerId } })
    await again.sees('#offer-status', '你已经有这张卡了')
    await again.tap('#card')
    await again.arrives(CARD_PAGE)
  })

  test('an answer that is lost after the return is asked for again, and nothing wrong is said meanwhile', async () => {
    const phone = await openOffer()
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    const held = shop.api.hold(/^POST .*check$/, 'coming')
    await phone.tap('#visit-take')
    await held.arrived
    await phone.sees('#offer-status', '正在确认')
    held.lose()
    await phone.arrives(CARD_PAGE)
  })

  test('paying waits for no quote: the sheet has the order’s own sum, which is the lower one', async () => {
    const phone = await openOffer()
    await takeCard(phone)
    await openTab(phone, 'shop')
    const held = shop.api.hold(/^POST .*quote$/, 'going')
    await goTo(phone, '#pay')
    await held.arrived
    await phone.sees('#pay', '¥39.00')
    await phone.tap('#pay')
    await phone.sees('#sheet-amount', '31.20')
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '已支付')
    held.lose()
  })
})
