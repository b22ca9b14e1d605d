import { Text, View } from '@tarojs/components'
import { dayAndTime, spokenYuan, yuan } from '../../shared/format.ts'
import { open } from '../../shared/go.ts'
import { Card } from '../../shared/ui/card.tsx'
import { Price } from '../../shared/ui/price.tsx'
import { type HeldCard, isTaken } from './card-of.ts'
import style from './card-summary.module.scss'
import { cardSum, cardWords } from './card-words.ts'
import { cardPath } from './paths.ts'
import { progressOf, spokenProgress } from './progress-words.ts'

/** One card in a list: how it stands, how far its promise is, and its money. Leads to its page. */
export function CardSummary({ card }: { card: HeldCard }) {
  const { title, hint, tone } = cardWords(card)
  const spoken = [title, card.name, ...(isTaken(card) ? [...card.goals.map(spokenProgress), spokenSum(card)] : [hint])]
  return (
    <Card id={`card-${card.id}`} ariaLabel={spoken.join('，')} onTap={() => open(cardPath(card.id))}>
      <View className={style.line}>
        <Text className={style.name}>{card.name}</Text>
        <Text className={style[tone]}>{title}</Text>
      </View>
      {isTaken(card) ? <Facts card={card} /> : <View className={style.hint}>{hint}</View>}
    </Card>
  )
}

function Facts({ card }: { card: HeldCard }) {
  const { label, fen } = cardSum(card)
  return (
    <>
      {card.goals.map((goal) => (
        <View key={goal.name} className={style.line}>
          <Text className={style.soft}>{goal.name}</Text>
          <Text className={style.goal}>{progressOf(goal)}</Text>
        </View>
      ))}
      <View className={style.line}>
        <Text className={style.soft}>
          {card.status === 'ongoing' && card.endAt ? `${dayAndTime(card.endAt)} 到期` : ''}
        </Text>
        <View className={style.sum}>
          <Text className={style.soft}>
            {card.refundedFen > 0 && `已退 ${yuan(card.refundedFen)}，`}
            {label}
          </Text>
          <Price fen={fen} />
        </View>
      </View>
    </>
  )
}

function spokenSum(card: HeldCard): string {
  const { label, fen } = cardSum(card)
  return `${card.refundedFen > 0 ? `已退${spokenYuan(card.refundedFen)}，` : ''}${label}${spokenYuan(fen)}`
}
