import { beforeAll, expect, test } from 'vitest'
import { CARD_PAGE, OFFER, takeCard } from '../support/card-pages.ts'
import { type CardShop, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { finish, goTo, openTab, saleOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

const MONTH_SECONDS = 30 * 86_400
/** A fifth of the towel's ¥39.00. */
const SAVED_FEN = 780

inBothModes((shop) => {
  let cards: CardShop
  let offerId: string
  beforeAll(async () => {
    cards = await openCardShop(shop.house)
    offerId = (await cards.offer()).id
  })

  const openOffer = (id = offerId) => shop.open({ path: OFFER, query: { id } })

  async function see(phone: Phone, status: string): Promise<void> {
    await phone.go('reLaunch', `${CARD_PAGE}?id=${(await cards.cardOf(phone)).id}`)
    await phone.sees('#card-status', status)
  }

  async function buy(phone: Phone): Promise<void> {
    await openTab(phone, 'shop')
    await finish(phone)
  }

  test('taken, three times cheaper, kept: the price of breaking it is read before, and nothing is collected', async () => {
    const phone = await openOffer()
    await phone.sees('page', '没做到，微信会把已经省下的钱收回去')
    await phone.sees('page', '现在不收钱')
    await phone.sees('page', '¥200.00')
    await takeCard(phone)

    await openTab(phone, 'shop')
    await goTo(phone, '#pay')
    await phone.sees('page', '¥7.80')
    await phone.sees('#pay', '¥31.20')
    await finish(phone, '#pay')
    const first = await saleOf(shop.house, phone)
    expect(first.amountFen).toBe(3120)
    await cards.told((await cards.cardOf(phone)).id, SAVED_FEN)
    await see(phone, '进行中')
    await phone.sees('page', '1/3')

    await buy(phone)
    await buy(phone)
    await cards.reaches((await cards.cardOf(phone)).id, 'finished')
    const kept = await cards.cardOf(phone)
    expect(kept).toMatchObject({ savedFen: 3 * SAVED_FEN, dueFen: 0, totalFen: 3 * SAVED_FEN, transactionId: null })
    expect(await cards.atWechat(kept)).toMatchObject({ state: 'FINISHED', payState: null })
    await see(phone, '已完成')
    await phone.sees('page', '¥23.40')
  })

  test('taken, bought once, expired: what was enjoyed is paid back, and the card says when and how much', async () => {
    const phone = await openOffer()
    await takeCard(phone)
    await buy(phone)
    const { id } = await cards.cardOf(phone)
    await cards.told(id, SAVED_FEN)
    await see(phone, '进行中')
    await phone.sees('page', '¥7.80')

    await shop.house.simulated.advance(MONTH_SECONDS + 60)
    await cards.reaches(id, 'settling')
    await see(phone, '正在核对')
    await shop.house.simulated.advance(86_400 + 60)
    await shop.house.simulated.advance(60)
    const paid = await cards.reaches(id, 'paid')
    expect(paid).toMatchObject({ dueFen: SAVED_FEN, totalFen: SAVED_FEN, transactionId: expect.any(String) })
    await see(phone, '优惠已收回')
    await phone.sees('page', '¥7.80')
    const { rows } = await shop.house.pool.query(
      'select source, state, amount_fen::int from charge where subject_id = $1',
      [id],
    )
    expect(rows).toEqual([{ source: 'discount-card', state: 'succeeded', amount_fen: SAVED_FEN }])
  })

  test('leaving early is done on WeChat’s page of the card, after the sum was read', async () => {
    const phone = await openOffer()
    await takeCard(phone)
    await buy(phone)
    const { id } = await cards.cardOf(phone)
    await cards.told(id, SAVED_FEN)
    await see(phone, '进行中')
    await phone.tap('#wechat-page')
    await phone.tap('#jump-allow')
    await phone.sees('[data-layer=visit]', '¥7.80')
    await phone.tap('#visit-quit')
    await shop.house.simulated.advance(10)
    await cards.reaches(id, 'paid')
    await see(phone, '优惠已收回')
  })

  test('money that goes back takes its discount with it: nothing is collected for it', async () => {
    const phone = await openOffer()
    await takeCard(phone)
    await buy(phone)
    const { id } = await cards.cardOf(phone)
    await cards.told(id, SAVED_FEN)
    const { rows } = await shop.house.pool.query<{ id: string }>(
      'select order_id as id from card_order where card_id = $1',
      [id],
    )
    const refund = await cards.merchant.refund(rows[0]?.id ?? '', 3120)
    expect(refund.status, JSON.stringify(refund.body)).toBe(201)
    await shop.house.simulated.advance(30)
    const card = await cards.told(id, 0)
    expect(card.records.map(({ times, amountFen }) => [times, amountFen])).toEqual([
      [1, SAVED_FEN],
      [1, null],
      [-1, -SAVED_FEN],
      [-1, null],
    ])
    await see(phone, '进行中')
    await phone.sees('page', '0/3')
    await phone.tap('#wechat-page')
    await phone.tap('#jump-allow')
    await phone.tap('#visit-quit')
    await cards.reaches(id, 'unfinished')
    await see(phone, '没有完成')
    expect(await cards.atWechat(card)).toMatchObject({ state: 'UNFINISHED', totalFen: 0, payState: null })
  })

  test('what WeChat’s page may say instead is not a dead end', async () => {
    const cases = [
      [{ isActive: false }, '未能领取先享卡，先享卡未开放领取，敬请关注'],
      [{ whitelist: [] }, '未通过申请，当前服务未上线'],
    ] as const
    for (const [change, says] of cases) {
      const offer = await cards.offer()
      const setTemplate = (body: object) =>
        shop.house.simulated.call('PUT', `/discount-card/templates/${offer.cardTemplateId}`, body)
      await setTemplate(change)
      const phone = await openOffer(offer.id)
      await phone.tap('#take')
      await phone.tap('#jump-allow')
      await phone.sees('[data-layer=visit]', says)
      await phone.tap('#visit-back')
      await phone.sees('#offer-status', '还没有领到')
      await phone.sees('page', '请联系商家')
      await setTemplate({ isActive: true, whitelist: null })
      await takeCard(phone)
      await phone.close()
    }
  })

  test('a friend who opens WeChat’s page first has the card, and who asked may ask for another', async () => {
    const phone = await openOffer()
    await phone.tap('#take')
    await phone.tap('#jump-allow')
    await phone.find('#visit-take')
    const prepared = await eventually(cards.newestAtWechat, ({ state }) => state === 'PREPARED', {
      what: 'the prepared card',
    })
    await cards.takeAtWechat(prepared, 'oFriendWithTheLink')
    await phone.tap('#visit-back')
    await phone.sees('#offer-status', '被别人领走了')
    await phone.tap('#ask')
    await takeCard(phone)
    expect((await cards.cardOf(phone)).outCardCode).not.toBe(prepared.outCardCode)
  })

  test('an accept notice that is lost is found by the shopper’s return', async () => {
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    const phone = await openOffer()
    await takeCard(phone)
  })
})
