import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../shared/format.ts'
import { Card } from '../../../shared/ui/card.tsx'
import { Price } from '../../../shared/ui/price.tsx'
import type { Sum } from '../../quote.ts'
import style from './index.module.scss'

interface Props {
  pieces: number
  sum: Sum
}

/** What is bought, what a card takes off, and what is left to pay. */
export function Amounts({ pieces, sum: { amountFen, discountFen, discountName } }: Props) {
  return (
    <Card>
      <Entry label="商品件数" text={`${pieces} 件`} />
      <Entry label="支付方式" text="微信支付" />
      {discountFen > 0 && (
        <View id="discount">
          <Entry label="商品合计" text={yuan(amountFen + discountFen)} spoken={spokenYuan(amountFen + discountFen)} />
          <Entry
            label={`先享卡优惠 ${discountName ?? ''}`}
            text={`−${yuan(discountFen)}`}
            spoken={`减${spokenYuan(discountFen)}`}
          />
        </View>
      )}
      <View className={style.entry} ariaLive="polite">
        <Text className={style.label}>应付</Text>
        <Price fen={amountFen} />
      </View>
      <View className={style.note}>在微信支付里确认以后才会扣款</View>
    </Card>
  )
}

function Entry({ label, text, spoken = '' }: { label: string; text: string; spoken?: string }) {
  return (
    <View className={style.entry}>
      <Text className={style.label}>{label}</Text>
      <Text className={style.text} ariaLabel={spoken}>
        {text}
      </Text>
    </View>
  )
}
