import { dayAndTime, yuan } from '../../shared/format.ts'
import type { HeldCard } from './card-of.ts'

/** What is known about a card, in the order in which a shopper asks for it. */
export function entriesOf({ status, dueFen, refundedFen, ...at }: HeldCard): [label: string, value: string][] {
  // A card that expired ended then, whenever WeChat had looked through its records.
  const isEnded = at.endedAt !== null && at.reason !== 'expired'
  const entries: [string, string | null][] = [
    ['已扣', status === 'paid' ? yuan(dueFen) : null],
    ['已退', refundedFen > 0 ? yuan(refundedFen) : null],
    ['扣款时间', at.paidAt && dayAndTime(at.paidAt)],
    isEnded ? ['结束时间', at.endedAt && dayAndTime(at.endedAt)] : ['到期时间', at.endAt && dayAndTime(at.endAt)],
    ['领取时间', at.takenAt && dayAndTime(at.takenAt)],
  ]
  return entries.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
