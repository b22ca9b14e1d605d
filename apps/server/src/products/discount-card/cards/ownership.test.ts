import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asked, type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { checkCard } from './check.ts'
import { getCard } from './get.ts'
import { listCards } from './list.ts'
import { getMerchantCard } from './merchant-get.ts'

/** Whoever opens the token takes the card: who asked for it and who has it may be two people. */
let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())

type Shopper = Asked['shopper']

const see = (shopper: Shopper, { id }: { id: string }) => getCard(shopper, { id })
const listed = async (shopper: Shopper) => (await listCards(shopper, { limit: 20 })).cards

/** Asked for by one, taken by another, who used it once. */
async function takenByOther() {
  const [asked, taker] = [await shop.asker(), shop.newShopper()]
  await shop.take(asked, taker)
  await shop.query(asked)
  const held = { shopper: taker, id: asked.id }
  const fen = await shop.enjoy(held)
  return { asked, held, fen }
}

describe('a card that somebody else took', () => {
  test('belongs to who took it: with its progress, its sums and its records', async () => {
    const { asked, held, fen } = await takenByOther()
    const card = await see(held.shopper, asked)
    expect(card).toMatchObject({
      ...{ status: 'ongoing', fromOther: true, savedFen: fen, dueFen: fen, confirming: false },
      goals: [{ name: '下单三次', times: 3, counts: 'orders', goods: null, done: 1 }],
      rewards: [{ name: '全场八折', percentOff: 20, amountFen: 20_000, used: 1, usedFen: fen, times: null }],
      records: [
        { kind: 'reward', name: '全场八折', amountFen: fen, times: 1, status: 'recorded' },
        { kind: 'goal', name: '下单三次', amountFen: null, times: 1, status: 'recorded' },
      ],
      page: { appId: 'wxcc2e4fbc5887661e' },
    })
    const { out_card_code, mchid } = await shop.row(asked)
    expect(card.page?.path).toBe(`/pages/card-detail/card-detail?mchid=${mchid}&out_card_code=${out_card_code}`)
    expect(await listed(held.shopper)).toEqual([card])
  })

  test('tells who asked for it that, and nothing else', async () => {
    const { asked } = await takenByOther()
    const card = await see(asked.shopper, asked)
    expect(card).toEqual({
      ...{ id: asked.id, offerId: shop.offer.id, name: '羽毛球先享卡', status: 'taken_by_other' },
      ...{ confirming: false, fromOther: false, savedFen: 0, dueFen: 0, refundedFen: 0, reason: null, records: [] },
      goals: [{ name: '下单三次', times: 3, unit: '次', counts: 'orders', goods: null, done: 0 }],
      rewards: [
        {
          ...{ name: '全场八折', times: null, unit: '次', amountFen: 20_000, percentOff: 20, goods: null },
          ...{ used: 0, usedFen: 0 },
        },
      ],
      ...{ takenAt: null, beginAt: null, endAt: null, endedAt: null, paidAt: null, page: null },
    })
    expect(await listed(asked.shopper)).toEqual([card])
    expect(await checkCard(asked.shopper, asked)).toEqual(card)
  })

  test('stays hidden from who asked for it when it has ended, and what it cost', async () => {
    const { asked, held, fen } = await takenByOther()
    await shop.act(asked, 'quit')
    await shop.advance(10)
    expect(await checkCard(held.shopper, asked)).toMatchObject({ status: 'paid', dueFen: fen, reason: 'quit' })
    expect(await see(asked.shopper, asked)).toMatchObject({ status: 'taken_by_other', dueFen: 0, reason: null })
  })

  test('is normal: no alarm, and the shop sees whose it is', async () => {
    const { asked, held } = await takenByOther()
    expect(await getMerchantCard(shop.lin, asked)).toMatchObject({ openid: held.shopper.actor.openid })
    expect(shop.alarms).toEqual([])
  })
})

describe('a card of one’s own', () => {
  test('is not from somebody else', async () => {
    const held = await shop.holder()
    expect(await see(held.shopper, held)).toMatchObject({ status: 'ongoing', fromOther: false, savedFen: 0 })
  })

  test('that nobody took yet has its terms, and is in no list', async () => {
    const asked = await shop.asker()
    expect(await see(asked.shopper, asked)).toMatchObject({
      ...{ status: 'prepared', takenAt: null, page: null, savedFen: 0, dueFen: 0 },
      goals: [{ name: '下单三次', done: 0 }],
      rewards: [{ name: '全场八折', used: 0, usedFen: 0 }],
    })
    expect(await listed(asked.shopper)).toEqual([])
  })

  test('is not one of another mini-program, whatever its users are called there', async () => {
    const held = await shop.holder()
    const actor = { ...held.shopper.actor, userId: crypto.randomUUID(), appid: 'wx0000000000000009' }
    const elsewhere = { ...held.shopper, actor }
    await expect(see(elsewhere, held)).rejects.toMatchObject({ code: 'CARD_NOT_FOUND' })
    expect(await listed(elsewhere)).toEqual([])
  })
})

test('nobody else sees a card: it is as if there were none', async () => {
  const { asked } = await takenByOther()
  const stranger = shop.newShopper()
  for (const id of [asked.id, crypto.randomUUID(), 'nonsense']) {
    await expect(getCard(stranger, { id })).rejects.toMatchObject({ code: 'CARD_NOT_FOUND', message: '先享卡不存在' })
    await expect(checkCard(stranger, { id })).rejects.toMatchObject({ code: 'CARD_NOT_FOUND' })
  }
  expect(await listed(stranger)).toEqual([])
})

test('lists go page by page, newest first', async () => {
  const shopper = shop.newShopper()
  const first = await shop.holder(shop.offer, shopper)
  const second = await shop.holder(await shop.newOffer(), shopper)
  const page = await listCards(shopper, { limit: 1 })
  expect(page.cards.map(({ id }) => id)).toEqual([second.id])
  const rest = await listCards(shopper, { limit: 1, after: page.next ?? '' })
  expect(rest).toMatchObject({ cards: [{ id: first.id }], next: null })
})
