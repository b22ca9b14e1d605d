import { refunds } from '@shouyin/contracts/shopper'
import { useRouter } from '@tarojs/taro'
import { goBack, replace } from '../../../../shared/go.ts'
import { orderPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../../shared/ui/states.tsx'
import { useIsHere } from '../../../../shared/use-is-here.ts'
import { useLoad } from '../../../../shared/use-load.ts'
import { orderSeen } from '../../../../shop/orders-seen.ts'
import type { OrderRefunds } from '../../../../shop/refunds/words.ts'
import { api } from '../../api.ts'
import { RequestForm } from './form.tsx'

/** Opens with `?id=` of a paid order. */
export default function RequestPage() {
  const { id = '' } = useRouter().params
  const loaded = useLoad(() => api.call(refunds.listOrderRefunds, { id }))
  const leave = useLeave(id)
  return (
    <Page>
      <Content of={loaded} skeleton={<Skeleton shape="orders" count={2} />}>
        {(found) => <Request id={id} found={found} leave={leave} reload={loaded.reload} />}
      </Content>
    </Page>
  )
}

interface Props {
  id: string
  found: OrderRefunds
  leave: () => Promise<void>
  reload: () => Promise<void>
}

function Request({ id, found: { refunds: list, refundableFen }, leave, reload }: Props) {
  const isWaiting = list.some(({ status }) => status === 'requested')
  if (!isWaiting && refundableFen > 0)
    return (
      <RequestForm
        id={id}
        refundableFen={refundableFen}
        hasDiscount={(orderSeen(id)?.discountFen ?? 0) > 0}
        onSent={leave}
        onRefused={reload}
      />
    )
  const [title, hint] = isWaiting
    ? ['已经申请过了', '商家处理以后，还可以再申请']
    : ['没有可以退的钱', '这笔订单的钱已经退完，或者正在退']
  return (
    <Empty title={title} hint={hint}>
      <Button onTap={leave}>返回订单</Button>
    </Empty>
  )
}

/** Goes back to the order, unless the shopper did so meanwhile: twice would be one page too far. */
function useLeave(id: string) {
  const isHere = useIsHere()
  return async () => {
    // A page that was opened by itself has nothing behind it.
    if (isHere.current && !(await goBack())) await replace(orderPath(id))
  }
}
