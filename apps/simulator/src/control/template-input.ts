import { Openid, PositiveFen, Rfc3339, text } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/discount-card'
import * as v from 'valibot'
import type { StoredTemplate } from '../kernel/discount-card/stored.ts'
import { digits } from '../kernel/numbers.ts'

const DAY_SECONDS = 86_400
const LONGEST_DAYS = 3650

const whole = (max: number) =>
  v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1), v.maxValue(max))
const count = whole(1_000_000)
const listOf = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.array(schema, 'must be a list'),
    v.minLength(1, 'must have at least one'),
    v.maxLength(20, 'has more than 20'),
  )

const Objective = v.strictObject({ name: text(20), count, unit: text(5), description: v.exactOptional(text(50)) })
const Reward = v.pipe(
  v.strictObject({
    name: text(20),
    countType: v.optional(v.picklist(states.countTypes), 'COUNT_UNLIMITED'),
    count: v.exactOptional(count),
    unit: text(5),
    amountFen: PositiveFen,
    description: v.exactOptional(text(50)),
  }),
  v.forward(
    v.check(
      (reward) => reward.countType === 'COUNT_UNLIMITED' || reward.count !== undefined,
      'is required with COUNT_LIMIT',
    ),
    ['count'],
  ),
)

const time = v.exactOptional(v.nullable(Rfc3339))
/** What WeChat's staff can change afterwards. */
const changeable = {
  isActive: v.exactOptional(v.boolean('must be true or false')),
  opensAt: time,
  closesAt: time,
  whitelist: v.exactOptional(v.nullable(v.pipe(v.array(Openid), v.maxLength(1000, 'has more than 1000 openids')))),
}

export const Changes = v.strictObject(changeable)

export const NewTemplate = v.pipe(
  v.strictObject({
    cardTemplateId: v.exactOptional(
      v.pipe(v.string('must be a string'), v.regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be 1 to 64 of 0-9 A-Z a-z _ -')),
    ),
    name: text(20),
    objectives: listOf(Objective),
    rewards: listOf(Reward),
    durationSeconds: v.exactOptional(whole(LONGEST_DAYS * DAY_SECONDS)),
    durationDays: v.exactOptional(whole(LONGEST_DAYS)),
    ...changeable,
  }),
  v.forward(
    v.check(
      ({ durationSeconds, durationDays }) => (durationSeconds === undefined) !== (durationDays === undefined),
      'give it or durationDays, one of the two',
    ),
    ['durationSeconds'],
  ),
)
type NewTemplate = v.InferOutput<typeof NewTemplate>

const msOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))

/** The members of a template that were named. */
export const changesOf = ({ opensAt, closesAt, ...rest }: v.InferOutput<typeof Changes>): Partial<StoredTemplate> => ({
  ...rest,
  ...(opensAt !== undefined && { opensAtMs: msOf(opensAt) }),
  ...(closesAt !== undefined && { closesAtMs: msOf(closesAt) }),
})

/** GUESS: the forms of the ids that WeChat makes; samples have 32 hexadecimal digits and a number. */
export function newTemplate(mchid: string, input: NewTemplate, id: string, nowMs: number): StoredTemplate {
  const { cardTemplateId = id, name, objectives, rewards, durationSeconds, durationDays = 0, ...changes } = input
  return {
    mchid,
    cardTemplateId,
    name,
    objectives: objectives.map(({ description = null, ...objective }) => ({
      objectiveId: digits(12),
      ...objective,
      description,
    })),
    rewards: rewards.map(({ description = null, count = 1, ...reward }) => ({
      rewardId: digits(12),
      ...reward,
      count,
      description,
    })),
    durationSeconds: durationSeconds ?? durationDays * DAY_SECONDS,
    createdAtMs: nowMs,
    isActive: true,
    opensAtMs: null,
    closesAtMs: null,
    whitelist: null,
    ...changesOf(changes),
  }
}
