import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asking } from '../../../products.ts'
import { type Books, openBooks } from '../../../testing/books.ts'
import { queryCharge } from '../../payments/query.ts'
import { reconcileNow } from '../reconcile-now.ts'

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks({ ttlSeconds: 7 * 86_400 })
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  // A day between, so that what one test did to the balance is not seen by the next.
  await books.goTo('12:00:00')
  await books.sell()
  await books.reconcile()
  await books.goTo('12:00:00', books.today())
  day = books.today()
})

const stateOf = async (date: string, bill = 'trade') => (await books.days(date)).find((one) => one.bill === bill)

describe('a row that stands in the bills of two days', () => {
  test('is a payment too many on the second', async () => {
    const charge = await books.sell()
    await books.reconcile()
    const next = books.today()
    const { transaction_id: transactionId, out_trade_no: outTradeNo, amount_fen: orderFen } = charge
    await books.edit(next, { add: [{ transactionId, outTradeNo, orderFen }] })
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
    expect(await books.differences(next)).toMatchObject([
      { kind: 'payment_amount', reference: transactionId, delta_fen: orderFen, state: 'open' },
    ])
  })

  test('is a refund too many on the second', async () => {
    const charge = await books.sell()
    const refund = await books.refund(charge, 800)
    await books.advance(10)
    await books.askRefund(refund)
    await books.reconcile()
    const next = books.today()
    const { transaction_id: transactionId, out_trade_no: outTradeNo } = charge
    const { refund_id: refundId, out_refund_no: outRefundNo } = refund
    await books.edit(next, { add: [{ transactionId, outTradeNo, refund: { refundId, outRefundNo, amountFen: 800 } }] })
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
    expect(await books.differences(next)).toMatchObject([
      { kind: 'refund_amount', reference: refundId, delta_fen: -800, state: 'open' },
    ])
  })
})

describe('the account moved money', () => {
  const flow = async (set: object) => {
    const { rows } = await books.simulated.call<{ rows: { balanceFen: number }[] }>('GET', `/bills/${day}?type=BASIC`)
    const last = rows.at(-1)?.balanceFen ?? 0
    const row = { flowId: `flow${Date.now()}`, direction: 'out', amountFen: 900, balanceFen: last - 900, ...set }
    await books.edit(day, { add: [row] }, 'BASIC')
  }

  test('for a refund that neither the trade bill nor our books have', async () => {
    await books.sell()
    await flow({ businessType: '退款', businessId: '50999' })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([
      { bill: 'BASIC', kind: 'refund_missing_here', reference: '50999', delta_fen: -900, state: 'open' },
    ])
  })

  test('twice for something that nobody knows, under one number', async () => {
    await books.sell()
    const { rows } = await books.simulated.call<{ rows: { balanceFen: number }[] }>('GET', `/bills/${day}?type=BASIC`)
    const last = rows.at(-1)?.balanceFen ?? 0
    const row = { flowId: 'one', direction: 'in', amountFen: 5, businessType: '转入' }
    const add = [
      { ...row, balanceFen: last + 5 },
      { ...row, balanceFen: last + 10 },
    ]
    await books.edit(day, { add }, 'BASIC')
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([{ kind: 'other', reference: 'one', delta_fen: 10 }])
  })
})

const tradeDifferences = async () => (await books.differences(day)).filter(({ bill }) => bill === 'trade')

describe('what our books learn after the bill of its day was compared', () => {
  test('is looked for in that bill the next morning', async () => {
    const charge = await books.tap()
    await books.edit(day, { drop: [{ outTradeNo: charge.out_trade_no }] })
    await books.sell()
    await books.reconcile()
    expect(await tradeDifferences()).toEqual([])
    await queryCharge(books.ctx, charge)
    await books.reconcile()
    expect(await tradeDifferences()).toMatchObject([
      { kind: 'payment_missing_there', out_trade_no: charge.out_trade_no, state: 'open' },
    ])
  })

  test('is looked for on the account too', async () => {
    const charge = await books.tap()
    const { rows } = await books.simulated.call<{ rows: { flowId: string; businessType: string }[] }>(
      'GET',
      `/bills/${day}?type=BASIC`,
    )
    await books.edit(
      day,
      { drop: rows.filter(({ businessType }) => businessType === '交易').map(({ flowId }) => ({ flowId })) },
      'BASIC',
    )
    await books.reconcile()
    expect(await tradeDifferences()).toMatchObject([{ kind: 'payment_missing_here', state: 'resolved' }])
    await books.reconcile()
    expect(await books.differences(day)).toContainEqual(
      expect.objectContaining({ kind: 'fund_flow_missing', out_trade_no: charge.out_trade_no, state: 'open' }),
    )
  })
})

describe('a bill of which WeChat Pay said that there is none', () => {
  test('is asked for again the next morning while our books say otherwise', async () => {
    await books.sell()
    await books.edit(day, { state: 'none' })
    await books.reconcile()
    expect(await stateOf(day)).toMatchObject({ state: 'reconciled', rows: 0 })
    await books.edit(day, { state: null })
    await books.reconcile()
    expect(await stateOf(day)).toMatchObject({ state: 'reconciled', rows: 1, problem: null })
    expect(await books.differences(day)).toMatchObject([
      { kind: 'payment_missing_there', state: 'resolved', note: 'found in a later bill' },
    ])
  })

  test('and of which our books know nothing either is not', async () => {
    await books.reconcile()
    const { finished_at } = (await stateOf(day)) ?? expect.unreachable()
    await books.reconcile()
    expect(await stateOf(day)).toMatchObject({ state: 'reconciled', rows: 0, finished_at })
  })

  test('is asked for again when a person says so', async () => {
    const { ctx } = books
    await books.sell()
    await books.edit(day, { state: 'none' })
    await books.reconcile()
    await books.edit(day, { state: null })
    const { days, open } = await reconcileNow(ctx, asking, { mchid: ctx.config.mchid, date: day })
    expect(days[0]).toMatchObject({ bill: 'trade', state: 'reconciled', rows: 1 })
    expect(open.count).toBe(0)
  })

  test('stays as it is once there was a file', async () => {
    await books.sell()
    await books.reconcile()
    const { id } = (await stateOf(day)) ?? expect.unreachable()
    const reopen = { state: 'waiting', sha1: null, rows: null, sum_fen: null, finished_at: null } as const
    const again = books.ctx.db.updateTable('bill_day').set({ ...reopen, next_attempt_at: new Date() })
    await expect(again.where('id', '=', id).execute()).rejects.toThrow('its rows are evidence')
  })
})

test('no day is left out, however long nobody was there', async () => {
  await books.sell()
  await books.reconcile()
  const from = books.today()
  const sold = await books.sell()
  for (let days = 0; days < 12; days++) await books.goTo('12:00:00')
  await books.run()
  expect(await stateOf(from)).toMatchObject({ state: 'reconciled', rows: 1, sum_fen: sold.amount_fen })
  const { planned } = await books.ctx.db
    .selectFrom('bill_day')
    .select(({ fn }) => fn.countAll<number>().as('planned'))
    .where('bill', '=', 'trade')
    .where('date', '>=', from)
    .executeTakeFirstOrThrow()
  expect(planned).toBe(12)
})
