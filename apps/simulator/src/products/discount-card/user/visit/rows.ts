import type { StoredTemplate } from '../../../../kernel/discount-card/stored.ts'
import type { World } from '../../../../kernel/world.ts'

/** Which card, and of whom. */
export const headRows = (world: World, { name, mchid }: Pick<StoredTemplate, 'name' | 'mchid'>) => [
  { label: '先享卡', value: name },
  { label: '商户', value: world.merchants.find((merchant) => merchant.mchid === mchid)?.merchantName ?? mchid },
]

/** The most that can be enjoyed, and so the most that can be charged back. */
export const mostFen = ({ rewards }: Pick<StoredTemplate, 'rewards'>): number =>
  rewards.reduce((sum, { amountFen }) => sum + amountFen, 0)
