import type { Rule } from '../network.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const RESULT = 'products/payments/pages/result/index'
const START: Rule = { call: /POST .*\/payment$/, does: 'hold' }
const CHECK: Rule = { call: /POST .*\/check$/, does: 'hold' }
const CANCEL: Rule = { call: /POST .*\/cancel$/, does: 'hold' }

async function toCheckout(phone: Phone): Promise<void> {
  for (const step of ['#goods-towel', '#add', '#cart', '#checkout']) await phone.tap(step)
  await phone.see('#pay')
}

const status = (phone: Phone, text: string, stepMs?: number) => phone.see('#order-status', text, stepMs)

/** Every view of a payment, from the tap to the paid order. */
export async function payment(stage: Stage): Promise<void> {
  await paid(stage)
  await cancelled(stage)
  await others(stage)
}

async function paid({ phone, shot, shop }: Stage): Promise<void> {
  const { openid } = await shop.shopper()
  const one = await phone(openid)
  await toCheckout(one)
  one.network.set({ call: /POST \/api\/orders$/, does: 'hold' })
  await one.tap('#pay')
  await one.see('text=正在下单')
  await shot(one, 'ordering')
  one.network.set(START)
  await status(one, '正在打开微信支付')
  await shot(one, 'payment starting')
  one.network.set(CHECK)
  await one.see('#sheet-amount')
  await shot(one, 'payment sheet')
  await one.tap('#sheet-pay')
  await one.see('#sheet-done')
  await shot(one, "WeChat's own result")
  await one.tap('#sheet-done')
  await one.see('.host-voucher-card')
  await shot(one, 'payment confirming, with the voucher')
  await one.gone('.host-voucher-card')
  await status(one, '正在确认')
  await shot(one, 'payment confirming')
  one.network.set({ ...CHECK, does: 'drop' })
  await status(one, '结果还在确认', 1000)
  await shot(one, 'payment unconfirmed')
  one.network.set()
  await one.tap('text=再查一次')
  await status(one, '已支付')
  await shot(one, 'payment paid')
}

async function cancelled({ phone, shot, shop }: Stage): Promise<void> {
  const { openid } = await shop.shopper()
  const one = await phone(openid)
  await toCheckout(one)
  one.network.set({ ...START, does: 'fail' })
  await one.tap('#pay')
  await one.see('.host-toast')
  await status(one, '待支付')
  await shot(one, 'payment refused')
  one.network.set({ ...START, does: (json) => json.replace(/"paySign":"./, '"paySign":"*') }, CHECK)
  await one.tap('#pay')
  await one.see('[data-layer=refused]')
  await shot(one, 'payment with a wrong signature')
  one.network.set()
  await status(one, '待支付')
  one.network.set(CHECK)
  await one.tap('#pay')
  await one.tap('#sheet-cancel')
  await status(one, '正在核实')
  await shot(one, 'payment checking')
  one.network.set()
  await status(one, '待支付')
  await one.gone('.host-toast')
  await shot(one, 'payment payable')
  await one.tap('text=订单详情')
  await one.tap('#cancel')
  await one.see('.host-modal-box')
  await shot(one, 'question before cancelling')
  one.network.set(CANCEL)
  await one.tap('.host-modal-box >> text=取消订单')
  await status(one, '正在取消')
  await shot(one, 'order cancelling')
  one.network.set()
  await status(one, '已关闭')
  await shot(one, 'order closed')
}

async function others({ phone, shot, shop }: Stage): Promise<void> {
  const { closing, closed, payable } = shop.open
  const result = (id: string, rule?: Rule) =>
    phone(shop.regular.openid, { path: `${RESULT}?id=${id}`, rules: rule ? [rule] : [] })
  const cases: [name: string, id: string, sees: string, rule?: Rule][] = [
    ['payment closing', closing.id, '正在取消'],
    ['payment closed', closed.id, '已关闭'],
    [
      'payment unknown',
      payable.id,
      '请更新小程序',
      { ...CHECK, does: (json) => json.replace('"pending"', '"archived"') },
    ],
    ['payment unreachable', payable.id, '没有问到结果', { ...CHECK, does: 'drop' }],
    ['payment unreachable, server failing', payable.id, '没有问到结果', { ...CHECK, does: 'fail' }],
  ]
  for (const [name, id, sees, rule] of cases) {
    const one = await result(id, rule)
    await status(one, sees)
    await shot(one, name)
  }
}
