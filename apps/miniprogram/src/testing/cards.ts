import type { cards } from '@shouyin/contracts/shopper'

type Card = cards.Card

export const goalWith = (members: Partial<Card['goals'][number]> = {}): Card['goals'][number] => ({
  name: '一周打三次球',
  times: 3,
  unit: '次',
  counts: 'orders',
  goods: ['羽毛球场 1 小时'],
  done: 0,
  ...members,
})

export const rewardWith = (members: Partial<Card['rewards'][number]> = {}): Card['rewards'][number] => ({
  name: '场地八折',
  times: null,
  unit: '次',
  amountFen: 5000,
  percentOff: 20,
  goods: ['羽毛球场 1 小时'],
  used: 0,
  usedFen: 0,
  ...members,
})

export const recordWith = (members: Partial<cards.Card['records'][number]> = {}): cards.Card['records'][number] => ({
  name: '场地八折',
  kind: 'reward',
  times: 1,
  amountFen: 1200,
  orderId: 'order-1',
  at: '2026-11-22T10:00:00+08:00',
  status: 'recorded',
  ...members,
})

/** 每周三次卡 of a shopper, a day after it was taken, as the server shows it. */
export const cardWith = (members: Partial<Card> = {}): Card => ({
  id: 'card-1',
  offerId: 'offer-1',
  name: '每周三次卡',
  status: 'ongoing',
  confirming: false,
  fromOther: false,
  goals: [goalWith({ done: 1 })],
  rewards: [rewardWith({ used: 1, usedFen: 1200 })],
  savedFen: 1200,
  dueFen: 1200,
  refundedFen: 0,
  reason: null,
  records: [],
  takenAt: '2026-11-21T12:00:00+08:00',
  beginAt: '2026-11-21T12:00:00+08:00',
  endAt: '2026-11-28T12:00:00+08:00',
  endedAt: null,
  paidAt: null,
  page: { appId: 'wxcc2e4fbc5887661e', path: '/pages/card-detail/card-detail?card_id=card-1' },
  ...members,
})

const nowhere = { takenAt: null, beginAt: null, endAt: null, page: null }

/** Of a card that nobody took, or somebody else. */
export const untakenWith = (members: Partial<Card> = {}): Card =>
  cardWith({
    status: 'prepared',
    goals: [goalWith()],
    rewards: [rewardWith()],
    savedFen: 0,
    dueFen: 0,
    ...nowhere,
    ...members,
  })
