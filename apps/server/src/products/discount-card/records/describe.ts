import type { Change } from './missing.ts'

/** What the shopper reads of a record on WeChat's page of the card: at most 20 characters. */
const words = {
  goal: { INCREASE: '到店消费', DECREASE: '退款或撤销' },
  reward: { INCREASE: '购买优惠', DECREASE: '退款，优惠收回' },
} as const satisfies Record<Change['kind'], Record<Change['direction'], string>>

export const describe = ({ kind, direction }: Pick<Change, 'kind' | 'direction'>): string => words[kind][direction]
