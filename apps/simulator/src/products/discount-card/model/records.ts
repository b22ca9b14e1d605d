import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { InferOutput } from 'valibot'
import type { StoredCard, StoredCompletion, StoredUsage } from '../../../kernel/discount-card/stored.ts'
import type { World } from '../../../kernel/world.ts'

export type RecordsBody = InferOutput<typeof schema.AddUserRecordsBody>

/** What a call brings that is new: at most one record of each kind. */
export interface NewRecords {
  readonly completion: StoredCompletion | undefined
  readonly usage: StoredUsage | undefined
}

/**
 * A serial number is good once. GUESS: at one merchant, for whatever card and kind; of two records in one call with the
 * same number, the one of the reward is the one too many.
 */
export function newRecords(world: World, { mchid }: StoredCard, body: RecordsBody): NewRecords {
  const [completion] = (body.objective_completion_records ?? []).map(newCompletion)
  const [usage] = (body.reward_usage_records ?? []).map(newUsage)
  const isUsed = ({ serialNo }: StoredCompletion | StoredUsage) => world.discountCards.hasRecord(mchid, serialNo)
  return {
    completion: completion && !isUsed(completion) ? completion : undefined,
    usage: usage && !isUsed(usage) && usage.serialNo !== completion?.serialNo ? usage : undefined,
  }
}

const newCompletion = (record: NonNullable<RecordsBody['objective_completion_records']>[number]): StoredCompletion => ({
  serialNo: record.objective_completion_serial_no,
  objectiveId: record.objective_id,
  time: record.completion_time,
  type: record.completion_type,
  description: record.description,
  count: record.completion_count,
  remark: record.remark ?? null,
})

const newUsage = (record: NonNullable<RecordsBody['reward_usage_records']>[number]): StoredUsage => ({
  serialNo: record.reward_usage_serial_no,
  rewardId: record.reward_id,
  time: record.usage_time,
  type: record.usage_type,
  description: record.description,
  count: record.usage_count,
  amountFen: record.amount,
  remark: record.remark ?? null,
})
