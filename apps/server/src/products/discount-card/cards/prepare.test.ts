import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CARDS, type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { dying, Killed } from '../../../testing/dying.ts'
import { sampleCard } from '../../../testing/sample-card.ts'
import { createCardTemplate } from '../templates/create.ts'
import { withdrawCardTemplate } from '../templates/withdraw.ts'
import { prepareCard } from './prepare.ts'

let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

const onPrepare = { method: 'POST', path: CARDS }
const onQuery = { method: 'GET', path: `${CARDS}/*` }
const MINUTE = 60

const tap = (shopper: ReturnType<CardShop['newShopper']>, { id } = shop.offer) => prepareCard(shopper, { id })

describe('asking for a card', () => {
  test("leads to WeChat's page, with a token that is not changed on the way", async () => {
    const { shopper, id, page } = await shop.asker()
    const row = await shop.row({ id })
    expect(row).toMatchObject({ state: 'prepared', asked_by: shopper.actor.userId, openid: null })
    expect(page).toEqual({
      appId: 'wxcc2e4fbc5887661e',
      path: `/pages/get-card/get-card?prepare_card_token=${encodeURIComponent(row.token ?? '')}`,
    })
    expect(await shop.prepared({ id })).toEqual([row.request])
    expect(JSON.parse(row.request)).toEqual({
      ...{ out_card_code: row.out_card_code, card_template_id: shop.offer.cardTemplateId, appid: row.appid },
      notify_url: `http://127.0.0.1:9/wechatpay/notifications/${row.mchid}/discount-card`,
    })
  })

  test('forty taps at once make one card with one token, and all get it', async () => {
    const shopper = shop.newShopper()
    const taps = await Promise.all(Array.from({ length: 40 }, () => tap(shopper)))
    expect(new Set(taps.map(({ card, page }) => `${card.id} ${page.path}`)).size).toBe(1)
    const [row, ...others] = await shop.rowsOf(shopper)
    expect(others).toEqual([])
    expect(await shop.prepared({ id: row?.id ?? '' })).toHaveLength(1)
  })

  test('another shopper, or another card, is another one', async () => {
    const one = await shop.asker()
    const [other, second] = [await shop.asker(), await shop.asker(await shop.newOffer(), one.shopper)]
    expect(new Set([one, other, second].map(({ id, page }) => `${id} ${page.path}`)).size).toBe(3)
  })

  test.each(['nothing', '0197aa00-0000-7000-8000-000000000000'])('%s is no offer', async (id) => {
    await expect(prepareCard(shop.newShopper(), { id })).rejects.toMatchObject({ code: 'CARD_OFFER_NOT_FOUND' })
  })

  test('one that is withdrawn leads nowhere; who holds it hears that', async () => {
    const offer = await shop.newOffer()
    const [holder, asker] = [await shop.holder(offer), await shop.asker(offer)]
    await withdrawCardTemplate(shop.asking(), offer)
    await expect(tap(shop.newShopper(), offer)).rejects.toMatchObject({ code: 'CARD_OFFER_WITHDRAWN' })
    await expect(tap(asker.shopper, offer)).rejects.toMatchObject({ code: 'CARD_OFFER_WITHDRAWN' })
    await expect(tap(holder.shopper, offer)).rejects.toMatchObject({ code: 'CARD_ALREADY_TAKEN' })
  })
})

describe('whoever has a card of this kind', () => {
  test('gets no second one while it lives, whoever asked for it', async () => {
    const [asker, taker] = [await shop.asker(), shop.newShopper()]
    await shop.take(asker, taker)
    await shop.query(asker)
    await expect(tap(taker)).rejects.toMatchObject({ code: 'CARD_ALREADY_TAKEN' })
    const again = await tap(asker.shopper)
    expect(again.card).toMatchObject({ status: 'prepared' })
    expect(again.card.id).not.toBe(asker.id)
  })

  test('and nobody told us: found out as soon as another token is needed', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    await shop.advance(11 * MINUTE)
    await expect(tap(asker.shopper)).rejects.toMatchObject({ code: 'CARD_ALREADY_TAKEN' })
    expect(await shop.row(asker)).toMatchObject({ state: 'ongoing', openid: asker.shopper.actor.openid })
    expect(await shop.prepared(asker)).toHaveLength(1)
  })

  test('may take another one when it has ended', async () => {
    const holder = await shop.holder()
    await shop.act(holder, 'quit')
    await shop.query(holder)
    expect((await tap(holder.shopper)).card.id).not.toBe(holder.id)
  })
})

describe('the token', () => {
  test('is handed out again for ten minutes, without a question', async () => {
    const { shopper, id, page } = await shop.asker()
    await shop.advance(9 * MINUTE)
    expect((await tap(shopper)).page).toEqual(page)
    expect([await shop.questions({ id }), (await shop.prepared({ id })).length]).toEqual([0, 1])
  })

  test('is renewed when it is older, under the same number and with the same bytes', async () => {
    const { shopper, id, page } = await shop.asker()
    await shop.advance(11 * MINUTE)
    const again = await tap(shopper)
    expect(again.card.id).toBe(id)
    expect(again.page).not.toEqual(page)
    const sent = await shop.prepared({ id })
    expect([sent.length, new Set(sent).size]).toEqual([2, 1])
    await shop.advance(9 * MINUTE)
    expect((await tap(shopper)).page).toEqual(again.page)
  })

  const noRenewal = { match: onPrepare, kind: 'error-before-effect', status: 400, code: 'INVALID_REQUEST', count: 1 }

  test('stays while it may live, when WeChat Pay gives no other', async () => {
    const { shopper, page } = await shop.asker()
    await shop.advance(115 * MINUTE)
    await shop.simulated.faults(noRenewal)
    expect((await tap(shopper)).page).toEqual(page)
    expect(shop.alarms).toEqual([])
  })

  test('is given up after two hours, when WeChat Pay gives no other; should it be taken all the same, it comes back', async () => {
    const { shopper, id } = await shop.asker()
    await shop.simulated.call('PUT', '/switches', { cardTokenSeconds: 86_400 })
    await shop.advance(121 * MINUTE)
    await shop.simulated.faults(noRenewal)
    expect((await tap(shopper)).card.id).not.toBe(id)
    expect(await shop.row({ id })).toMatchObject({ state: 'lapsed', next_query_at: null })
    await shop.take({ shopper, id })
    expect(await shop.query({ id })).toBe('ongoing')
    await shop.simulated.call('PUT', '/switches', { cardTokenSeconds: 7200 })
  })
})

