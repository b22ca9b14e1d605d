import { Text, View } from '@tarojs/components'
import { dayAndTime, yuan } from '../../../../shared/format.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import type { HeldCard } from '../../card-of.ts'
import style from './index.module.scss'

export function Entries({ card }: { card: HeldCard }) {
  return (
    <Card>
      {entriesOf(card).map(([label, value]) => (
        <View key={label} className={style.entry}>
          <Text className={style.label}>{label}</Text>
          <Text className={style.value}>{value}</Text>
        </View>
      ))}
    </Card>
  )
}

/** What is known about a card, in the order in which a shopper asks for it. */
function entriesOf({ status, dueFen, refundedFen, ...at }: HeldCard): [label: string, value: string][] {
  const entries: [string, string | null][] = [
    ['已扣', status === 'paid' ? yuan(dueFen) : null],
    ['已退', refundedFen > 0 ? yuan(refundedFen) : null],
    ['扣款时间', at.paidAt && dayAndTime(at.paidAt)],
    ['结束时间', at.endedAt && dayAndTime(at.endedAt)],
    ['到期时间', at.endedAt ? null : at.endAt && dayAndTime(at.endAt)],
    ['领取时间', at.takenAt && dayAndTime(at.takenAt)],
  ]
  return entries.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
