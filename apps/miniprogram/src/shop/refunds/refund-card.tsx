import { refunds } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { navigateTo, useDidShow } from '@tarojs/taro'
import { api } from '../../shared/api.ts'
import { dayAndTime, yuan } from '../../shared/format.ts'
import { refundPath } from '../../shared/paths.ts'
import { Button } from '../../shared/ui/button.tsx'
import { useLoad } from '../../shared/use-load.ts'
import style from './refund-card.module.scss'
import { originWords, refundWords } from './words.ts'

/** Money of an order that goes back: what became of each sum, and the way to ask for more. */
export function RefundCard({ orderId }: { orderId: string }) {
  const loaded = useLoad(() => api.call(refunds.listOrderRefunds, { id: orderId }))
  useDidShow(() => void loaded.reload())
  if (loaded.state === 'failed') {
    return (
      <View className={style.card}>
        <Text className={style.hint}>退款进度没有加载出来</Text>
        <View className={style.ask}>
          <Button kind="plain" onTap={loaded.reload}>
            再试一次
          </Button>
        </View>
      </View>
    )
  }
  if (loaded.state === 'loading') return null
  const { refunds: list, refundableFen } = loaded.value
  const mayAsk = refundableFen > 0 && !list.some(({ status }) => status === 'requested')
  if (list.length === 0 && !mayAsk) return null
  return (
    <View className={style.card}>
      {list.map((refund) => (
        <Refund key={refund.id} refund={refund} />
      ))}
      {mayAsk && (
        <View className={style.ask}>
          <Button id="refund" kind="plain" onTap={() => navigateTo({ url: refundPath(orderId) })}>
            {list.length === 0 ? '申请退款' : `再申请退款，还可退 ${yuan(refundableFen)}`}
          </Button>
        </View>
      )}
    </View>
  )
}

function Refund({ refund }: { refund: refunds.RefundProgress }) {
  const { title, hint } = refundWords(refund)
  return (
    <View className={style.refund}>
      <View className={style.head}>
        <Text className={`refund-status ${style.title}`}>{title}</Text>
        <Text className={style.amount}>{yuan(refund.amountFen)}</Text>
      </View>
      <Text className={style.hint}>{hint}</Text>
      <View className={style.foot}>
        <Text className={style.reason}>{originWords(refund)}</Text>
        <Text>{dayAndTime(refund.finishedAt ?? refund.createdAt)}</Text>
      </View>
    </View>
  )
}
