import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Charge } from '../../../ledger/table.ts'
import { type Books, openBooks } from '../../../testing/books.ts'

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks()
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  day = books.today()
})

/** A payment with a refund that has arrived, both known to us. */
async function refunded() {
  const charge = await books.sell()
  const refund = await books.refund(charge, 800)
  await books.advance(10)
  await books.askRefund(refund)
  const { refund_id } = await books.ctx.db
    .selectFrom('refund')
    .select('refund_id')
    .where('id', '=', refund.id)
    .executeTakeFirstOrThrow()
  return { charge, outRefundNo: refund.out_refund_no, refundId: refund_id ?? '' }
}

const open = (kind: string, reference: string | null, delta_fen: number) => ({
  ...{ kind, reference, delta_fen, state: 'open', note: null },
})
const flowOf = async (businessId: string | null) => {
  const { rows } = await books.simulated.call<{ rows: { flowId: string; businessId: string }[] }>(
    'GET',
    `/bills/${day}?type=BASIC`,
  )
  return rows.find((row) => row.businessId === businessId)?.flowId
}

describe('a payment', () => {
  test('of an order that we never made is missing here', async () => {
    await books.sell()
    const row = { transactionId: `4299${Date.now()}`, outTradeNo: 'tillOfAnotherSystem', orderFen: 1234 }
    await books.edit(day, { add: [row] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('payment_missing_here', row.transactionId, 1234)])
  })

  test('of ours that the bill lacks is missing there', async () => {
    const { transaction_id, amount_fen, out_trade_no } = await books.sell()
    await books.edit(day, { drop: [{ outTradeNo: out_trade_no }] })
    await books.reconcile()
    // With no other row that day WeChat Pay says that there is no bill at all.
    expect(await books.differences(day)).toMatchObject([open('payment_missing_there', transaction_id, -amount_fen)])
  })

  test.each([1, -1])('with %i fen more in the bill is an amount', async (fen) => {
    const { transaction_id, amount_fen, out_trade_no } = await books.sell()
    await books.edit(day, { change: [{ match: { outTradeNo: out_trade_no }, set: { orderFen: amount_fen + fen } }] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('payment_amount', transaction_id, fen)])
  })

  test('that stands there twice is an amount', async () => {
    const { transaction_id, amount_fen, out_trade_no } = await books.sell()
    const row = { transactionId: transaction_id, outTradeNo: out_trade_no, orderFen: amount_fen }
    await books.edit(day, { add: [row] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('payment_amount', transaction_id, amount_fen)])
  })

  test.each(['REVOKED', '冲正'])('in the state %s is listed as other', async (tradeState) => {
    const { transaction_id, amount_fen, out_trade_no } = await books.sell()
    const kind = tradeState === 'REVOKED' ? 'revoked' : 'other'
    await books.edit(day, { change: [{ match: { outTradeNo: out_trade_no }, set: { kind, tradeState } }] })
    await books.reconcile()
    const delta = kind === 'revoked' ? -amount_fen : 0
    expect(await books.differences(day)).toMatchObject([open('other', transaction_id, delta)])
  })

  test('of a 交易类型 that nobody knows is a payment', async () => {
    const { out_trade_no } = await books.sell()
    const set = { tradeType: 'BRAINWAVE', attach: '`a,b\\\tc', description: 'x' }
    await books.edit(day, { change: [{ match: { outTradeNo: out_trade_no }, set }] })
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
  })
})

describe('a refund', () => {
  test('of an order that we never made is missing here', async () => {
    const refund = { refundId: `5099${Date.now()}`, outRefundNo: 'byAnotherSystem', amountFen: 300 }
    await books.edit(day, { add: [{ transactionId: '4298', outTradeNo: 'elsewhere', refund }] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('refund_missing_here', refund.refundId, -300)])
  })

  test('of ours that the bill lacks is missing there', async () => {
    const { outRefundNo, refundId } = await refunded()
    await books.edit(day, { drop: [{ outRefundNo }] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('refund_missing_there', refundId, 800)])
  })

  test('with another sum in the bill is an amount', async () => {
    const { outRefundNo, refundId } = await refunded()
    await books.edit(day, { change: [{ match: { outRefundNo }, set: { refund: { appliedFen: 900 } } }] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('refund_amount', refundId, -100)])
  })

  test('that failed there and succeeded here is a state', async () => {
    const { outRefundNo, refundId } = await refunded()
    await books.edit(day, { change: [{ match: { outRefundNo }, set: { refund: { status: 'FAIL' } } }] })
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('refund_state', refundId, 800)])
  })

  test('that is PROCESSING there and succeeded since is none', async () => {
    const { outRefundNo } = await refunded()
    await books.edit(day, { change: [{ match: { outRefundNo }, set: { refund: { status: 'PROCESSING' } } }] })
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
  })

  test('accepted on one day that arrives on the next is none on either', async () => {
    await books.goTo('23:59:50', day)
    const charge = await books.sell()
    const refund = await books.refund(charge, 800)
    await books.goTo('00:00:20')
    expect(await books.askRefund(refund)).toBe('applied')
    const next = books.today()
    expect(next > day).toBe(true)
    await books.goTo('10:31:00', next)
    await books.run()
    await books.reconcile()
    expect([await books.differences(day), await books.differences(next)]).toEqual([[], []])
    expect(await books.days(next)).toMatchObject([{ bill: 'trade', state: 'reconciled', rows: 0 }, {}, {}, {}])
  })
})

