import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Heading } from '../../../../shared/ui/heading.tsx'
import { type HeldCard, type HeldGoal, type HeldReward, isDone, isTaken } from '../../card-of.ts'
import {
  countWords,
  leftWords,
  missingWords,
  percentOf,
  progressOf,
  rewardWords,
  spokenProgress,
} from '../../progress-words.ts'
import style from './index.module.scss'

interface Props {
  card: HeldCard
}

/** What was promised, and how much of it is done. */
export function Goals({ card }: Props) {
  return (
    <>
      <Heading>约定</Heading>
      <Card>
        {card.goals.map((goal) => (
          <Goal key={goal.name} goal={goal} card={card} />
        ))}
      </Card>
    </>
  )
}

function Goal({ goal, card }: { goal: HeldGoal; card: HeldCard }) {
  const { name, times, unit } = goal
  return (
    <View className={style.term}>
      <View className={style.line}>
        <Text className={style.name}>{name}</Text>
        <Text className={style.end} ariaLabel={isTaken(card) ? spokenProgress(goal) : `要 ${times} ${unit}`}>
          {isTaken(card) ? progressOf(goal) : `${times} ${unit}`}
        </Text>
      </View>
      {isTaken(card) && <Bar goal={goal} />}
      {isTaken(card) && <View className={isDone(goal) ? style.met : style.soft}>{missingWords(goal, card)}</View>}
      <View className={style.soft}>{countWords(goal)}</View>
    </View>
  )
}

const Bar = ({ goal }: { goal: HeldGoal }) => (
  <View className={style.track} ariaHidden>
    <View className={style.done} style={`width:${percentOf(goal)}%`} />
  </View>
)

/** What was saved so far, and what is left of it. */
export function Rewards({ card }: Props) {
  return (
    <>
      <Heading>优惠</Heading>
      <Card>
        {card.rewards.map((reward) => (
          <Reward key={reward.name} reward={reward} card={card} />
        ))}
      </Card>
    </>
  )
}

function Reward({ reward, card }: { reward: HeldReward; card: HeldCard }) {
  const { name, amountFen, used, usedFen, unit } = reward
  const fen = isTaken(card) ? usedFen : amountFen
  const label = isTaken(card) ? '已优惠' : '最多优惠'
  return (
    <View className={style.term}>
      <View className={style.line}>
        <Text className={style.name}>{name}</Text>
        <Text className={style.end} ariaLabel={`${label}${spokenYuan(fen)}`}>
          {label} {yuan(fen)}
        </Text>
      </View>
      <View className={style.line}>
        <Text className={style.soft}>{rewardWords(reward)}</Text>
        {isTaken(card) && <Text className={`${style.end} ${style.soft}`}>{`用了 ${used} ${unit}`}</Text>}
      </View>
      {card.status === 'ongoing' && <View className={style.soft}>{leftWords(reward)}</View>}
    </View>
  )
}
