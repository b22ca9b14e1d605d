import type { Rule } from '../network.ts'
import type { Stage } from '../stage.ts'

const GOODS = /GET \/api\/goods/
const nothing: Rule = { call: GOODS, does: () => JSON.stringify({ goods: [] }) }

/** The first page: what is sold. */
export async function shelf({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const usual = await phone(shopper.openid)
  await usual.see('#goods-towel')
  await shot(usual, 'shelf')
  await usual.scrollToEnd()
  await shot(usual, 'shelf at its end')

  await shop.setGoods('hard')
  const hard = await phone(shopper.openid)
  await hard.see('#goods-towel')
  await shot(hard, 'long names and ¥0.01')
  await hard.scrollToEnd()
  await shot(hard, 'long names and ¥99,999.99')
  await shop.setGoods('usual')

  const cases: [name: string, rule: Rule, sees: string][] = [
    ['shelf loading', { call: GOODS, does: 'hold' }, '[aria-label=正在加载]'],
    ['shelf empty', nothing, 'text=货架还空着'],
    ['shelf offline', { call: GOODS, does: 'drop' }, 'text=再试一次'],
    ['shelf failing', { call: GOODS, does: 'fail' }, 'text=再试一次'],
  ]
  for (const [name, rule, sees] of cases) {
    const one = await phone(shopper.openid, { rules: [rule] })
    await one.see(sees)
    await shot(one, name)
  }
}
