import { Text, View } from '@tarojs/components'
import { switchTab } from '@tarojs/taro'
import type { PropsWithChildren, ReactNode } from 'react'
import { tabs } from '../paths.ts'
import { problemWords } from '../problem-words.ts'
import { RequestFailed } from '../request-failed.ts'
import type { Loading } from '../use-load.ts'
import { Button } from './button.tsx'
import { ErrorRef } from './error-ref.tsx'
import style from './states.module.scss'

/** Something that is loaded: its shape, then itself, or why it is not there. */
export function Content<T>({
  of: loaded,
  skeleton,
  children,
}: {
  of: Loading<T>
  skeleton: ReactNode
  children: (value: T) => ReactNode
}) {
  if (loaded.state === 'loading') return <>{skeleton}</>
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={loaded.reload} />
  return (
    <>
      {loaded.error !== undefined && <Stale error={loaded.error} onRetry={loaded.reload} />}
      {children(loaded.value)}
    </>
  )
}

/** What is seen is from before: said for as long as it is so. */
function Stale({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <View
      id="stale"
      className={style.stale}
      ariaRole="alert"
      ariaLive="polite"
      hoverClass={style.pressed}
      onClick={onRetry}
    >
      <Text className={style.why}>{problemWords(error)}</Text>
      <Text>现在显示的是之前的内容，点这里刷新</Text>
    </View>
  )
}

export function Empty({ title, hint, children }: PropsWithChildren<{ title: string; hint: string }>) {
  return (
    <View className={style.notice}>
      <View className={style.title}>{title}</View>
      <View className={style.hint}>{hint}</View>
      <View className={style.action}>{children}</View>
    </View>
  )
}

/** Says what went wrong, and the id that customer service asks for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const isGone = error instanceof RequestFailed && error.code.endsWith('NOT_FOUND')
  return (
    <View className={style.notice} ariaRole="alert" ariaLive="polite">
      <View className={style.title}>{isGone ? '找不到了' : '没有打开'}</View>
      <View className={style.hint}>{problemWords(error)}</View>
      <ErrorRef error={error} />
      <View className={style.action}>
        <Button onTap={isGone ? () => switchTab({ url: tabs.shop }) : onRetry}>{isGone ? '去商城' : '再试一次'}</Button>
      </View>
    </View>
  )
}
