import type { orders } from '@shouyin/contracts/shopper'
import { switchTab } from '@tarojs/taro'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { tabs } from '../../../../shared/paths.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { useBusy } from '../../../../shared/use-busy.ts'
import { confirm } from '../../../../shared/wechat.ts'
import { addToCart } from '../../../../shop/use-cart.ts'
import type { View as PaymentView } from '../../flow.ts'

interface Props {
  view: PaymentView
  order: orders.Order
  send: (event: 'pay' | 'cancel' | 'ask') => void
}

/** What can be done with an order now; nothing while WeChat or the server is being asked. */
export function OrderActions({ view, order, send }: Props) {
  if (view === 'payable') return <PayOrCancel order={order} send={send} />
  if (view === 'closed') return <BuyAgain order={order} />
  if (view === 'unconfirmed' || view === 'closing' || view === 'unknown' || view === 'unreachable')
    return <One id="ask" text="再查一次" onTap={() => send('ask')} />
  return null
}

function BuyAgain({ order }: Pick<Props, 'order'>) {
  const { run } = useBusy(async () => {
    for (const item of order.items) addToCart(item.goodsId, item.quantity)
    await switchTab({ url: tabs.cart })
  })
  return <One id="again" text="再买一次" onTap={run} />
}

function One({ id, text, onTap }: { id: string; text: string; onTap: () => void }) {
  return (
    <BottomBar>
      <BarItem>
        <Button id={id} kind="plain" onTap={onTap}>
          {text}
        </Button>
      </BarItem>
    </BottomBar>
  )
}

function PayOrCancel({ order, send }: Pick<Props, 'order' | 'send'>) {
  const cancel = async () => {
    const question = {
      title: '取消这笔订单？',
      content: '取消后不能再支付，可以重新下单',
      yes: '取消订单',
      no: '再想想',
    }
    if (await confirm(question)) send('cancel')
  }
  return (
    <BottomBar>
      <BarItem>
        <Button id="cancel" kind="plain" onTap={cancel}>
          取消订单
        </Button>
      </BarItem>
      <BarItem main>
        <Button id="pay" ariaLabel={`用微信支付付款，${spokenYuan(order.amountFen)}`} onTap={() => send('pay')}>
          微信支付 {yuan(order.amountFen)}
        </Button>
      </BarItem>
    </BottomBar>
  )
}
