import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

/** 目标: what is promised. */
export const Goal = v.object({
  name: v.string(),
  times: v.number(),
  unit: v.string(),
  /** orders: each paid order counts once · uses: each use of what was bought. */
  counts: v.fallback(v.picklist(['orders', 'uses', 'unknown']), 'unknown'),
  /** Names of what counts; null: whatever the shop sells. */
  goods: v.nullable(v.array(v.string())),
})

/** 奖励: what is enjoyed first. */
export const Reward = v.object({
  name: v.string(),
  /** In how many orders, however many goods each has. Null: as often as one likes. */
  times: v.nullable(v.number()),
  unit: v.string(),
  /** The most that it takes off in all. */
  amountFen: Fen,
  percentOff: v.number(),
  goods: v.nullable(v.array(v.string())),
})

/** 先享卡, as it may be taken. */
export const CardOffer = v.object({
  id: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  /** From when it is taken. */
  durationDays: v.number(),
  goals: v.array(Goal),
  rewards: v.array(Reward),
  onOffer: v.boolean(),
})
export type CardOffer = v.InferOutput<typeof CardOffer>

export const cardStatuses = [
  // May be taken on WeChat's page.
  'prepared',
  'ongoing',
  // Its time is over, records are being checked.
  'settling',
  // The promise was kept; it was not, and nothing is due, or WeChat has not said yet what.
  'finished',
  'unfinished',
  // WeChat collects what was enjoyed; it has.
  'owing',
  'paid',
  // Was not taken in time; WeChat did not take it; who asked for it is not who took it.
  'lapsed',
  'failed',
  'taken_by_other',
] as const

/** What WeChat was told, or is being told, about the card. */
export const CardRecord = v.object({
  /** The name of the goal or reward. */
  name: v.string(),
  kind: v.fallback(v.picklist(['goal', 'reward', 'unknown']), 'unknown'),
  /** Negative: taken back, after a refund for example. */
  times: v.number(),
  /** Of a reward, with the same sign. */
  amountFen: v.nullable(v.number()),
  orderId: v.nullable(v.string()),
  at: v.string(),
  /** sending: WeChat has not confirmed it yet · too_late: the card ended before. */
  status: v.fallback(v.picklist(['sending', 'recorded', 'refused', 'too_late', 'unknown']), 'unknown'),
})

/** Exactly what `wx.navigateToMiniProgram` takes besides `extraData`, which is empty. */
export const CardPage = v.object({ appId: v.string(), path: v.string() })
export type CardPage = v.InferOutput<typeof CardPage>

/** A card that one shopper took, or asked for. */
export const Card = v.object({
  id: v.string(),
  offerId: v.string(),
  name: v.string(),
  status: v.fallback(v.picklist([...cardStatuses, 'unknown']), 'unknown'),
  /** True while WeChat has to be asked before anything can be said. */
  confirming: v.boolean(),
  /** Somebody else asked for it, and this shopper took it. */
  fromOther: v.boolean(),
  goals: v.array(v.object({ ...Goal.entries, done: v.number() })),
  rewards: v.array(v.object({ ...Reward.entries, used: v.number(), usedFen: Fen })),
  /** What was enjoyed so far, less what went back. */
  savedFen: Fen,
  /** What ends the promise now would cost, or did: WeChat collects it. */
  dueFen: Fen,
  refundedFen: Fen,
  /** Of one that was not kept: quit, or its time was over. */
  reason: v.nullable(v.fallback(v.picklist(['quit', 'expired', 'unknown']), 'unknown')),
  records: v.array(CardRecord),
  takenAt: v.nullable(v.string()),
  beginAt: v.nullable(v.string()),
  endAt: v.nullable(v.string()),
  endedAt: v.nullable(v.string()),
  paidAt: v.nullable(v.string()),
  /** WeChat's page of the card, where it can be given up too. Null until it is taken. */
  page: v.nullable(CardPage),
})
export type Card = v.InferOutput<typeof Card>

const offerNotFound = { CARD_OFFER_NOT_FOUND: 404 } as const
const cardNotFound = { CARD_NOT_FOUND: 404 } as const

export const listCardOffers = defineRoute({
  method: 'GET',
  path: '/api/card-offers',
  summary: 'Discount cards on offer, newest first',
  public: true,
  input: v.strictObject({}),
  output: v.object({ offers: v.array(CardOffer) }),
  errors: {},
})

export const getCardOffer = defineRoute({
  method: 'GET',
  path: '/api/card-offers/:id',
  summary: 'One card, also one that is no longer on offer',
  public: true,
  input: ById,
  output: CardOffer,
  errors: offerNotFound,
})

export const prepareCard = defineRoute({
  method: 'POST',
  path: '/api/card-offers/:id/cards',
  summary:
    "Parameters for WeChat's page on which the card is taken. Repeated, it answers the same card until it is taken",
  input: ById,
  output: v.object({ card: Card, page: CardPage }),
  errors: {
    ...offerNotFound,
    CARD_OFFER_WITHDRAWN: 409,
    /** The shopper has a live card of this kind. */
    CARD_ALREADY_TAKEN: 409,
    WECHATPAY_REFUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})

export const listCards = defineRoute({
  method: 'GET',
  path: '/api/cards',
  summary: "The shopper's cards, newest first; what was asked for and taken by nobody is left out",
  input: v.strictObject(page),
  output: v.object({ cards: v.array(Card), next }),
  errors: {},
})

export const getCard = defineRoute({
  method: 'GET',
  path: '/api/cards/:id',
  summary: 'One card of the shopper, held or asked for',
  input: ById,
  output: Card,
  errors: cardNotFound,
})

export const checkCard = defineRoute({
  method: 'POST',
  path: '/api/cards/:id/check',
  summary: 'Ask WeChat Pay what became of the card',
  input: ById,
  output: Card,
  errors: cardNotFound,
})
