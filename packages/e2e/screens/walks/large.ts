import type { Stage } from '../stage.ts'

/** The largest of 我 → 设置 → 通用 → 字体大小. */
const LARGEST_PX = 23
const orderPage = (id: string) => `/products/payments/pages/order/index?id=${id}`

/** The main screens for eyes that need large text. */
export async function large(stage: Stage): Promise<void> {
  await buying(stage)
  await after(stage)
  await learning(stage)
}

async function buying({ phone, shot, shop }: Stage): Promise<void> {
  const { openid } = await shop.shopper()
  await shop.setGoods('hard')
  const one = await phone(openid)
  await one.see('#goods-towel')
  await one.setTextSize(LARGEST_PX)
  await shot(one, 'shelf, large')
  await one.tap('#goods-towel')
  await one.see('#add')
  await shot(one, 'goods, large')
  await one.tap('#add')
  await one.tap('#cart')
  await one.see('#checkout')
  await shot(one, 'cart, large')
  await one.tap('#checkout')
  await one.see('#pay')
  await shot(one, 'checkout, large')
  await one.tap('#pay')
  await one.tap('#sheet-cancel')
  await one.see('#order-status', '待支付')
  await shot(one, 'payment payable, large')
  await shop.setGoods('usual')
}

async function after({ phone, shot, shop }: Stage): Promise<void> {
  const one = await phone(shop.regular.openid, { path: 'shop/pages/me/index' })
  await one.see('text=¥')
  await one.setTextSize(LARGEST_PX)
  await shot(one, 'me, large')
  await one.tap('.tab >> text=订单')
  await one.see('text=待支付')
  await shot(one, 'orders, large')
  const cases: [name: string, id: string, sees: string][] = [
    ['order payable, large', shop.open.payable.id, '#cancel'],
    ['order closing, large', shop.open.closing.id, 'text=再查一次'],
    ['refund declined, large', shop.refunds.declined, '.refund-status'],
    ['refund processing, large', shop.refunds.processing, '.refund-status'],
  ]
  for (const [name, id, sees] of cases) {
    await one.open(orderPage(id))
    await one.see(sees)
    await shot(one, name)
    await one.tap('[aria-label=返回]')
  }
  await one.open(orderPage(shop.open.paid.id))
  await one.tap('#refund')
  await one.see('#refund-amount')
  await shot(one, 'refund request, large')
  one.network.set({ call: /GET \/api\//, does: 'drop' })
  await one.open(orderPage(shop.open.paid.id))
  await one.see('text=再试一次')
  await shot(one, 'order offline, large')
}

async function learning({ phone, shot, shop }: Stage): Promise<void> {
  const one = await phone(shop.pupil.openid, { path: 'products/payscore/pages/mine/index' })
  await one.see(`#course-${shop.courses.fresh}`)
  await one.setTextSize(LARGEST_PX)
  await shot(one, 'courses, large')
  for (const name of ['deducting', 'refunded', 'byShopper'] as const) {
    await one.open(`/products/payscore/pages/course/index?id=${shop.courses[name]}`)
    await one.see('#course-status')
    for (const id of name === 'deducting' ? ['#view-lesson', '#pay-lesson'] : []) await one.see(id)
    await shot(one, `course ${name}, large`)
    await one.scrollToEnd()
    await shot(one, `course ${name} at its end, large`)
    await one.tap('[aria-label=返回]')
  }
}
