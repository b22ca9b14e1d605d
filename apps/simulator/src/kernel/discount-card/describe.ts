import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import type { StoredCard, StoredPreparation, StoredTemplate } from './stored.ts'
import { completedCount, totalFen, usedCount, usedFen } from './sums.ts'

const timeOf = (ms: number | null) => (ms === null ? null : formatShanghai(new Date(ms)))

/** What `/_sim/discount-card/*` shows. */
export const describeTemplate = (template: StoredTemplate) => ({
  cardTemplateId: template.cardTemplateId,
  mchid: template.mchid,
  name: template.name,
  objectives: template.objectives,
  rewards: template.rewards,
  durationSeconds: template.durationSeconds,
  isActive: template.isActive,
  opensAt: timeOf(template.opensAtMs),
  closesAt: timeOf(template.closesAtMs),
  whitelist: template.whitelist,
  createdAt: formatShanghai(new Date(template.createdAtMs)),
})

/** A card, or what may become one: `state` PREPARED is the simulator's word for that. */
export const describePreparation = (preparation: StoredPreparation) => ({
  outCardCode: preparation.outCardCode,
  cardTemplateId: preparation.cardTemplateId,
  mchid: preparation.mchid,
  state: 'PREPARED' as const,
  token: preparation.tokens.at(-1)?.text ?? null,
  createdAt: formatShanghai(new Date(preparation.createdAtMs)),
})

export const describeCard = (card: StoredCard) => ({
  outCardCode: card.outCardCode,
  cardId: card.cardId,
  cardTemplateId: card.cardTemplateId,
  mchid: card.mchid,
  openid: card.openid,
  state: card.state,
  unfinishedReason: card.unfinishedReason,
  totalFen: totalFen(card),
  objectives: card.objectives.map(({ objectiveId, name, count }) => ({
    objectiveId,
    name,
    count,
    completed: completedCount(card, objectiveId),
  })),
  rewards: card.rewards.map(({ rewardId, name, amountFen }) => ({
    rewardId,
    name,
    amountFen,
    used: usedCount(card, rewardId),
    usedFen: usedFen(card, rewardId),
  })),
  records: card.completions.length + card.usages.length,
  payState: card.payState,
  attempts: card.attempts,
  deductAt: timeOf(card.deductAtMs),
  transactionId: card.transactionId,
  createdAt: formatShanghai(new Date(card.createdAtMs)),
  beginAt: timeOf(card.beginAtMs),
  endAt: timeOf(card.endAtMs),
  settleAt: timeOf(card.settleAtMs),
  endedAt: timeOf(card.endedAtMs),
  paidAt: timeOf(card.paidAtMs),
})
