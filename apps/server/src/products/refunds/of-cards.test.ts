import { randomUUID } from 'node:crypto'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Charge } from '../../ledger/table.ts'
import { type Cards, type Held, openCards } from '../../testing/cards.ts'
import { openLetterBox } from '../../testing/letters.ts'
import { deliverRefunds } from '../../testing/refunds.ts'
import { getRefund } from './get.ts'
import { refundCharge } from './refund-charge.ts'

/** Refunds of what WeChat Pay collected for cards: its answers and notices carry a 商户订单号 of its own. */
let box: Awaited<ReturnType<typeof openLetterBox>>
let cards: Cards
beforeAll(async () => {
  box = await openLetterBox()
  cards = await openCards({ notifyBaseUrl: box.url })
}, 120_000)
afterAll(async () => {
  await cards?.close()
  await box?.close()
})

/** Fen that one purchase of a swim pass costs less. */
const ENJOYED = 580

/** Somebody bought once, left, and has paid back. */
async function paidBack(): Promise<{ held: Held; charge: Charge }> {
  const held = await cards.taken()
  await cards.buy(held.shopper)
  await cards.tell()
  await cards.act(held, 'quit')
  await cards.advance(10)
  expect(await cards.query(held)).toBe('paid')
  const charge = await cards.ctx.db
    .selectFrom('charge')
    .selectAll()
    .where('purpose', '=', 'card')
    .where('subject_id', '=', held.id)
    .executeTakeFirstOrThrow()
  return { held, charge }
}
const giveBack = (number: string, amountFen?: number) =>
  refundCharge(cards.asking(), {
    ...{ number, reason: '没有履约的原因在我们' },
    ...(amountFen !== undefined && { amountFen }),
  })
const refundsOf = ({ id }: Charge) =>
  cards.ctx.db.selectFrom('refund').selectAll().where('charge_id', '=', id).orderBy('id').execute()
const returnedFen = async ({ id }: Charge) => {
  const rows = await cards.ctx.db.selectFrom('movement').selectAll().where('charge_id', '=', id).execute()
  return rows.filter(({ kind }) => kind === 'refund').reduce((fen, row) => fen - row.amount_fen, 0)
}

test('by 商户领卡号 and by 微信订单号: accepted, asked about, in the books and in the view', async () => {
  const { held, charge } = await paidBack()
  const { out_card_code } = await cards.row(held)
  const first = await giveBack(out_card_code, 400)
  expect(first).toMatchObject({
    state: 'processing',
    orderId: null,
    outTradeNo: out_card_code,
    transactionId: charge.transaction_id,
    amountFen: 400,
  })
  expect(await giveBack(charge.transaction_id ?? '')).toMatchObject({ state: 'processing', amountFen: ENJOYED - 400 })
  await cards.advance(60)
  await cards.sweep()
  expect(await getRefund(cards.lin, { id: first.id })).toMatchObject({ state: 'succeeded' })
  expect(await returnedFen(charge)).toBe(ENJOYED)
  await expect(giveBack(out_card_code, 1)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER' })
  expect(cards.alarmsOf('refund_mismatch')).toEqual([])
  // What was promised and not kept stays so.
  expect(await cards.row(held)).toMatchObject({ state: 'paid' })
})

test('by notice, with a number that we never made', async () => {
  const { charge } = await paidBack()
  const refund = await giveBack(charge.out_trade_no, 80)
  box.letters.length = 0
  await cards.advance(60)
  expect(await deliverRefunds(cards, box.letters)).toEqual(['processed'])
  expect(await refundsOf(charge)).toMatchObject([{ id: refund.id, state: 'succeeded' }])
  expect(await returnedFen(charge)).toBe(80)
})

test('made by another program of the merchant is adopted by its notice', async () => {
  const { charge } = await paidBack()
  const { mchid } = cards.ctx.config
  box.letters.length = 0
  await cards.ctx.wechat(mchid).call(endpoints.create, {
    body: {
      transaction_id: charge.transaction_id ?? '',
      out_refund_no: `theirs-${randomUUID().slice(0, 8)}`,
      notify_url: new URL(`/wechatpay/notifications/${mchid}/refunds`, box.url).href,
      amount: { refund: 70, total: ENJOYED, currency: 'CNY' },
    },
  })
  await cards.advance(60)
  expect(await deliverRefunds(cards, box.letters)).toEqual(['processed'])
  expect(await refundsOf(charge)).toMatchObject([{ cause: 'foreign', amount_fen: 70, state: 'succeeded' }])
})

test('of a card that is only being collected for gives nothing back', async () => {
  const held = await cards.taken()
  await cards.buy(held.shopper)
  await cards.tell()
  await cards.act(held, 'quit')
  expect(await cards.query(held)).toBe('owing')
  await expect(giveBack((await cards.row(held)).out_card_code)).rejects.toMatchObject({ code: 'CHARGE_NOT_PAID' })
})
