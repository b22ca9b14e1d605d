import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../../kernel/audit.ts'
import { type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { createCardTemplate } from './create.ts'
import { getCardOffer } from './get.ts'
import { listCardOffers } from './list.ts'
import { getCardTemplate } from './merchant-get.ts'
import { listCardTemplates } from './merchant-list.ts'
import { withdrawCardTemplate } from './withdraw.ts'

let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())

type Input = Parameters<typeof createCardTemplate>[1]

const input = (change: Partial<Input> = {}): Input => ({
  cardTemplateId: crypto.randomUUID(),
  name: '羽毛球先享卡',
  description: '三十天打三次球',
  durationDays: 30,
  goals: [
    { name: '到店三次', times: 3, unit: '次', counts: 'uses', goodsIds: ['badminton-court', 'swim-pass'] },
    { name: '买一次器材', times: 1, unit: '次', counts: 'orders' },
  ],
  rewards: [
    { name: '场地八折', times: 10, unit: '次', amountFen: 20_000, percentOff: 20, goodsIds: ['swim-pass'] },
    { name: '全场九折', unit: '次', amountFen: 5000, percentOff: 10 },
  ],
  ...change,
})

describe('a card template', () => {
  test('is offered with the names of what counts, and the shop’s numbers', async () => {
    const wanted = input()
    const template = await createCardTemplate(shop.asking(), wanted)
    const terms = {
      ...{ id: template.id, name: '羽毛球先享卡', description: '三十天打三次球', durationDays: 30 },
      goals: [
        { name: '到店三次', times: 3, unit: '次', counts: 'uses', goods: ['羽毛球场地 1 小时', '单次游泳票'] },
        { name: '买一次器材', times: 1, unit: '次', counts: 'orders', goods: null },
      ],
      rewards: [
        { name: '场地八折', times: 10, unit: '次', amountFen: 20_000, percentOff: 20, goods: ['单次游泳票'] },
        { name: '全场九折', times: null, unit: '次', amountFen: 5000, percentOff: 10, goods: null },
      ],
    }
    expect(template).toEqual({
      ...terms,
      ...{ state: 'on_offer', cardTemplateId: wanted.cardTemplateId, takenCount: 0, withdrawnAt: null },
      createdAt: expect.any(String),
    })
    expect(await getCardOffer(shop.ctx, template)).toEqual({ ...terms, onOffer: true })
    expect((await listCardOffers(shop.ctx)).offers[0]).toEqual({ ...terms, onOffer: true })
  })

  test('is made once per key, and once per number of WeChat Pay', async () => {
    const [by, wanted] = [shop.asking(), input()]
    const first = await createCardTemplate(by, wanted)
    expect(await createCardTemplate(by, wanted)).toEqual(first)
    await expect(createCardTemplate(shop.asking(), wanted)).rejects.toMatchObject({
      ...{ code: 'CARD_TEMPLATE_EXISTS', field: 'cardTemplateId' },
    })
    await expect(createCardTemplate(by, { ...wanted, name: '另一张' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('that names goods which are not there is refused, and nothing is kept of it', async () => {
    const wanted = input({
      rewards: [{ name: '八折', unit: '次', amountFen: 1, percentOff: 1, goodsIds: ['nothing'] }],
    })
    await expect(createCardTemplate(shop.asking(), wanted)).rejects.toMatchObject({
      ...{ code: 'GOODS_NOT_FOUND', field: 'rewards.0.goodsIds.0' },
    })
    await createCardTemplate(shop.asking(), { ...wanted, rewards: input().rewards })
  })

  test('that is withdrawn is on no list of shoppers and can still be looked at; who took it keeps it', async () => {
    const offer = await shop.newOffer()
    const holder = await shop.holder(offer)
    const withdrawn = await withdrawCardTemplate(shop.asking(), { id: offer.cardTemplateId })
    expect(withdrawn).toMatchObject({ state: 'withdrawn', takenCount: 1, withdrawnAt: expect.any(String) })
    expect(await withdrawCardTemplate(shop.asking(), offer)).toEqual(withdrawn)
    expect((await listCardOffers(shop.ctx)).offers.map(({ id }) => id)).not.toContain(offer.id)
    expect(await getCardOffer(shop.ctx, offer)).toMatchObject({ onOffer: false })
    expect(await shop.row(holder)).toMatchObject({ state: 'ongoing' })
  })

  test('is found by its id and by the number of WeChat Pay, and nothing else is', async () => {
    expect(await getCardTemplate(shop.lin, { id: shop.offer.cardTemplateId })).toEqual(
      await getCardTemplate(shop.lin, shop.offer),
    )
    for (const id of ['nothing', crypto.randomUUID()]) {
      await expect(getCardTemplate(shop.lin, { id })).rejects.toMatchObject({ code: 'CARD_TEMPLATE_NOT_FOUND' })
      await expect(getCardOffer(shop.ctx, { id })).rejects.toMatchObject({ code: 'CARD_OFFER_NOT_FOUND' })
    }
  })
})

test('the shop lists them page by page, newest first, and by state', async () => {
  const [first, second] = [await shop.newOffer(), await shop.newOffer()]
  await withdrawCardTemplate(shop.asking(), second)
  const page = await listCardTemplates(shop.lin, { limit: 1 })
  expect(page.templates.map(({ id }) => id)).toEqual([second.id])
  const rest = await listCardTemplates(shop.lin, { limit: 1, after: page.next ?? '' })
  expect(rest.templates.map(({ id }) => id)).toEqual([first.id])
  const withdrawn = await listCardTemplates(shop.lin, { limit: 50, state: 'withdrawn' })
  expect(withdrawn.templates.map(({ id }) => id)).toContain(second.id)
  expect(withdrawn.templates.map(({ id }) => id)).not.toContain(first.id)
})

test('who offered and who withdrew a card is written down', async () => {
  const offer = await shop.newOffer()
  await withdrawCardTemplate(shop.asking(), offer)
  await withdrawCardTemplate(shop.asking(), offer)
  const { entries } = await listAudit(shop.lin, { limit: 10, subject: offer.id })
  expect(entries.map(({ action, person }) => [action, person])).toEqual([
    ['card-template.withdraw', 'Lin'],
    ['card-template.create', 'Lin'],
  ])
})
