import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const TAB = '.tab >> text=购物车'
const few = ['towel', 'badminton-court']
const many = [
  'trial-pass',
  'table-tennis',
  'swim-pass',
  'coach-lesson',
  'month-card',
  'shuttlecocks',
  'racket',
  'swim-cap',
]

async function fill(phone: Phone, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await phone.tap(`#goods-${id}`)
    await phone.tap('#add')
    await phone.tap('[aria-label=返回]')
  }
}

/** What the shopper wants, up to the button that pays. */
export async function cart({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const one = await phone(shopper.openid)
  await one.tap(TAB)
  await one.see('text=购物车是空的')
  await shot(one, 'cart empty')
  await one.tap('.tab >> text=商城')
  await fill(one, few)
  await one.tap(TAB)
  await one.see('#checkout')
  await shot(one, 'cart')
  await one.tap('#checkout')
  await one.see('#pay')
  await shot(one, 'checkout')
  await one.tap('[aria-label=返回]')

  await one.tap('.tab >> text=商城')
  await fill(one, many)
  await shop.setGoods('hard')
  await one.tap(TAB)
  await one.see('text=¥99,999')
  await shot(one, 'cart full')
  await one.tap('#checkout')
  await one.see('#pay')
  await shot(one, 'checkout full')
  await shop.setGoods('usual')
  await one.tap('[aria-label=返回]')

  await shop.setGoods('withdrawn')
  await one.tap('.tab >> text=商城')
  await one.tap(TAB)
  await one.see('text=下架')
  await one.scrollToEnd()
  await shot(one, 'cart with something that is sold no more')
  await shop.setGoods('usual')
}
