import { CARD, type CardShop, openCardShop } from '../../support/cards.ts'
import type { Rule } from '../network.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const LIST = 'products/discount-card/pages/cards/index'
const cardPage = (id: string) => `products/discount-card/pages/card/index?id=${id}`
/** Whatever says how a card stands. */
const SAYS = /\/api\/cards\/[^/]+(\/check)?$/
const CHECK = /POST .*\/cards\/.*\/check$/
const LARGEST_PX = 23
/** A fifth of the court's ¥68.00, by the card that is on offer. */
const SAVED_FEN = 1360

async function status(phone: Phone, text: string): Promise<void> {
  await phone.see('#card-status', text)
  await phone.gone('text=正在向微信核实')
}

/** A card of a shopper who has bought once at a discount, and every state that it may be in. */
export async function cards(stage: Stage): Promise<void> {
  const shop = await openCardShop(stage.shop.house)
  const offer = await shop.offer()
  const holder = await stage.shop.shopper()
  const id = await take(shop, offer.id, holder)
  const { id: orderId } = await holder.paid(['badminton-court', 1])
  await shop.told(id, SAVED_FEN)
  await ways(stage, holder.openid, id)
  await states(stage, holder.openid, id)
  await cheaper(stage, holder.openid, orderId)
  // The next width finds what is on offer as this one did.
  await shop.merchant.ask('POST', `/card-templates/${offer.id}/withdraw`, {})
}

type Holder = Awaited<ReturnType<Stage['shop']['shopper']>>

/** Taken at WeChat, which nobody has told the server yet. @returns the card's id */
async function take(shop: CardShop, offerId: string, holder: Holder): Promise<string> {
  const { card } = await holder.ask<{ card: { id: string } }>('POST', `/card-offers/${offerId}/cards`, {})
  await shop.takeAtWechat(await shop.newestAtWechat(), holder.openid)
  await holder.ask('POST', `/cards/${card.id}/check`, {})
  return card.id
}

async function ways({ phone, shot }: Stage, openid: string, id: string): Promise<void> {
  const one = await phone(openid)
  await one.tap('.tab >> text=我的')
  await one.tap('#my-cards')
  await one.see(`#card-${id}`)
  await shot(one, 'cards')
  await one.tap(`#card-${id}`)
  await status(one, '进行中')
  await shot(one, 'card')
  await one.scrollToEnd()
  await shot(one, 'card at its end')
  await one.tap('#wechat-page')
  await one.tap('#jump-allow')
  await one.see('[data-layer=visit]')
  await shot(one, "WeChat's page of a card")
  const large = await phone(openid, { path: LIST })
  await large.see(`#card-${id}`)
  await large.setTextSize(LARGEST_PX)
  await shot(large, 'cards, large')
  await large.tap(`#card-${id}`)
  await status(large, '进行中')
  await shot(large, 'card, large')
  await large.scrollToEnd()
  await shot(large, 'card at its end, large')
}

/** What the server would say of it. */
const said = (members: object): Rule => ({
  call: SAYS,
  does: (json) => JSON.stringify({ ...JSON.parse(json), ...members }),
})
const ended = { endedAt: '2026-05-31T10:00:00+08:00', dueFen: SAVED_FEN }
const paid = { ...ended, status: 'paid', reason: 'expired', paidAt: '2026-06-01T10:00:00+08:00' }
const done = { goals: [{ ...CARD.goals[0], done: 3, goods: null }] }
const nobodys = { takenAt: null, beginAt: null, endAt: null, page: null, records: [], savedFen: 0, dueFen: 0 }
const cases: readonly [name: string, sees: string, rule: Rule][] = [
  ['kept, not yet confirmed', '进行中', said(done)],
  ['of somebody else’s asking', '进行中', said({ fromOther: true })],
  ['settling', '正在核对', said({ status: 'settling' })],
  ['finished', '已完成', said({ ...ended, status: 'finished', dueFen: 0, ...done })],
  ['left, nothing due', '没有完成', said({ ...ended, status: 'unfinished', reason: 'quit', dueFen: 0 })],
  ['left, nothing said', '没有完成', said({ ...ended, status: 'unfinished', reason: 'quit' })],
  ['owing', '正在收回优惠', said({ ...ended, status: 'owing', reason: 'expired' })],
  ['paid', '优惠已收回', said(paid)],
  ['refunded in part', '部分退款', said({ ...paid, refundedFen: 500 })],
  ['refunded', '已退款', said({ ...paid, refundedFen: SAVED_FEN })],
  ['prepared', '还没有领取', said({ ...nobodys, status: 'prepared' })],
  ['confirming', '正在确认', said({ ...nobodys, status: 'prepared', confirming: true })],
  ['taken by another', '被别人领走了', said({ ...nobodys, status: 'taken_by_other' })],
  ['lapsed', '没有领取', said({ ...nobodys, status: 'lapsed' })],
  ['refused', '没有领成', said({ ...nobodys, status: 'failed' })],
  ['of tomorrow', '请更新小程序', said({ status: 'paused' })],
  ['to be verified', '待核实', said({ confirming: true })],
  ['unreachable', '待核实', { call: CHECK, does: 'drop' }],
]

async function states({ phone, shot }: Stage, openid: string, id: string): Promise<void> {
  for (const [name, sees, rule] of cases) {
    const one = await phone(openid, { path: cardPage(id), rules: [rule] })
    await status(one, sees)
    await shot(one, `card ${name}`)
  }
  const change = (status: string, members: object) => (record: object) => ({ ...record, status, ...members })
  const records = (json: string): string => {
    const card = JSON.parse(json)
    const back = change('sending', { times: -1 })
    const took = card.records.map(({ amountFen, ...record }: { amountFen: number | null }) =>
      back({ ...record, amountFen: amountFen && -amountFen }),
    )
    const stuck = [...card.records.map(change('refused', {})), ...card.records.map(change('too_late', {}))]
    return JSON.stringify({ ...card, records: [...stuck, ...card.records, ...took] })
  }
  const corrected = await phone(openid, { path: cardPage(id), rules: [{ call: SAYS, does: records }] })
  await corrected.see('text=正在同步给微信')
  await corrected.scrollToEnd()
  await shot(corrected, 'card with corrections')
}

/** The order that the card made cheaper. */
async function cheaper({ phone, shot }: Stage, openid: string, orderId: string): Promise<void> {
  const one = await phone(openid, { path: `products/payments/pages/order/index?id=${orderId}` })
  await one.see('#discount')
  await shot(one, 'order at a discount')
  await one.tap('#refund')
  await one.see('text=先享卡')
  await shot(one, 'refund of an order at a discount')
}
