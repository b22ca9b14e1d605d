import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Charge } from '../../ledger/table.ts'
import { insertDeduction } from '../../testing/deductions.ts'
import { openSales, type Sales } from '../../testing/refunds.ts'
import { refundCharge } from './refund-charge.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())

const giveBack = (number: string | null, amountFen?: number, by = sales.lin) =>
  refundCharge(
    { ...by, idempotencyKey: randomUUID() },
    { number: number ?? '', reason: '顾客改期', ...(amountFen !== undefined && { amountFen }) },
  )
const auditOf = (subject: string) =>
  sales.ctx.db.selectFrom('audit_entry').selectAll().where('subject', '=', subject).execute()

describe('a refund of whatever was collected', () => {
  test('finds an order by 商户订单号 and by 微信订单号, and is what createRefund makes', async () => {
    const charge = await sales.paid()
    const first = await giveBack(charge.out_trade_no, 800)
    expect(first).toMatchObject({ state: 'processing', cause: 'merchant', orderId: charge.subject_id, amountFen: 800 })
    const rest = await giveBack(charge.transaction_id)
    expect(rest).toMatchObject({ outTradeNo: charge.out_trade_no, amountFen: charge.amount_fen - 800 })
    await expect(giveBack(charge.transaction_id, 1)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER' })
    expect(await sales.atWechat(charge)).toHaveLength(2)
    expect(await auditOf(first.id)).toMatchObject([
      { action: 'refund.create', person: 'Lin', detail: { outTradeNo: charge.out_trade_no, amountFen: 800 } },
    ])
  })

  test('is made once per Idempotency-Key, however often it is asked for at once', async () => {
    const charge = await sales.paid()
    const ctx = { ...sales.lin, idempotencyKey: randomUUID() }
    const input = { number: charge.out_trade_no, amountFen: 100, reason: '一次' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => refundCharge(ctx, input)))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })

  test('above the set sum waits for a second person', async () => {
    const charge = await sales.paid()
    const careful = { ...sales.lin, config: { ...sales.lin.config, refundApprovalAboveFen: 500 } }
    expect(await giveBack(charge.out_trade_no, 501, careful)).toMatchObject({ state: 'proposed' })
  })

  test.each([
    ['of an order that nobody has paid', () => sales.tapped()],
    ['of a lesson that WeChat Pay is deducting', (): Promise<Charge> => insertDeduction(sales.ctx.db, ours())],
    [
      'of a card that WeChat Pay is deducting for',
      (): Promise<Charge> => insertDeduction(sales.ctx.db, { ...ours(), source: 'discount-card' }),
    ],
  ])('%s is refused', async (_, make) => {
    const charge = await make()
    await expect(giveBack(charge.out_trade_no)).rejects.toMatchObject({ code: 'CHARGE_NOT_PAID', field: 'number' })
    expect(await sales.refundsOf(charge)).toEqual([])
  })

  test("of nothing, and of another merchant's, is not found", async () => {
    await expect(giveBack('4200000000')).rejects.toMatchObject({ code: 'CHARGE_NOT_FOUND', field: 'number' })
    const theirs = await insertDeduction(sales.ctx.db, { ...ours(), mchid: '1900000099' })
    await expect(giveBack(theirs.out_trade_no)).rejects.toMatchObject({ code: 'CHARGE_NOT_FOUND' })
  })
})

const ours = () => ({ now: sales.ctx.clock.now(), mchid: sales.ctx.config.mchid })
