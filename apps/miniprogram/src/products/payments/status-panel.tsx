import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../shared/format.ts'
import { Price } from '../../shared/ui/price.tsx'
import type { View as PaymentView } from './flow.ts'
import type { PaymentState } from './run-payment.ts'
import style from './status-panel.module.scss'
import { type Words, words } from './words.ts'

type Mark = 'done' | 'waiting' | 'moving' | 'quiet'

const marks: Readonly<Record<PaymentView, Mark>> = {
  checking: 'moving',
  payable: 'waiting',
  starting: 'moving',
  paying: 'moving',
  confirming: 'moving',
  unconfirmed: 'waiting',
  cancelling: 'moving',
  closing: 'moving',
  paid: 'done',
  closed: 'quiet',
  unknown: 'waiting',
  unreachable: 'waiting',
}

interface Props extends Pick<PaymentState, 'view' | 'order'> {
  /** In place of the view's words. */
  told?: Pick<Words, 'title' | 'hint'> | undefined
}

/** How a payment stands: a mark, a word, where the money is, and the sum. Every change is read out. */
export function StatusPanel({ view, order, told }: Props) {
  const { title, hint, sum } = { ...words[view], ...told }
  return (
    <View className={style.panel} ariaRole="text" ariaLive="polite">
      <View className={`${style.mark} ${style[marks[view]]}`} ariaHidden>
        <View className={style.sign} />
      </View>
      <Text id="order-status" className={style.title}>
        {title}
      </Text>
      <Text className={style.hint}>{hint}</Text>
      {order && (
        <View className={style.sum}>
          <Text className={style.label}>{sum}</Text>
          <Price fen={order.amountFen} size="huge" />
          {order.discountFen > 0 && (
            <View className={style.label} ariaLabel={`先享卡优惠${spokenYuan(order.discountFen)}`}>
              先享卡优惠 {yuan(order.discountFen)}
            </View>
          )}
        </View>
      )}
    </View>
  )
}
