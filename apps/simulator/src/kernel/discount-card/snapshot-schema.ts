import { states } from '@shouyin/wechatpay-core/discount-card'
import * as v from 'valibot'
import type { StoredDiscountCards } from './stored.ts'

const text = v.string()
const number = v.number()
const maybeText = v.nullable(text)
const maybeNumber = v.nullable(number)
const recordType = v.picklist(states.recordTypes)

const Objective = v.object({ objectiveId: text, name: text, count: number, unit: text, description: maybeText })
const Reward = v.object({
  rewardId: text,
  name: text,
  countType: v.picklist(states.countTypes),
  count: number,
  unit: text,
  amountFen: number,
  description: maybeText,
})

const Template = v.object({
  mchid: text,
  cardTemplateId: text,
  name: text,
  objectives: v.array(Objective),
  rewards: v.array(Reward),
  durationSeconds: number,
  createdAtMs: number,
  isActive: v.boolean(),
  opensAtMs: maybeNumber,
  closesAtMs: maybeNumber,
  whitelist: v.nullable(v.array(text)),
})

const Preparation = v.object({
  mchid: text,
  appid: text,
  outCardCode: text,
  cardTemplateId: text,
  notifyUrl: text,
  parameters: text,
  namesPublicKey: v.boolean(),
  createdAtMs: number,
  tokens: v.array(v.object({ text, issuedAtMs: number })),
})

const Completion = v.object({
  serialNo: text,
  objectiveId: text,
  time: text,
  type: recordType,
  description: text,
  count: number,
  remark: maybeText,
})
const Usage = v.object({
  serialNo: text,
  rewardId: text,
  time: text,
  type: recordType,
  description: text,
  count: number,
  amountFen: number,
  remark: maybeText,
})

const Card = v.object({
  mchid: text,
  appid: text,
  openid: text,
  cardId: text,
  cardTemplateId: text,
  outCardCode: text,
  objectives: v.array(Objective),
  rewards: v.array(Reward),
  createdAtMs: number,
  beginAtMs: number,
  endAtMs: number,
  completions: v.array(Completion),
  usages: v.array(Usage),
  state: states.CardState,
  unfinishedReason: v.nullable(states.UnfinishedReason),
  settleAtMs: maybeNumber,
  endedAtMs: maybeNumber,
  payState: v.nullable(states.PayState),
  deductAtMs: maybeNumber,
  attempts: number,
  paidAtMs: maybeNumber,
  transactionId: maybeText,
})

/** Part of the data file. */
export const DiscountCards = v.object({
  templates: v.array(Template),
  preparations: v.array(Preparation),
  cards: v.array(Card),
}) satisfies v.GenericSchema<unknown, StoredDiscountCards>