describe('the fund flow', () => {
  // A day between, so that what one test did to the balance is not seen by the next.
  beforeEach(async () => {
    await books.sell()
    await books.reconcile()
    day = books.today()
  })

  test('lacks a payment, so the balance breaks too', async () => {
    await books.sell()
    const { transaction_id, amount_fen } = await books.sell()
    await books.sell()
    await books.edit(day, { drop: [{ flowId: await flowOf(transaction_id) }] }, 'BASIC')
    await books.reconcile()
    const found = await books.differences(day)
    expect(found).toHaveLength(2)
    expect(found).toContainEqual(expect.objectContaining(open('fund_flow_missing', transaction_id, -amount_fen)))
    expect(found).toContainEqual(expect.objectContaining({ kind: 'balance_chain', delta_fen: amount_fen }))
  })

  test('has nothing at all of the day: one sum', async () => {
    const sold = [await books.sell(), await books.sell()]
    const { rows } = await books.simulated.call<{ rows: { flowId: string }[] }>('GET', `/bills/${day}?type=BASIC`)
    await books.edit(day, { drop: rows.map(({ flowId }) => ({ flowId })) }, 'BASIC')
    await books.reconcile()
    const total = sold.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
    expect(await books.differences(day)).toMatchObject([open('fund_flow_missing', 'BASIC', -total)])
    // Looked at again, it is still open.
    await books.advance(3601)
    await books.run()
    expect(await books.differences(day)).toMatchObject([{ state: 'open' }])
  })

  test('has a payment with another sum', async () => {
    const { transaction_id, amount_fen } = await books.sell()
    const match = { flowId: await flowOf(transaction_id) }
    await books.edit(day, { change: [{ match, set: { amountFen: amount_fen + 5 } }] }, 'BASIC')
    await books.reconcile()
    expect(await books.differences(day)).toContainEqual(
      expect.objectContaining(open('fund_flow_amount', transaction_id, 5)),
    )
  })

  test('has money of a 业务类型 that nobody knows', async () => {
    await books.sell()
    const balanceFen = (await lastBalance()) + 700
    const row = { flowId: `flow${Date.now()}`, direction: 'in', amountFen: 700, balanceFen, businessType: '转入' }
    await books.edit(day, { add: [row] }, 'BASIC')
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('other', row.flowId, 700)])
  })

  test('begins the day with another balance than it ended the last one', async () => {
    await books.sell()
    await books.reconcile()
    const next = books.today()
    const { out_trade_no } = await books.sell()
    const { rows } = await books.simulated.call<{ rows: { flowId: string; balanceFen: number }[] }>(
      'GET',
      `/bills/${next}?type=BASIC`,
    )
    const change = rows.map(({ flowId, balanceFen }) => ({ match: { flowId }, set: { balanceFen: balanceFen + 33 } }))
    await books.edit(next, { change }, 'BASIC')
    await books.reconcile()
    expect(out_trade_no).toBeTruthy()
    expect(await books.differences(next)).toMatchObject([open('balance_chain', rows[0]?.flowId ?? '', 33)])
  })

  test('says what reached the bank', async () => {
    await books.sell()
    const balanceFen = (await lastBalance()) - 1000
    const row = { flowId: `bank${Date.now()}`, direction: 'out', amountFen: 1000, balanceFen, businessType: '提现' }
    await books.edit(day, { add: [row] }, 'BASIC')
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
    expect((await books.days(day)).find(({ bill }) => bill === 'BASIC')).toMatchObject({ bank_fen: 1000 })
  })

  const lastBalance = async () => {
    const { rows } = await books.simulated.call<{ rows: { balanceFen: number }[] }>('GET', `/bills/${day}?type=BASIC`)
    return rows.at(-1)?.balanceFen ?? 0
  }
})

test('a bill that never was, of a day on which we sold something, lacks all of it', async () => {
  const sold: Charge[] = [await books.sell(), await books.sell()]
  await books.edit(day, { state: 'none' })
  await books.reconcile()
  expect(await books.days(day)).toMatchObject([{ bill: 'trade', state: 'reconciled', rows: 0, sha1: null }, {}, {}, {}])
  const found = await books.differences(day)
  expect(found.map(({ kind, delta_fen }) => [kind, delta_fen])).toEqual(
    sold.map(({ amount_fen }) => ['payment_missing_there', -amount_fen]),
  )
})

test('thousands of rows of another system are as many differences, one alarm and no question', async () => {
  await books.sell()
  await books.simulated.call('POST', `/bills/${day}/generate`, { rows: 1200, seed: 3 })
  const before = books.alarms.length
  await books.reconcile()
  const found = (await books.differences(day)).filter(({ bill }) => bill === 'trade')
  expect(found).toHaveLength(1200)
  expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['open']))
  const total = found.reduce((sum, { delta_fen }) => sum + Math.abs(delta_fen), 0)
  const alarms = books.alarms.slice(before).filter(({ detail }) => detail.date === day && detail.bill === 'trade')
  expect(alarms).toEqual([
    { kind: 'books_differ', detail: expect.objectContaining({ bill: 'trade', count: 1200, amountFen: total }) },
  ])
})
