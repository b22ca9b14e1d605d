import * as v from 'valibot'
import { PrintedFen } from '../../../contract/fen.ts'
import { orEmpty } from '../../../contract/fragments.ts'
import { Rfc3339 } from '../../../contract/time.ts'

/** The token opens WeChat's page, on which the card is taken; how long is not stated. */
export const PrepareResponse = v.looseObject({
  prepare_card_token: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
})

/** Tables of the notices say string where samples print a number. */
const count = v.union([
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a number'), v.transform(Number)),
])

const CompletionRecord = v.looseObject({
  objective_id: v.string(),
  objective_completion_serial_no: v.string(),
  completion_time: orEmpty(Rfc3339),
  completion_type: v.string(),
  description: orEmpty(v.string()),
  completion_count: count,
  remark: orEmpty(v.string()),
})

const UsageRecord = v.looseObject({
  reward_id: v.string(),
  reward_usage_serial_no: v.string(),
  usage_time: orEmpty(Rfc3339),
  usage_type: v.string(),
  description: orEmpty(v.string()),
  usage_count: count,
  amount: PrintedFen,
  remark: orEmpty(v.string()),
})

/** 用户先享卡目标: what the user promises to do, how often. */
export const Objective = v.looseObject({
  objective_id: v.string(),
  name: v.string(),
  count,
  unit: v.string(),
  description: orEmpty(v.string()),
  objective_completion_records: v.optional(v.array(CompletionRecord), []),
})

/** 用户先享卡奖励. `amount`: fen, the most that the user may enjoy of it in all; `count` limits it as well with COUNT_LIMIT. */
export const Reward = v.looseObject({
  reward_id: v.string(),
  name: v.string(),
  count_type: v.string(),
  count: orEmpty(count),
  unit: v.string(),
  amount: PrintedFen,
  description: orEmpty(v.string()),
  reward_usage_records: v.optional(v.array(UsageRecord), []),
})

const PayInformation = v.looseObject({
  pay_amount: PrintedFen,
  pay_state: v.string(),
  /** Both only when paid. */
  transaction_id: orEmpty(v.string()),
  pay_time: orEmpty(Rfc3339),
})

const identity = {
  card_id: v.string(),
  card_template_id: v.string(),
  openid: v.string(),
  out_card_code: v.string(),
  appid: v.string(),
  mchid: v.string(),
}

const outcome = {
  state: v.string(),
  unfinished_reason: orEmpty(v.string()),
  /** Fen: the discounts enjoyed so far. */
  total_amount: orEmpty(PrintedFen),
  /** Only of an UNFINISHED card of which money is due back. */
  pay_information: v.optional(PayInformation),
}

/** 先享卡订单. States are open strings: narrow them with `CardState`, `UnfinishedReason` and `PayState`. */
export const Card = v.looseObject({
  ...identity,
  ...outcome,
  time_range: v.looseObject({ begin_time: Rfc3339, end_time: Rfc3339 }),
  create_time: Rfc3339,
  objectives: v.optional(v.array(Objective), []),
  rewards: v.optional(v.array(Reward), []),
  /** Only when it was taken by an invitation. */
  sharer_openid: orEmpty(v.string()),
})
export type Card = v.InferOutput<typeof Card>

/** 扣费状态变化: no objectives, rewards or times. */
export const ChargedCard = v.looseObject({ ...identity, ...outcome })
export type ChargedCard = v.InferOutput<typeof ChargedCard>
