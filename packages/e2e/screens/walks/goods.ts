import type { Stage } from '../stage.ts'

/** One thing that is sold. */
export async function goods({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const usual = await phone(shopper.openid)
  await usual.tap('#goods-badminton-court')
  await usual.see('#add')
  await shot(usual, 'goods')
  await usual.tap('#add')
  await usual.see('.host-toast')
  await shot(usual, 'goods added')

  await shop.setGoods('hard')
  const hard = await phone(shopper.openid)
  await hard.tap('#goods-towel')
  await hard.see('#add')
  await shot(hard, 'goods with a long name and ¥99,999.99')
  const cheap = await phone(shopper.openid)
  await cheap.tap('#goods-trial-pass')
  await cheap.see('#add')
  await shot(cheap, 'goods of ¥0.01')
  await shop.setGoods('usual')

  const gone = await phone(shopper.openid, { path: 'shop/pages/goods/index?id=gone' })
  await gone.see('text=找不到了')
  await shot(gone, 'goods no longer on sale')
  const waiting = await phone(shopper.openid, {
    path: 'shop/pages/goods/index?id=towel',
    rules: [{ call: /GET \/api\/goods/, does: 'hold' }],
  })
  await waiting.see('[aria-label=正在加载]')
  await shot(waiting, 'goods loading')
}
