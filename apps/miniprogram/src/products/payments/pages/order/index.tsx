import { orders } from '@shouyin/contracts/shopper'
import { useRouter } from '@tarojs/taro'
import { api } from '../../../../shared/api.ts'
import { Failure, Skeleton } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { OrderDetails } from './details.tsx'

/** Opens cold from WeChat's order centre with `?out_trade_no=`, and from our own pages with `?id=`. */
export default function OrderPage() {
  const { id, out_trade_no: outTradeNo = '' } = useRouter().params
  const order = useLoad(() =>
    id ? api.call(orders.getOrder, { id }) : api.call(orders.getOrderByNumber, { outTradeNo }),
  )
  if (order.state === 'loading') return <Skeleton rows={2} />
  if (order.state === 'failed') return <Failure error={order.error} onRetry={order.reload} />
  return <OrderDetails opening={order.value} />
}
