import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CodeOf, OutputOf, Route } from '../route.ts'
import { cards } from './index.ts'

const { Card, CardOffer, cardStatuses } = cards
const routes: Readonly<Record<string, Route>> = {
  listCardOffers: cards.listCardOffers,
  getCardOffer: cards.getCardOffer,
  prepareCard: cards.prepareCard,
  listCards: cards.listCards,
  getCard: cards.getCard,
  checkCard: cards.checkCard,
}

const goal = { name: '一个月买三次', times: 3, unit: '次', counts: 'orders', goods: ['羽毛球课'] }
const reward = { name: '八折优惠', times: null, unit: '次', amountFen: 3000, percentOff: 20, goods: null }
const offer = {
  id: 'offer1',
  name: '常客卡',
  description: null,
  durationDays: 30,
  goals: [goal],
  rewards: [reward],
  onOffer: true,
}
const record = {
  name: '八折优惠',
  kind: 'reward',
  times: -1,
  amountFen: -200,
  orderId: 'order1',
  at: '2026-11-21T10:00:00+08:00',
  status: 'recorded',
}
const card = {
  id: 'card1',
  offerId: 'offer1',
  name: '常客卡',
  status: 'ongoing',
  confirming: false,
  fromOther: false,
  goals: [{ ...goal, done: 1 }],
  rewards: [{ ...reward, used: 1, usedFen: 200 }],
  savedFen: 200,
  dueFen: 200,
  refundedFen: 0,
  reason: null,
  records: [record],
  takenAt: null,
  beginAt: null,
  endAt: null,
  endedAt: null,
  paidAt: null,
  page: { appId: 'wxcc2e4fbc5887661e', path: '/pages/card-detail/card-detail?card_id=1' },
}
const read = (change: object) => v.parse(Card, { ...card, ...change })

describe('the routes of cards', () => {
  it('say on whose phone they work: offers are for everybody, cards for who is logged in', () => {
    const open = Object.entries(routes).filter(([, route]) => route.public)
    expect(open.map(([name]) => name)).toEqual(['listCardOffers', 'getCardOffer'])
    for (const { scope, method } of Object.values(routes)) {
      expect(scope).toBeUndefined()
      expect(['GET', 'POST']).toContain(method)
    }
  })

  it.each(Object.entries(routes))('%s refuses members that it does not know, above all an openid', (_, { input }) => {
    expect(v.is(input, { id: 'card1', limit: 20, openid: 'o' })).toBe(false)
  })

  it.each(['prepareCard', 'getCard', 'checkCard', 'getCardOffer'])(
    '%s takes the id of its path and no more',
    (name) => {
      const input = routes[name]?.input ?? expect.unreachable(name)
      expect(v.is(input, { id: 'card1' })).toBe(true)
      for (const wrong of [{}, { id: '' }, { id: 'card1', name: 'x' }]) expect(v.is(input, wrong)).toBe(false)
    },
  )

  it('a card can be asked for and looked at, never given up here: that is done on its page at WeChat', () => {
    const asked = Object.values(routes).map(({ method, path }) => `${method} ${path}`)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([
      'POST /api/card-offers/:id/cards',
      'POST /api/cards/:id/check',
    ])
  })

  it('tell by their types what can go wrong', () => {
    expectTypeOf<CodeOf<typeof cards.prepareCard>>().toEqualTypeOf<
      | 'CARD_OFFER_NOT_FOUND'
      | 'CARD_OFFER_WITHDRAWN'
      | 'CARD_ALREADY_TAKEN'
      | 'WECHATPAY_REFUSED'
      | 'WECHATPAY_UNAVAILABLE'
    >()
    expectTypeOf<OutputOf<typeof cards.prepareCard>['page']>().toEqualTypeOf<{ appId: string; path: string }>()
  })
})

describe('an offer', () => {
  it('is read as sent, and a goal that counts something new is still a goal', () => {
    expect(v.parse(CardOffer, offer)).toEqual(offer)
    const fresh = v.parse(CardOffer, { ...offer, goals: [{ ...goal, counts: 'check-ins' }], colour: 'gold' })
    expect(fresh.goals[0]?.counts).toBe('unknown')
    expect(fresh).not.toHaveProperty('colour')
  })

  it.each([-1, 0.5, '3000'])('does not take off %j fen', (amountFen) => {
    expect(v.is(CardOffer, { ...offer, rewards: [{ ...reward, amountFen }] })).toBe(false)
  })
})

describe('a card', () => {
  it('is read as sent, in every status', () => {
    for (const status of cardStatuses) expect(read({ status })).toEqual({ ...card, status })
  })

  it('of a status, a reason or a record of tomorrow is read as unknown, never as an error', () => {
    expect(read({ status: 'frozen' }).status).toBe('unknown')
    expect(read({ reason: 'revoked' }).reason).toBe('unknown')
    expect(read({ records: [{ ...record, kind: 'gift', status: 'held' }] }).records[0]).toMatchObject({
      kind: 'unknown',
      status: 'unknown',
    })
    expect(read({ goals: [{ ...goal, counts: 'steps', done: 0 }] }).goals[0]?.counts).toBe('unknown')
  })

  it('that somebody else took says so, and nothing of that person', () => {
    const others = read({
      status: 'taken_by_other',
      goals: [],
      rewards: [],
      records: [],
      page: null,
      openid: 'o-other',
    })
    expect(others.status).toBe('taken_by_other')
    expect(others).not.toHaveProperty('openid')
  })

  it('that has not ended has no reason, one that has keeps it', () => {
    expect(read({ reason: null }).reason).toBeNull()
    expect(read({ status: 'owing', reason: 'quit' }).reason).toBe('quit')
  })

  it('takes a record back with the same sign on both counts', () => {
    expect(read({}).records[0]).toMatchObject({ times: -1, amountFen: -200 })
  })

  it.each([
    ['saved', { savedFen: -1 }],
    ['due', { dueFen: 0.5 }],
    ['refunded', { refundedFen: '0' }],
    ['used', { rewards: [{ ...reward, used: 1, usedFen: -200 }] }],
  ])('is not believed when what was %s is no sum of fen', (_, change) => {
    expect(v.is(Card, { ...card, ...change })).toBe(false)
  })
})
