import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '../../kernel/db.ts'
import type { Evidence } from '../../ledger/compare.ts'
import { toEvidence } from '../../ledger/payment-evidence.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import type { Charge } from '../../ledger/table.ts'
import { getOrder } from '../../shop/orders/get.ts'
import { openLetterBox } from '../../testing/letters.ts'
import { openSales, type Sales } from '../../testing/refunds.ts'
import { queryCharge } from '../payments/query.ts'
import { startPayment } from '../payments/start-payment.ts'
import { catchUp } from './catch-up.ts'

let box: Awaited<ReturnType<typeof openLetterBox>>
let sales: Sales
/** Two processes: each with connections of its own. */
let processes: readonly Sales['ctx'][]
beforeAll(async () => {
  box = await openLetterBox()
  sales = await openSales({ notifyBaseUrl: box.url })
  processes = [sales.ctx, { ...sales.ctx, db: createDb(sales.databaseUrl) }]
}, 120_000)
afterAll(async () => {
  await processes?.[1]?.db.destroy()
  await sales?.close()
  await box?.close()
})
afterEach(() => sales.simulated.faults())

/** As if WeChat Pay had lied, or somebody had closed it here only. */
async function closeHere({ id, subject_id }: Charge, { order = true } = {}): Promise<void> {
  const { db } = sales.ctx
  await db.updateTable('charge').set({ state: 'closed', next_query_at: null }).where('id', '=', id).execute()
  if (order) await db.updateTable('orders').set({ state: 'closed' }).where('id', '=', subject_id).execute()
}

/** What the notification of the payment says. */
async function evidenceOf({ mchid, out_trade_no }: Charge): Promise<Evidence> {
  box.letters.length = 0
  await sales.simulated.pay(out_trade_no)
  await expect.poll(() => box.letters.length).toBe(1)
  const [letter = expect.unreachable()] = box.letters
  const { resource } = await sales.ctx.wechat(mchid).notifications.open(letter)
  return toEvidence(resource, 'notification') ?? expect.unreachable()
}

const sweepAll = async (): Promise<void> => {
  while ((await Promise.all(processes.map(catchUp))).some((count) => count > 0));
}
const netFen = async ({ id }: Charge) => {
  const rows = await sales.ctx.db.selectFrom('movement').select('amount_fen').where('charge_id', '=', id).execute()
  return rows.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
}

describe('money that nobody waits for goes back by itself', () => {
  test('paid after close, told fifty times to two processes: one refund, net nothing', async () => {
    const charge = await sales.tapped()
    await closeHere(charge)
    const evidence = await evidenceOf(charge)
    await Promise.all(Array.from({ length: 50 }, (_, i) => settlePayment(processes[i % 2] ?? sales.ctx, evidence)))
    expect(await sales.refundsOf(charge)).toMatchObject([
      { cause: 'paid_after_close', state: 'waiting', amount_fen: charge.amount_fen, requested_by: null },
    ])
    await sweepAll()
    await sales.advance(60)
    await sweepAll()
    expect(await sales.atWechat(charge)).toMatchObject([{ status: 'SUCCESS', amountFen: charge.amount_fen }])
    expect(await sales.refundsOf(charge)).toMatchObject([{ state: 'succeeded' }])
    expect(await netFen(charge)).toBe(0)
    const order = sales.ctx.db.selectFrom('orders').selectAll().where('id', '=', charge.subject_id)
    expect(await order.executeTakeFirstOrThrow()).toMatchObject({ state: 'closed' })
  })

  test.each(['first', 'second'] as const)(
    'paid twice, the %s payment known first: the other goes back',
    async (lead) => {
      const shopper = sales.newShopper()
      const { id } = await sales.placeOrder(shopper)
      await startPayment(shopper, { id })
      const first = await sales.latest(id)
      await closeHere(first, { order: false })
      await startPayment(shopper, { id })
      const second = await sales.latest(id)
      for (const { out_trade_no } of [first, second]) await sales.simulated.pay(out_trade_no)
      const [early, late] = lead === 'first' ? [first, second] : [second, first]
      await queryCharge(sales.ctx, early)
      await queryCharge(sales.ctx, late)
      await sweepAll()
      await sales.advance(60)
      await sweepAll()
      expect(await sales.atWechat(early)).toEqual([])
      expect(await sales.atWechat(late)).toMatchObject([{ status: 'SUCCESS', amountFen: late.amount_fen }])
      expect([await netFen(early), await netFen(late)]).toEqual([early.amount_fen, 0])
      expect(await getOrder(shopper, { id })).toMatchObject({ status: 'paid', refundedFen: 0 })

      await sales.giveBack(early, 100)
      expect(await sales.refundsOf(early)).toMatchObject([{ cause: 'merchant', amount_fen: 100 }])
      expect(await sales.refundsOf(late)).toHaveLength(1)
    },
  )

  test('closed by WeChat Pay: an alarm, no second by itself, and a person makes another', async () => {
    const charge = await sales.tapped()
    await closeHere(charge)
    await settlePayment(sales.ctx, await evidenceOf(charge))
    await sweepAll()
    const [refund = expect.unreachable()] = await sales.refundsOf(charge)
    await sales.finish(refund, 'CLOSED')
    await sales.advance(3600)
    await sweepAll()
    expect(await sales.refundsOf(charge)).toMatchObject([{ state: 'closed' }])
    expect(sales.alarmsOf('refund_closed').at(-1)).toMatchObject({ detail: { cause: 'paid_after_close' } })

    await expect(sales.giveBack(charge)).rejects.toMatchObject({ code: 'ORDER_NOT_PAID' })
    expect(await sales.giveBack(charge, undefined, { outTradeNo: charge.out_trade_no })).toMatchObject({
      state: 'processing',
      amountFen: charge.amount_fen,
    })
  })

  test('a charge of another order is none of this one', async () => {
    const [charge, other] = [await sales.paid(), await sales.paid()]
    const wrong = sales.giveBack(charge, 1, { outTradeNo: other.out_trade_no })
    await expect(wrong).rejects.toMatchObject({
      code: 'ORDER_NOT_PAID',
      field: 'outTradeNo',
    })
  })
})
