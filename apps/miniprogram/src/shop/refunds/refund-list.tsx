import type { refunds } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { dayAndTime, spokenYuan, yuan } from '../../shared/format.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Card } from '../../shared/ui/card.tsx'
import { ErrorRef } from '../../shared/ui/error-ref.tsx'
import style from './refund-list.module.scss'
import type { useRefunds } from './use-refunds.ts'
import { originWords, refundWords } from './words.ts'

/** Money of an order that goes back: what became of each sum, newest first. */
export function RefundList({ loaded }: { loaded: ReturnType<typeof useRefunds> }) {
  const failed = loaded.error !== undefined && <NotKnown error={loaded.error} onRetry={loaded.reload} />
  if (!loaded.value || loaded.value.refunds.length === 0) return failed || null
  return (
    <>
      {failed}
      <Card>
        <View ariaLive="polite">
          {loaded.value.refunds.map((refund) => (
            <Refund key={refund.id} refund={refund} />
          ))}
        </View>
      </Card>
    </>
  )
}

function NotKnown({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Card>
      <View className={style.hint}>退款进度没有加载出来</View>
      <ErrorRef error={error} />
      <Button kind="plain" ariaLabel="再查一次退款进度" onTap={onRetry}>
        再试一次
      </Button>
    </Card>
  )
}

function Refund({ refund }: { refund: refunds.RefundProgress }) {
  const { title, hint } = refundWords(refund)
  return (
    <View className={style.refund}>
      <View className={style.line}>
        <Text className={`refund-status ${style.title} ${style[refund.status] ?? ''}`}>{title}</Text>
        <Text className={style.end} ariaLabel={spokenYuan(refund.amountFen)}>
          {yuan(refund.amountFen)}
        </Text>
      </View>
      <View className={style.hint}>{hint}</View>
      <View className={`${style.line} ${style.soft}`}>
        <Text>{originWords(refund)}</Text>
        <Text className={style.end}>{dayAndTime(refund.finishedAt ?? refund.createdAt)}</Text>
      </View>
    </View>
  )
}
