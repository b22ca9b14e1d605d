import { orders } from '@shouyin/contracts/shopper'
import { useRouter } from '@tarojs/taro'
import { api } from '../../../../shared/api.ts'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { orderSeen } from '../../../../shop/orders-seen.ts'
import { StatusPanel } from '../../status-panel.tsx'
import { OrderDetails } from './details.tsx'

/** In the shape of what comes, and true: until an order is seen, nobody here knows how it stands. */
function Checking() {
  return (
    <>
      <StatusPanel view="checking" order={undefined} />
      <Skeleton shape="orders" count={2} />
    </>
  )
}

/** Opens cold from WeChat's order centre with `?out_trade_no=`, and from our own pages with `?id=`. */
export default function OrderPage() {
  const { id, out_trade_no: outTradeNo = '' } = useRouter().params
  const order = useLoad(
    () => (id ? api.call(orders.getOrder, { id }) : api.call(orders.getOrderByNumber, { outTradeNo })),
    () => (id ? orderSeen(id) : undefined),
  )
  return (
    <Page>
      <Content of={order} skeleton={<Checking />}>
        {(opening) => <OrderDetails opening={opening} />}
      </Content>
    </Page>
  )
}
