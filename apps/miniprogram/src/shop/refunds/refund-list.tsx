import type { refunds } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { dayAndTime, yuan } from '../../shared/format.ts'
import { Button } from '../../shared/ui/button.tsx'
import { ErrorRef } from '../../shared/ui/error-ref.tsx'
import style from './refund-list.module.scss'
import type { useRefunds } from './use-refunds.ts'
import { originWords, refundWords } from './words.ts'

/** Money of an order that goes back: what became of each sum, newest first. */
export function RefundList({ loaded }: { loaded: ReturnType<typeof useRefunds> }) {
  if (loaded.state === 'failed') {
    return (
      <View className={style.card}>
        <Text className={style.hint}>退款进度没有加载出来</Text>
        <ErrorRef error={loaded.error} />
        <View className={style.again}>
          <Button kind="plain" onTap={loaded.reload}>
            再试一次
          </Button>
        </View>
      </View>
    )
  }
  if (loaded.state === 'loading' || loaded.value.refunds.length === 0) return null
  return (
    <View className={style.card}>
      {loaded.value.refunds.map((refund) => (
        <Refund key={refund.id} refund={refund} />
      ))}
    </View>
  )
}

function Refund({ refund }: { refund: refunds.RefundProgress }) {
  const { title, hint } = refundWords(refund)
  return (
    <View className={style.refund}>
      <View className={style.head}>
        <Text className={`refund-status ${style.title} ${style[refund.status] ?? ''}`}>{title}</Text>
        <Text className={style.amount}>{yuan(refund.amountFen)}</Text>
      </View>
      <Text className={style.hint}>{hint}</Text>
      <View className={style.foot}>
        <Text className={style.reason}>{originWords(refund)}</Text>
        <Text className={style.time}>{dayAndTime(refund.finishedAt ?? refund.createdAt)}</Text>
      </View>
    </View>
  )
}
