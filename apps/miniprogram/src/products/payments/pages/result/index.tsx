import { View } from '@tarojs/components'
import { switchTab, useRouter } from '@tarojs/taro'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { replace } from '../../../../shared/go.ts'
import { orderPath, tabs } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { orderSeen } from '../../../../shop/orders-seen.ts'
import type { View as PaymentView } from '../../flow.ts'
import { usePayment } from '../../index.ts'
import { StatusPanel } from '../../status-panel.tsx'
import style from './index.module.scss'

/** Views in which asking again is all that the shopper can do. */
const askable: readonly PaymentView[] = ['unconfirmed', 'closing', 'unknown', 'unreachable']

/** Pays when it is opened with `pay=1`, then shows what the server says: never what the phone believes. */
export default function ResultPage() {
  const { id = '', pay } = useRouter().params
  const { view, order = orderSeen(id), error, send } = usePayment({ id, pay: pay === '1' })
  return (
    <Page>
      <StatusPanel view={view} order={order} />
      {error !== undefined && <Problem before="没有问到：" error={error} />}
      <View className={style.actions}>
        {view === 'payable' && (
          <Button
            id="pay"
            ariaLabel={order ? `继续用微信支付付款，${spokenYuan(order.amountFen)}` : '继续支付'}
            onTap={() => send('pay')}
          >
            继续支付{order ? ` ${yuan(order.amountFen)}` : ''}
          </Button>
        )}
        {askable.includes(view) && (
          <Button id="ask" onTap={() => send('ask')}>
            再查一次
          </Button>
        )}
        {view === 'paid' && <Button onTap={() => switchTab({ url: tabs.shop })}>继续逛逛</Button>}
        {view !== 'starting' && view !== 'paying' && (
          <Button kind="plain" onTap={() => replace(orderPath(id))}>
            订单详情
          </Button>
        )}
        <Button id="orders" kind="quiet" onTap={() => switchTab({ url: tabs.orders })}>
          我的订单
        </Button>
      </View>
    </Page>
  )
}
