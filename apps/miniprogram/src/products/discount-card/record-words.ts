import { spokenYuan, yuan } from '../../shared/format.ts'
import type { CardRecord } from './card-of.ts'

const statuses = {
  sending: '正在同步给微信',
  recorded: '',
  refused: '微信没有记上，有疑问请联系商家',
  too_late: '卡已经结束，微信没有记上，有疑问请联系商家',
  unknown: '有新状态，更新小程序后可见',
} as const satisfies Record<CardRecord['status'], string>

/** What became of a record at WeChat, in plain words; empty: it is there. */
export const statusWords = ({ status }: Pick<CardRecord, 'status'>): string => statuses[status]

/** A minus sign as wide as the plus. */
const signed = (n: number, text: string): string => `${n < 0 ? '−' : '+'}${text}`

/** How much it adds, or takes back: `+1`, `−¥12.00`. */
export const changeOf = ({ times, amountFen }: Pick<CardRecord, 'times' | 'amountFen'>): string =>
  amountFen === null ? signed(times, String(Math.abs(times))) : signed(amountFen, yuan(Math.abs(amountFen)))

const isBack = ({ times, amountFen }: CardRecord): boolean => times < 0 || (amountFen ?? 0) < 0

/** What happened. */
export function recordWords(record: CardRecord): string {
  if (record.kind === 'unknown') return '更新小程序后可见'
  if (isBack(record)) return record.kind === 'goal' ? '退款或撤销，减掉' : '退款，减掉'
  return record.kind === 'goal' ? '做到' : '享受优惠'
}

/** The same for a screen reader. */
export const spokenChange = ({ times, amountFen }: Pick<CardRecord, 'times' | 'amountFen'>): string =>
  amountFen === null ? ` ${Math.abs(times)} 次` : spokenYuan(Math.abs(amountFen))
