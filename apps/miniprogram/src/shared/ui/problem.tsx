import { View } from '@tarojs/components'
import { problemWords } from '../problem-words.ts'
import { ErrorRef } from './error-ref.tsx'
import style from './problem.module.scss'

/** Why something did not work out, where it stays to be read; `before` says what that means. */
export function Problem({ error, before = '' }: { error: unknown; before?: string }) {
  return (
    <View className={style.problem}>
      <View ariaRole="alert" ariaLive="polite">
        {before + problemWords(error)}
      </View>
      <ErrorRef error={error} />
    </View>
  )
}
