import { View } from '@tarojs/components'
import { yuan } from '../../shared/format.ts'
import { open } from '../../shared/go.ts'
import { refundPath } from '../../shared/paths.ts'
import { Button } from '../../shared/ui/button.tsx'
import style from './ask-refund.module.scss'
import type { OrderRefunds } from './words.ts'

/** The way to ask for money back, while there is any and no answer is waited for. */
export function AskRefund({ orderId, found }: { orderId: string; found: OrderRefunds | undefined }) {
  if (!found || found.refundableFen === 0 || found.refunds.some(({ status }) => status === 'requested')) return null
  const isFirst = found.refunds.every(({ origin }) => origin === 'automatic')
  return (
    <View className={style.ask}>
      <Button id="refund" kind="quiet" onTap={() => open(refundPath(orderId))}>
        {isFirst ? '申请退款' : `再申请退款，还可退 ${yuan(found.refundableFen)}`}
      </Button>
    </View>
  )
}
