import { Text, View } from '@tarojs/components'
import { Card } from '../../../../shared/ui/card.tsx'
import { entriesOf } from '../../card-entries.ts'
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
