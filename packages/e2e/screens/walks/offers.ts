import { openCardShop } from '../../support/cards.ts'
import type { Rule } from '../network.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const LIST = 'products/discount-card/pages/cards/index'
const offerPage = (id: string) => `products/discount-card/pages/offer/index?id=${id}`
const PREPARE: Rule = { call: /POST .*\/card-offers\/.*\/cards$/, does: 'hold' }
const CHECK: Rule = { call: /POST .*\/cards\/.*\/check$/, does: 'hold' }
const LARGEST_PX = 23

const status = (phone: Phone, text: string, stepMs?: number) => phone.see('#offer-status', text, stepMs)

/** What may be taken, and every view of its taking. */
export async function offers(stage: Stage): Promise<void> {
  const { phone, shot, shopper } = stage
  const empty = await phone(shopper.openid, {
    path: LIST,
    rules: [{ call: /GET \/api\/card-offers$/, does: () => '{"offers":[]}' }],
  })
  await empty.see('text=还没有')
  await shot(empty, 'no cards')
  const shop = await openCardShop(stage.shop.house)
  const { id, cardTemplateId } = await shop.offer()
  const list = await phone(shopper.openid, { path: LIST })
  await list.see(`#offer-${id}`)
  await shot(list, 'cards on offer')
  await taking(stage, id)
  await notOpen(stage, { id, cardTemplateId })
  await answers(stage, id)
  const large = await phone(shopper.openid, { path: offerPage(id) })
  await large.see('#take')
  await large.setTextSize(LARGEST_PX)
  await shot(large, 'offer, large')
  await shop.merchant.ask('POST', `/card-templates/${id}/withdraw`, {})
  const stopped = await phone(shopper.openid, { path: offerPage(id) })
  await status(stopped, '停止领取')
  await shot(stopped, 'offer withdrawn')
}

async function taking({ phone, shot, shop }: Stage, id: string): Promise<void> {
  const { openid } = await shop.shopper()
  const one = await phone(openid, { path: offerPage(id), rules: [PREPARE] })
  await status(one, '正在准备')
  await shot(one, 'offer preparing')
  one.network.set()
  await one.see('#take')
  await shot(one, 'offer')
  await one.scrollToEnd()
  await shot(one, 'offer, its end')
  await one.tap('#take')
  await one.see('#jump-allow')
  await shot(one, 'question before WeChat’s page')
  await one.tap('#jump-allow')
  await one.see('#visit-take')
  await shot(one, 'WeChat’s page of an offer')
  one.network.set(CHECK)
  await one.tap('#visit-back')
  await status(one, '正在确认')
  await shot(one, 'offer confirming')
  one.network.set()
  await one.see('#take')
  await status(one, '还没有领到')
  await shot(one, 'offer not taken')
  one.network.set({ ...CHECK, does: 'drop' })
  await one.tap('#take')
  await one.tap('#jump-allow')
  await one.tap('#visit-take')
  await status(one, '结果还在确认', 500)
  await shot(one, 'offer unconfirmed')
  one.network.set()
  const holding = await phone(openid, { path: offerPage(id) })
  await status(holding, '你已经有这张卡了')
  await shot(holding, 'offer taken already')
}

/** What WeChat's own page says to whom it is not open. */
async function notOpen(
  { phone, shot, shop, shopper }: Stage,
  { id, cardTemplateId }: { readonly id: string; readonly cardTemplateId: string },
): Promise<void> {
  const set = (change: object) => shop.house.simulated.call('PUT', `/discount-card/templates/${cardTemplateId}`, change)
  await set({ whitelist: [] })
  const one = await phone(shopper.openid, { path: offerPage(id) })
  await one.tap('#take')
  await one.tap('#jump-allow')
  await one.see('[data-layer=visit]')
  await shot(one, 'WeChat’s page, not open')
  await set({ whitelist: null })
}

async function answers({ phone, shot, shopper }: Stage, id: string): Promise<void> {
  const offline = await phone(shopper.openid, { path: offerPage(id), rules: [{ ...PREPARE, does: 'drop' }] })
  await status(offline, '还不能领取')
  await shot(offline, 'offer offline')
  const says = (to: string): Rule => ({ ...CHECK, does: (json) => json.replace('"prepared"', `"${to}"`) })
  const cases: [name: string, sees: string, rule: Rule][] = [
    ['offer taken by another', '被别人领走了', says('taken_by_other')],
    ['offer lapsed', '领卡过时了', says('lapsed')],
    ['offer of tomorrow', '请更新小程序', says('paused')],
  ]
  for (const [name, sees, rule] of cases) {
    const one = await phone(shopper.openid, { path: offerPage(id), rules: [rule] })
    await one.tap('#take')
    await one.tap('#jump-allow')
    await one.tap('#visit-back')
    await status(one, sees)
    await shot(one, name)
  }
}
