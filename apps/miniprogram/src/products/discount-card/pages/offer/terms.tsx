import type { cards } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { Card } from '../../../../shared/ui/card.tsx'
import { Heading } from '../../../../shared/ui/heading.tsx'
import { enjoyWords, promiseWords, termsOf } from '../../offer-words.ts'
import { countWords } from '../../progress-words.ts'
import style from './index.module.scss'

/** All that is agreed on, before WeChat's page asks: what is enjoyed, what is promised, and when money moves. */
export function Terms({ offer }: { offer: cards.CardOffer }) {
  return (
    <>
      <Card>
        <View className={style.name} ariaRole="heading">
          {offer.name}
        </View>
        {offer.description && <View className={style.words}>{offer.description}</View>}
      </Card>
      <Heading>你先享受</Heading>
      <Card>
        {offer.rewards.map((reward) => (
          <Row key={reward.name} title={enjoyWords(reward)} words="领到就生效，以后下单时自动减" tone="good" />
        ))}
      </Card>
      <Heading>你再做到</Heading>
      <Card>
        {offer.goals.map((goal) => (
          <Row key={goal.name} title={promiseWords(offer, goal)} words={countWords(goal)} />
        ))}
      </Card>
      <Heading>钱什么时候收</Heading>
      <Card>
        {termsOf(offer).map(({ title, words, isPrice }) => (
          <Row key={title} title={title} words={words} tone={isPrice ? 'price' : 'plain'} />
        ))}
      </Card>
    </>
  )
}

interface RowProps {
  title: string
  words: string
  tone?: 'plain' | 'good' | 'price'
}

function Row({ title, words, tone = 'plain' }: RowProps) {
  return (
    <View className={style.row}>
      <View className={style[tone]}>{title}</View>
      <View className={style.words}>{words}</View>
    </View>
  )
}