describe('when the outcome is unknown', () => {
  test.each(['error-before-effect', 'error-after-effect', 'reset-before-effect', 'reset-after-effect'])(
    '%s: the shopper may try again, and it is one card, of the same bytes',
    async (kind) => {
      const shopper = shop.newShopper()
      await shop.simulated.faults({ match: { path: `${CARDS}*` }, kind, count: 99 })
      await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE', retryAfterSeconds: 3 })
      const [row, ...others] = await shop.rowsOf(shopper)
      expect([row?.state, others]).toEqual(['preparing', []])
      await shop.simulated.faults()
      expect((await tap(shopper)).card).toMatchObject({ id: row?.id, status: 'prepared', confirming: false })
      expect(new Set(await shop.prepared({ id: row?.id ?? '' })).size).toBe(1)
    },
  )

  test.each(['unsigned-response', 'tamper-response', 'probe-response'])('%s: no token is believed', async (kind) => {
    const shopper = shop.newShopper()
    await shop.simulated.faults({ match: onPrepare, kind, count: 99 })
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await shop.rowsOf(shopper)).toMatchObject([{ state: 'preparing', token: null }])
  })

  test.each(['before', 'after'] as const)(
    'a process that dies %s its call only delays: the sweep goes on',
    async (when) => {
      const shopper = shop.newShopper()
      await expect(tap(dying(shopper, 'discountCard.prepareCard', when))).rejects.toThrow(Killed)
      const [row] = await shop.rowsOf(shopper)
      if (!row) return expect.unreachable()
      expect(row.state).toBe('preparing')
      await shop.advance(MINUTE)
      await shop.sweep()
      expect(await shop.row(row)).toMatchObject({ state: 'prepared', sending_until: null })
      expect((await tap(shopper)).card.id).toBe(row.id)
    },
  )

  test('a process that dies with its turn holds others up for less than a minute', async () => {
    const shopper = shop.newShopper()
    await expect(tap(dying(shopper, 'discountCard.prepareCard', 'before'))).rejects.toThrow(Killed)
    const [row] = await shop.rowsOf(shopper)
    if (!row) return expect.unreachable()
    const sending_until = new Date(shop.ctx.clock.now().getTime() + 40_000)
    await shop.ctx.db.updateTable('card').set({ sending_until }).where('id', '=', row.id).execute()
    await shop.advance(MINUTE)
    expect((await tap(shopper)).card.id).toBe(row.id)
  })
})

describe('what WeChat Pay does not take', () => {
  const refusal = { match: onPrepare, kind: 'error-before-effect', status: 403, code: 'NO_AUTH', count: 1 }

  test('is refused for all who wait, with one alarm; the next tap is a new attempt', async () => {
    await shop.simulated.faults(refusal)
    const shopper = shop.newShopper()
    const taps = await Promise.allSettled(Array.from({ length: 10 }, () => tap(shopper)))
    const refused = taps.filter((one) => one.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'WECHATPAY_REFUSED' })
    const [row] = await shop.rowsOf(shopper)
    expect(row).toMatchObject({ state: 'refused', next_query_at: null })
    expect(row?.problem).toContain('NO_AUTH')
    expect(shop.alarmsOf('card_refused')).toHaveLength(1)
    expect((await tap(shopper)).card).toMatchObject({ status: 'prepared' })
  })

  test('a template that it does not have', async () => {
    const { goals, rewards } = sampleCard.offered
    const input = { ...sampleCard.offered, goals: [...goals], rewards: [...rewards], cardTemplateId: 'nowhere' }
    const offer = await createCardTemplate(shop.asking(), input)
    const shopper = shop.newShopper()
    await expect(tap(shopper, offer)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
    expect((await shop.rowsOf(shopper))[0]?.problem).toContain('RESOURCE_NOT_EXISTS')
  })

  test('a refusal proves nothing while nobody says that WeChat Pay does not have it', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults(refusal, { match: onQuery, kind: 'error-before-effect', count: 9 })
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await shop.rowsOf(shopper)).toMatchObject([{ state: 'preparing', unconfirmed: true }])
  })

  test('comes back when WeChat Pay has it after all', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults(refusal)
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
    const [row] = await shop.rowsOf(shopper)
    if (!row) return expect.unreachable()
    await shop.ctx.wechat(row.mchid).call(endpoints.prepareCard, { body: JSON.parse(row.request) })
    await shop.take({ shopper, id: row.id })
    expect(await shop.query(row)).toBe('ongoing')
    expect(await shop.row(row)).toMatchObject({ state: 'ongoing', problem: null })
  })
})
