import type { plans } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { Card } from '../../../../shared/ui/card.tsx'
import style from './index.module.scss'

const termsOf = ({ durationDays }: plans.Plan): [title: string, words: string][] => [
  ['签约时', '不收钱，只是说好每节课的价格。'],
  ['上课', '每上完一节课扣一次，上课前不收钱。扣的不会比上面写的多，¥0.00 的课不扣。'],
  ['扣款没有成功', '微信支付会再扣，你也可以在“我的课程”里直接付这一节。付清以后再上下一节。'],
  ['中途不想上了', '在“我的课程”里随时取消，没上的课不再收钱。已经开始的那一节照常上完，照常扣。'],
  ['有效期', `从签约那天起 ${durationDays} 天。到期没上的课不再收钱。`],
]

/** When money moves, and when it does not any more. */
export function Terms({ plan }: { plan: plans.Plan }) {
  return (
    <Card>
      {termsOf(plan).map(([title, words]) => (
        <View key={title} className={style.row}>
          <View>{title}</View>
          <View className={style.words}>{words}</View>
        </View>
      ))}
    </Card>
  )
}
