import { View } from '@tarojs/components'
import { usePullDownRefresh } from '@tarojs/taro'
import { useEffect } from 'react'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { stopPullDownRefresh } from '../../../../shared/wechat.ts'
import { type HeldCard, isTaken } from '../../card-of.ts'
import { cardWords, viewWords } from '../../card-words.ts'
import type { CardState } from '../../run-card.ts'
import { useCard } from '../../use-card.ts'
import { AskOrTake } from './actions.tsx'
import { Entries } from './entries.tsx'
import style from './index.module.scss'
import { RecordList } from './record-list.tsx'
import { Goals, Rewards } from './terms.tsx'
import { WechatPage } from './wechat-page.tsx'

export function CardDetails({ opening }: { opening: HeldCard }) {
  const { view, card, error, send } = useCard(opening)
  usePullDownRefresh(() => send('ask'))
  useEffect(() => {
    if (view !== 'checking') stopPullDownRefresh()
  }, [view])
  return (
    <>
      <View className={style.top}>
        <Head view={view} card={card} />
        {error !== undefined && <Problem before="没有问到：" error={error} />}
        <Goals card={card} />
        <Rewards card={card} />
        {isTaken(card) && <Entries card={card} />}
        <RecordList records={card.records} />
        <WechatPage card={card} />
      </View>
      <AskOrTake view={view} card={card} send={send} />
    </>
  )
}

/** How the card stands. Every change is read out. */
function Head({ view, card }: Pick<CardState, 'view' | 'card'>) {
  const { title, hint, tone } = cardWords(card)
  const notes = [card.fromOther && '别人申请、你领取的卡，约定和优惠归你', viewWords[view]].filter(Boolean)
  return (
    <View className={style.head} ariaRole="text" ariaLive="polite">
      <View className={style.soft}>{card.name}</View>
      <View id="card-status" className={`${style.title} ${style[tone]}`}>
        {title}
      </View>
      <View>{hint}</View>
      <View className={style.soft}>{notes.join('。')}</View>
    </View>
  )
}
