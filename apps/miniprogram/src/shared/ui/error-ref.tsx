import { Text } from '@tarojs/components'
import { RequestFailed } from '../request-failed.ts'
import { copy } from '../wechat.ts'
import style from './error-ref.module.scss'

/** The id of a failure, which finds the server's log line. A tap copies it, and so does WeChat's own long press. */
export function ErrorRef({ error }: { error: unknown }) {
  const ref = error instanceof RequestFailed && error.ref
  if (!ref) return null
  return (
    <Text
      className={`error-ref ${style.ref}`}
      userSelect
      ariaRole="button"
      ariaLabel={`错误编号 ${ref.split('').join(' ')}，轻点复制`}
      onClick={() => copy(ref, '编号已复制')}
    >
      编号 {ref}
    </Text>
  )
}
