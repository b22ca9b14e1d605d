import { Button as Native } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import style from './button.module.scss'

interface Props {
  id?: string
  kind?: 'primary' | 'plain' | 'quiet'
  /** Shows that something is under way and takes no tap. */
  busy?: boolean
  disabled?: boolean
  onTap?: () => void
  openType?: 'share' | 'contact'
  /** What is read out, where the words alone do not say it. */
  ariaLabel?: string
}

export function Button({ kind = 'primary', busy, disabled, onTap, children, ...rest }: PropsWithChildren<Props>) {
  // Always true or false: a prop that goes away leaves an empty text, which is for each client to understand.
  const off = Boolean(busy || disabled)
  return (
    <Native
      {...rest}
      className={`${style.button} ${style[kind]} ${disabled ? style.off : ''}`}
      hoverClass={off ? 'none' : style.pressed}
      loading={Boolean(busy)}
      disabled={off}
      onClick={onTap}
    >
      {children}
    </Native>
  )
}
