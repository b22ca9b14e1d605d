import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import style from './card.module.scss'

interface Props {
  id?: string
  onTap?: () => void
  /** All of a card that acts, in one sentence. */
  ariaLabel?: string
}

/** What belongs together. One that acts says so to finger and ear. */
export function Card({ onTap, children, ...rest }: PropsWithChildren<Props>) {
  if (!onTap)
    return (
      <View {...rest} className={style.card}>
        {children}
      </View>
    )
  return (
    <View {...rest} className={style.card} hoverClass={style.pressed} ariaRole="button" onClick={onTap}>
      {children}
    </View>
  )
}
