import type { Rule } from '../network.ts'
import type { Stage } from '../stage.ts'

const TAB = '.tab >> text=订单'
const LIST = /GET \/api\/orders$/
const orderPage = (id: string) => `/products/payments/pages/order/index?id=${id}`

/** The list, and an order in every state. */
export async function orders(stage: Stage): Promise<void> {
  await list(stage)
  await details(stage)
}

async function list({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const many = await phone(shop.regular.openid)
  await many.tap(TAB)
  await many.see('text=待支付')
  await shot(many, 'orders')
  await many.scrollToEnd()
  await shot(many, 'orders at their end')
  const cases: [name: string, openid: string, sees: string, rule?: Rule][] = [
    ['orders empty', shopper.openid, 'text=还没有订单'],
    ['orders loading', shop.regular.openid, '[aria-label=正在加载]', { call: LIST, does: 'hold' }],
    ['orders offline', shop.regular.openid, 'text=再试一次', { call: LIST, does: 'drop' }],
    ['orders failing', shop.regular.openid, 'text=再试一次', { call: LIST, does: 'fail' }],
    [
      'orders with a status of tomorrow',
      shop.regular.openid,
      'text=请更新小程序查看',
      { call: LIST, does: (json) => json.replace('"pending"', '"archived"') },
    ],
  ]
  for (const [name, openid, sees, rule] of cases) {
    const one = await phone(openid, { rules: rule ? [rule] : [] })
    await one.tap(TAB)
    await one.see(sees)
    await shot(one, name)
  }
}

async function details({ phone, shot, shop }: Stage): Promise<void> {
  const { payable, confirming, closing, closed, paid } = shop.open
  const cases: [name: string, id: string, status: string][] = [
    ['order payable', payable.id, '待支付'],
    ['order confirming', confirming.id, '正在确认'],
    ['order closing', closing.id, '正在取消'],
    ['order closed, later', closed.id, '已关闭'],
    ['order paid', paid.id, '已支付'],
  ]
  const one = await phone(shop.regular.openid, { path: 'shop/pages/me/index' })
  for (const [name, id, status] of cases) {
    await one.open(orderPage(id))
    await one.see('#order-status', status)
    await shot(one, name)
    if (id !== paid.id) await one.tap('[aria-label=返回]')
  }
  await one.scrollToEnd()
  await shot(one, 'order paid, at its end')
  const gone = await phone(shop.regular.openid, { path: `${orderPage('00000000-0000-7000-8000-000000000000')}` })
  await gone.see('text=找不到了')
  await shot(gone, 'order not found')
}
