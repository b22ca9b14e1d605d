import type { cards } from '@shouyin/contracts/shopper'
import type { CardRecord } from '../table.ts'
import type { CardFacts } from './facts.ts'

/** What WeChat Pay has heard, or will. */
const counting = (records: readonly CardRecord[]) => records.filter(({ state }) => state !== 'too_late')

const signed = ({ direction }: CardRecord, number: number): number => (direction === 'INCREASE' ? number : -number)

const timesOf = (records: readonly CardRecord[]): number =>
  records.reduce((sum, record) => sum + signed(record, record.times), 0)

const fenOf = (records: readonly CardRecord[]): number =>
  records.reduce((sum, record) => sum + signed(record, record.amount_fen ?? 0), 0)

/** What was promised, and how much of it is done: by WeChat's own terms once it was taken. */
export function goalsOf({ terms, goals, records }: CardFacts): cards.Card['goals'] {
  return goals.map(({ objective_id, number, name, times, unit }) => {
    const ours = terms.goals.find((goal) => goal.number === number)
    const own = counting(records).filter((record) => record.objective_id === objective_id)
    return { name, times, unit, counts: ours?.counts ?? 'unknown', goods: ours?.goods ?? null, done: timesOf(own) }
  })
}

export function rewardsOf({ terms, rewards, records }: CardFacts): cards.Card['rewards'] {
  return rewards.map(({ reward_id, number, name, times, unit, amount_fen: amountFen }) => {
    const ours = terms.rewards.find((reward) => reward.number === number)
    const own = counting(records).filter((record) => record.reward_id === reward_id)
    return {
      ...{ name, times, unit, amountFen, percentOff: ours?.percentOff ?? 0, goods: ours?.goods ?? null },
      ...{ used: timesOf(own), usedFen: fenOf(own) },
    }
  })
}

/** Terms of a card that this shopper does not have. */
export const untouched = ({ terms }: CardFacts): Pick<cards.Card, 'goals' | 'rewards'> => ({
  goals: terms.goals.map(({ number: _, ...goal }) => ({ ...goal, done: 0 })),
  rewards: terms.rewards.map(({ number: _, ...reward }) => ({ ...reward, used: 0, usedFen: 0 })),
})

export const savedFenOf = ({ records }: CardFacts): number => fenOf(counting(records))

const statuses = {
  waiting: 'sending',
  sending: 'sending',
  accepted: 'recorded',
  refused: 'refused',
  too_late: 'too_late',
} as const satisfies Record<CardRecord['state'], cards.Card['records'][number]['status']>

export function describeRecord(record: CardRecord, { goals, rewards }: CardFacts): cards.Card['records'][number] {
  const goal = goals.find(({ objective_id }) => objective_id === record.objective_id)
  const reward = rewards.find(({ reward_id }) => reward_id === record.reward_id)
  return {
    name: (goal ?? reward)?.name ?? '',
    kind: record.kind,
    times: signed(record, record.times),
    amountFen: record.amount_fen === null ? null : signed(record, record.amount_fen),
    orderId: record.order_id,
    at: record.happened_at.toISOString(),
    status: statuses[record.state],
  }
}
