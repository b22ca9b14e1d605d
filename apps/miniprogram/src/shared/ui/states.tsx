import { Text, View } from '@tarojs/components'
import { switchTab } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { tabs } from '../paths.ts'
import { problemWords } from '../problem-words.ts'
import { RequestFailed } from '../request-failed.ts'
import { Button } from './button.tsx'
import { ErrorRef } from './error-ref.tsx'
import style from './states.module.scss'

/** The shape of what is coming. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <View className={style.skeleton}>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <View key={key} className={style.row}>
          <View className={style.block} />
          <View className={style.lines}>
            <View className={style.line} />
            <View className={`${style.line} ${style.short}`} />
          </View>
        </View>
      ))}
    </View>
  )
}

export function Empty({ title, hint, children }: PropsWithChildren<{ title: string; hint: string }>) {
  return (
    <View className={style.notice}>
      <Text className={style.title}>{title}</Text>
      <Text className={style.hint}>{hint}</Text>
      <View className={style.action}>{children}</View>
    </View>
  )
}

/** Says what went wrong, and the id that customer service asks for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const isGone = error instanceof RequestFailed && error.code.endsWith('NOT_FOUND')
  return (
    <View className={style.notice}>
      <Text className={style.title}>{isGone ? '找不到了' : '没有打开'}</Text>
      <Text className={style.hint}>{problemWords(error)}</Text>
      <ErrorRef error={error} />
      <View className={style.action}>
        <Button kind="plain" onTap={isGone ? () => switchTab({ url: tabs.shop }) : onRetry}>
          {isGone ? '去商城' : '再试一次'}
        </Button>
      </View>
    </View>
  )
}
