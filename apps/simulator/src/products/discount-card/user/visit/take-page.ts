import type { StoredTemplate } from '../../../../kernel/discount-card/stored.ts'
import { notice, type Page, type Visitor, yuan } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { templateOf } from '../../model/new-card.ts'
import { take, takeRefusals, whyNotTake } from '../take.ts'
import { headRows, mostFen } from './rows.ts'

const TITLE = '先享卡·领取'

/** 领卡页, by the token alone: what is promised, for how long, what for, and what breaking it costs. */
export function takePage(world: World, visitor: Visitor, token: string | undefined): Page {
  if (!token) return notice(TITLE, '参数错误：prepare_card_token必须是非空字符串')
  const preparation = world.discountCards.preparationByToken(token)
  if (!preparation) return notice(TITLE, '参数错误：prepare_card_token无效')
  const taker = { ...visitor, token }
  const refusal = whyNotTake(world, preparation, taker)
  if (refusal) return notice(TITLE, takeRefusals[refusal])
  const button = { action: 'take', label: '同意并领取', press: () => void take(world, preparation, taker) }
  return { title: TITLE, rows: termRows(world, templateOf(world, preparation)), buttons: [button] }
}

const termRows = (world: World, template: StoredTemplate) => [
  ...headRows(world, template),
  ...template.objectives.map(({ name, count, unit, description }) => ({
    label: `目标 ${name}`,
    value: withNote(`${count}${unit}`, description),
  })),
  ...template.rewards.map(({ name, countType, count, unit, amountFen, description }) => ({
    label: `奖励 ${name}`,
    value: withNote(
      `最高优惠${yuan(amountFen)}，${countType === 'COUNT_LIMIT' ? `最多${count}${unit}` : '不限次数'}`,
      description,
    ),
  })),
  { label: '有效期', value: `领取后${spanOf(template.durationSeconds)}` },
  { label: '领取费用', value: '领取时不扣款，到期前完成全部目标也不扣款' },
  {
    label: '未完成约定',
    value: `到期未完成全部目标，或提前退出，微信将扣回已享受的优惠，最高${yuan(mostFen(template))}`,
  },
]

const withNote = (value: string, note: string | null): string => (note === null ? value : `${value}（${note}）`)

const UNITS = [
  ['天', 86_400],
  ['小时', 3600],
  ['分钟', 60],
  ['秒', 1],
] as const

/** `7天`, `1天12小时`. */
function spanOf(seconds: number): string {
  let rest = seconds
  return UNITS.map(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? '' : `${count}${unit}`
  }).join('')
}
