import type { Stage } from '../stage.ts'

const TAB = '.tab >> text=我的'

/** The shopper's own page. */
export async function me({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const regular = await phone(shop.regular.openid)
  await regular.tap(TAB)
  await regular.see('text=¥')
  await shot(regular, 'me')
  const fresh = await phone(shopper.openid)
  await fresh.tap(TAB)
  await fresh.see('text=还没有订单')
  await shot(fresh, 'me without orders')
  const offline = await phone(shopper.openid, { rules: [{ call: /GET \/api\/orders/, does: 'drop' }] })
  await offline.tap(TAB)
  await offline.see('text=再试一次')
  await shot(offline, 'me offline')
}
