import type { StoredCard, StoredCompletion, StoredUsage } from '../../../kernel/discount-card/stored.ts'
import { completedCount, signOf, usedCount, usedFen } from '../../../kernel/discount-card/sums.ts'
import type { NewRecords, RecordsBody } from '../model/records.ts'
import { type Broken, broken } from './refusals.ts'

/** Whether records of this card are taken at all, new or repeated. GUESS: of both rules the end of a card comes first. */
export function brokenChange(card: StoredCard, { card_template_id: id }: RecordsBody): Broken | undefined {
  const { cardTemplateId, outCardCode, state } = card
  if (id !== cardTemplateId) {
    return broken('TEMPLATE_MISMATCH', '/card_template_id', id, `is not ${cardTemplateId}, that of the card`)
  }
  if (state === 'ONGOING' || state === 'SETTLING') return undefined
  return broken('CARD_ENDED', 'out_card_code', outCardCode, `is ${state}: nothing can be corrected any more`)
}

/** The first rule that a new record breaks. */
export const brokenRecords = (card: StoredCard, { completion, usage }: NewRecords): Broken | undefined =>
  (completion && brokenCompletion(card, completion)) ?? (usage && brokenUsage(card, usage))

function brokenCompletion(card: StoredCard, record: StoredCompletion): Broken | undefined {
  const at = (member: string) => `/objective_completion_records/0/${member}`
  const { objectiveId, count } = record
  if (!card.objectives.some((one) => one.objectiveId === objectiveId)) {
    const issue = `must be one of ${card.objectives.map((one) => one.objectiveId).join(', ')}`
    return broken('OBJECTIVE_UNKNOWN', at('objective_id'), objectiveId, issue)
  }
  const before = completedCount(card, objectiveId)
  if (before + signOf(record) * count >= 0) return undefined
  return broken('OBJECTIVE_BELOW_ZERO', at('completion_count'), count, `must be at most ${before}, what was completed`)
}

function brokenUsage(card: StoredCard, record: StoredUsage): Broken | undefined {
  const at = (member: string) => `/reward_usage_records/0/${member}`
  const { rewardId, count, amountFen } = record
  const reward = card.rewards.find((one) => one.rewardId === rewardId)
  if (!reward) {
    const issue = `must be one of ${card.rewards.map((one) => one.rewardId).join(', ')}`
    return broken('REWARD_UNKNOWN', at('reward_id'), rewardId, issue)
  }
  const used = usedCount(card, rewardId)
  const usedAfter = used + signOf(record) * count
  if (usedAfter < 0) {
    return broken('REWARD_COUNT_BELOW_ZERO', at('usage_count'), count, `must be at most ${used}, what was used`)
  }
  if (reward.countType === 'COUNT_LIMIT' && usedAfter > reward.count) {
    const issue = `must be at most ${reward.count - used}, what is left of ${reward.count}`
    return broken('REWARD_COUNT_ABOVE', at('usage_count'), count, issue)
  }
  const fen = usedFen(card, rewardId)
  const fenAfter = fen + signOf(record) * amountFen
  if (fenAfter < 0) {
    return broken('REWARD_AMOUNT_BELOW_ZERO', at('amount'), amountFen, `must be at most ${fen} fen, what was enjoyed`)
  }
  if (fenAfter <= reward.amountFen) return undefined
  const issue = `must be at most ${reward.amountFen - fen} fen, what is left of ${reward.amountFen}`
  return broken('REWARD_AMOUNT_ABOVE', at('amount'), amountFen, issue)
}
