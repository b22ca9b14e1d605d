import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Tx } from '../../../kernel/db.ts'
import { listTemplateGoals, listTemplateRewards } from '../repository.ts'
import type { Card } from '../table.ts'

/**
 * Keeps goals and rewards as WeChat Pay has them: their ids are nowhere else to be had. Which of ours each of them is, its
 * name says; WeChat's numbers win.
 * @returns the names of those that are not as we have them
 */
export async function keepTerms(tx: Tx, card: Card, said: schema.Card): Promise<readonly string[]> {
  return [...(await keepGoals(tx, card, said)), ...(await keepRewards(tx, card, said))]
}

async function keepGoals(tx: Tx, { id, template_id }: Card, { objectives }: schema.Card): Promise<readonly string[]> {
  const ours = await listTemplateGoals(tx, [template_id])
  const rows = objectives.map(({ objective_id, name, count, unit }, position) => ({
    ...{ card_id: id, objective_id, position, name, times: count, unit },
    number: ours.find((goal) => goal.name === name)?.number ?? null,
  }))
  if (rows.length > 0) await tx.insertInto('card_goal').values(rows).execute()
  return differences(ours, rows, (goal, row) => goal.times === row.times)
}

async function keepRewards(tx: Tx, { id, template_id }: Card, { rewards }: schema.Card): Promise<readonly string[]> {
  const ours = await listTemplateRewards(tx, [template_id])
  const rows = rewards.map(({ reward_id, name, count_type, count, unit, amount }, position) => ({
    ...{ card_id: id, reward_id, position, name, unit, amount_fen: amount },
    times: count_type === 'COUNT_UNLIMITED' ? null : (count ?? null),
    number: ours.find((reward) => reward.name === name)?.number ?? null,
  }))
  if (rows.length > 0) await tx.insertInto('card_reward').values(rows).execute()
  return differences(ours, rows, (reward, row) => reward.times === row.times && reward.amount_fen === row.amount_fen)
}

interface Named {
  readonly name: string
}

/** Names that only one side has, and those whose numbers differ. */
function differences<Ours extends Named, Theirs extends Named>(
  ours: readonly Ours[],
  theirs: readonly Theirs[],
  isSame: (mine: Ours, yours: Theirs) => boolean,
): readonly string[] {
  const missing = ours.filter(({ name }) => !theirs.some((one) => one.name === name))
  const other = theirs.filter((one) => {
    const mine = ours.find(({ name }) => name === one.name)
    return !mine || !isSame(mine, one)
  })
  return [...missing, ...other].map(({ name }) => name)
}
