import { formatInstant } from '../../../kernel/clock.ts'
import type { StoredCard, StoredCompletion, StoredUsage } from '../../../kernel/discount-card/stored.ts'
import { totalFen } from '../../../kernel/discount-card/sums.ts'

const timeOf = (ms: number): string => formatInstant(new Date(ms))

const identityOf = (card: StoredCard) => ({
  card_id: card.cardId,
  card_template_id: card.cardTemplateId,
  openid: card.openid,
  out_card_code: card.outCardCode,
  appid: card.appid,
  mchid: card.mchid,
})

const stateOf = ({ state, unfinishedReason }: StoredCard) => ({
  state,
  ...(unfinishedReason !== null && { unfinished_reason: unfinishedReason }),
})

const termOf = (card: StoredCard) => ({
  time_range: { begin_time: timeOf(card.beginAtMs), end_time: timeOf(card.endAtMs) },
  create_time: timeOf(card.createdAtMs),
})

const described = (description: string | null) => (description === null ? {} : { description })

const objectiveToWire = ({ objectiveId, name, count, unit, description }: StoredCard['objectives'][number]) => ({
  objective_id: objectiveId,
  name,
  count,
  unit,
  ...described(description),
})

const rewardToWire = ({
  rewardId,
  name,
  countType,
  count,
  unit,
  amountFen,
  description,
}: StoredCard['rewards'][number]) => ({
  reward_id: rewardId,
  name,
  count_type: countType,
  count,
  unit,
  amount: amountFen,
  ...described(description),
})

const completionToWire = ({ serialNo, objectiveId, time, type, description, count, remark }: StoredCompletion) => ({
  objective_completion_serial_no: serialNo,
  objective_id: objectiveId,
  completion_time: time,
  completion_type: type,
  description,
  completion_count: count,
  ...(remark !== null && { remark }),
})

const usageToWire = ({ serialNo, rewardId, time, type, description, count, amountFen, remark }: StoredUsage) => ({
  reward_usage_serial_no: serialNo,
  reward_id: rewardId,
  usage_time: time,
  usage_type: type,
  description,
  usage_count: count,
  amount: amountFen,
  ...(remark !== null && { remark }),
})

/** 用户领卡通知: goals and rewards without records, no sum. */
export const takenCardToWire = (card: StoredCard) => ({
  ...identityOf(card),
  ...stateOf(card),
  ...termOf(card),
  objectives: card.objectives.map(objectiveToWire),
  rewards: card.rewards.map(rewardToWire),
})

/** 守约状态变化通知: with records and their sum, whatever becomes of the money. */
export const endedCardToWire = (card: StoredCard) => ({
  ...identityOf(card),
  ...stateOf(card),
  ...termOf(card),
  total_amount: totalFen(card),
  objectives: card.objectives.map((objective) => ({
    ...objectiveToWire(objective),
    objective_completion_records: card.completions
      .filter(({ objectiveId }) => objectiveId === objective.objectiveId)
      .map(completionToWire),
  })),
  rewards: card.rewards.map((reward) => ({
    ...rewardToWire(reward),
    reward_usage_records: card.usages.filter(({ rewardId }) => rewardId === reward.rewardId).map(usageToWire),
  })),
})

/** 扣费状态变化通知: neither goals nor rewards nor times. */
export const chargedCardToWire = (card: StoredCard) => ({
  ...identityOf(card),
  ...stateOf(card),
  total_amount: totalFen(card),
  ...payInformationOf(card),
})

/** 先享卡订单, as the query answers it. */
export const cardToWire = (card: StoredCard) => ({ ...endedCardToWire(card), ...payInformationOf(card) })

/** None unless money is due back, or was. */
function payInformationOf(card: StoredCard) {
  const { payState, transactionId, paidAtMs } = card
  if (payState === null) return {}
  const paid = {
    ...(transactionId !== null && { transaction_id: transactionId }),
    ...(paidAtMs !== null && { pay_time: timeOf(paidAtMs) }),
  }
  return { pay_information: { pay_amount: totalFen(card), pay_state: payState, ...paid } }
}
