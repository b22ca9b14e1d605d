import * as v from 'valibot'
import { PositiveFen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'
import { Card, CardOffer, CardRecord, cardStatuses } from '../shopper/cards.ts'

const text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))
const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max))
const hasOwnNames = <One extends { name: string }>(list: One[]) =>
  new Set(list.map(({ name }) => name)).size === list.length
const NAMES = 'must have different names: WeChat Pay tells them apart by nothing else'

export const templateStates = ['on_offer', 'withdrawn'] as const

export const CardTemplate = v.object({
  ...v.omit(CardOffer, ['onOffer']).entries,
  state: v.picklist(templateStates),
  /** WeChat Pay's. */
  cardTemplateId: v.string(),
  takenCount: v.number(),
  createdAt: v.string(),
  withdrawnAt: v.nullable(v.string()),
})
export type CardTemplate = v.InferOutput<typeof CardTemplate>

export const MerchantCard = v.object({
  ...Card.entries,
  records: v.array(
    v.object({ ...CardRecord.entries, id: v.string(), serialNo: v.string(), problem: v.nullable(v.string()) }),
  ),
  /** Null until it is taken. */
  openid: v.nullable(v.string()),
  outCardCode: v.string(),
  /** WeChat Pay's. */
  cardId: v.nullable(v.string()),
  /** 微信订单号 of what WeChat collected, as the bill prints it. */
  transactionId: v.nullable(v.string()),
  /** As WeChat Pay last said; `savedFen` is what we count. */
  totalFen: v.nullable(v.number()),
  problem: v.nullable(v.string()),
  createdAt: v.string(),
})
export type MerchantCard = v.InferOutput<typeof MerchantCard>

const goodsIds = v.optional(v.pipe(v.array(Id), v.minLength(1), v.maxLength(50)))
const templateNotFound = { CARD_TEMPLATE_NOT_FOUND: 404 } as const
const cardNotFound = { CARD_NOT_FOUND: 404 } as const

export const createCardTemplate = defineRoute({
  method: 'POST',
  path: '/api/merchant/card-templates',
  summary:
    "Offer a card whose template WeChat's staff has made; names as they are there. It cannot be changed, only withdrawn",
  scope: 'cards:write',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    cardTemplateId: text(64),
    name: text(20),
    description: v.optional(text(120)),
    durationDays: count(3650),
    goals: v.pipe(
      v.array(
        v.strictObject({
          name: text(20),
          times: count(10_000),
          unit: text(5),
          counts: v.picklist(['orders', 'uses']),
          goodsIds,
        }),
      ),
      v.minLength(1),
      v.maxLength(10),
      v.check(hasOwnNames, NAMES),
    ),
    rewards: v.pipe(
      v.array(
        v.strictObject({
          name: text(20),
          times: v.optional(count(10_000)),
          unit: text(5),
          amountFen: PositiveFen,
          percentOff: count(99),
          goodsIds,
        }),
      ),
      v.minLength(1),
      v.maxLength(10),
      v.check(hasOwnNames, NAMES),
    ),
  }),
  output: CardTemplate,
  errors: { GOODS_NOT_FOUND: 404, CARD_TEMPLATE_EXISTS: 409, IDEMPOTENCY_KEY_REUSED: 409 },
})

export const listCardTemplates = defineRoute({
  method: 'GET',
  path: '/api/merchant/card-templates',
  summary: 'All card templates, newest first',
  scope: 'cards:read',
  input: v.strictObject({ ...page, state: v.optional(v.picklist(templateStates)) }),
  output: v.object({ templates: v.array(CardTemplate), next }),
  errors: {},
})

export const getCardTemplate = defineRoute({
  method: 'GET',
  path: '/api/merchant/card-templates/:id',
  summary: 'One card template; the id or the card_template_id of WeChat Pay finds it',
  scope: 'cards:read',
  input: ById,
  output: CardTemplate,
  errors: templateNotFound,
})

export const withdrawCardTemplate = defineRoute({
  method: 'POST',
  path: '/api/merchant/card-templates/:id/withdraw',
  summary: 'Offer it to nobody any more; cards that were taken go on',
  scope: 'cards:write',
  input: ById,
  output: CardTemplate,
  errors: templateNotFound,
})

export const listMerchantCards = defineRoute({
  method: 'GET',
  path: '/api/merchant/cards',
  summary: 'Cards, newest first; by status, e.g. owing: what WeChat Pay is collecting',
  scope: 'cards:read',
  input: v.strictObject({ ...page, status: v.optional(v.picklist(cardStatuses)), templateId: v.optional(Id) }),
  output: v.object({ cards: v.array(MerchantCard), next }),
  errors: {},
})

export const getMerchantCard = defineRoute({
  method: 'GET',
  path: '/api/merchant/cards/:id',
  summary: 'One card with its records; the id, a 商户领卡号, a card_id or a 微信订单号 finds it',
  scope: 'cards:read',
  input: ById,
  output: MerchantCard,
  errors: cardNotFound,
})

export const checkMerchantCard = defineRoute({
  method: 'POST',
  path: '/api/merchant/cards/:id/check',
  summary: 'Ask WeChat Pay about the card, and tell it what it was not told yet',
  scope: 'cards:read',
  input: ById,
  output: MerchantCard,
  errors: cardNotFound,
})

export const resendRecords = defineRoute({
  method: 'POST',
  path: '/api/merchant/cards/:id/resend',
  summary: 'Tell WeChat Pay again what it refused, once the cause is gone',
  scope: 'cards:write',
  input: ById,
  output: MerchantCard,
  errors: { ...cardNotFound, CARD_ENDED: 409 },
})
