import type { cards } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { Card } from '../../shared/ui/card.tsx'
import style from './offer-card.module.scss'
import { enjoyWords, promiseWords } from './offer-words.ts'

interface Props {
  offer: cards.CardOffer
  /** The shopper has one that still runs. */
  isHeld: boolean
  onTap: () => void
}

const HELD = '已领到'

/** One offer at a glance: what it gives, and what it wants. */
export function OfferCard({ offer, isHeld, onTap }: Props) {
  const enjoyed = offer.rewards.map(enjoyWords)
  const promised = offer.goals.map((goal) => promiseWords(offer, goal))
  const label = [offer.name, ...(isHeld ? [HELD] : []), '先享受', ...enjoyed, '再做到', ...promised].join('，')
  return (
    <Card id={`offer-${offer.id}`} ariaLabel={label} onTap={onTap}>
      <View className={style.line}>
        <Text className={style.name}>{offer.name}</Text>
        {isHeld && <Text className={style.held}>{HELD}</Text>}
      </View>
      {enjoyed.map((words) => (
        <View key={words} className={style.enjoy}>
          {words}
        </View>
      ))}
      {promised.map((words) => (
        <View key={words} className={style.promise}>
          约定：{words}
        </View>
      ))}
    </Card>
  )
}
