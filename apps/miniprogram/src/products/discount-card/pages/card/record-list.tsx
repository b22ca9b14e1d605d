import { Text, View } from '@tarojs/components'
import { dayAndTime } from '../../../../shared/format.ts'
import { open } from '../../../../shared/go.ts'
import { orderPath } from '../../../../shared/paths.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Heading } from '../../../../shared/ui/heading.tsx'
import type { CardRecord, HeldCard } from '../../card-of.ts'
import { changeOf, recordWords, spokenChange, statusWords } from '../../record-words.ts'
import style from './index.module.scss'

/** What WeChat was told, or is being told, newest first; what was taken back stands there too. */
export function RecordList({ records }: Pick<HeldCard, 'records'>) {
  if (records.length === 0) return null
  return (
    <>
      <Heading>记录</Heading>
      <Card>{records.map((record, index) => <Row key={index} record={record} />).reverse()}</Card>
    </>
  )
}

/** Leads to the order that it comes from. */
function Row({ record }: { record: CardRecord }) {
  const { name, orderId, at, status } = record
  const [what, told, time] = [recordWords(record), statusWords(record), dayAndTime(at)]
  const spoken = [name, what + spokenChange(record), time, told].filter(Boolean).join('，')
  const opens = orderId && {
    ariaRole: 'button' as const,
    hoverClass: style.pressed ?? '',
    onClick: () => open(orderPath(orderId)),
  }
  return (
    <View className={style.record} ariaLabel={orderId ? `${spoken}，看订单` : spoken} ariaRole="text" {...opens}>
      <View className={style.line}>
        <Text>{name}</Text>
        <Text className={style.end}>{changeOf(record)}</Text>
      </View>
      <View className={style.line}>
        <View>
          <Text className={style.soft}>{what}</Text>
          {orderId && <Text className={style.link}>看订单</Text>}
        </View>
        <Text className={`${style.end} ${style.soft}`}>{time}</Text>
      </View>
      {told && <View className={status === 'sending' ? style.soft : style.amber}>{told}</View>}
    </View>
  )
}
