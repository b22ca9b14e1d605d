import type { Stage } from '../stage.ts'

const orderPage = (id: string) => `/products/payments/pages/order/index?id=${id}`

/** Money that goes back, and how it is asked for. */
export async function refunds({ phone, shot, shop }: Stage): Promise<void> {
  const one = await phone(shop.regular.openid, { path: 'shop/pages/me/index' })
  for (const [name, id] of Object.entries(shop.refunds)) {
    await one.open(orderPage(id))
    await one.see('.refund-status')
    await shot(one, `refund ${name}`)
    await one.tap('[aria-label=返回]')
  }
  await one.open(orderPage(shop.open.paid.id))
  await one.tap('#refund')
  await one.see('#refund-amount')
  await shot(one, 'refund request')
  await one.fill('#refund-amount', '123456')
  await one.see('text=超过了')
  await shot(one, 'refund request, too much')
  one.network.set({ call: /POST .*refund-requests/, does: 'drop' })
  await one.fill('#refund-amount', '12.5')
  await one.tap('#refund-send')
  await one.see('.host-toast')
  await shot(one, 'refund request offline')
}
