import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '../../ledger/settle-payment.ts'
import type { Charge } from '../../ledger/table.ts'
import { type Books, openBooks } from '../../testing/books.ts'
import { insertDeduction, numberOfWechat } from '../../testing/deductions.ts'
import { paymentOf } from '../../testing/ledger.ts'

/** Rows of deductions in the bill, of which WeChat Pay says nothing else. */
let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks({ ttlSeconds: 7 * 86_400 })
  await books.sell()
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  day = books.today()
  await books.simulated.faults(silent('/v3/payscore/*'), silent('/v3/discount-card/*'), silent('/v3/refund/*'))
})
afterEach(() => books.simulated.faults())

const silent = (path: string) => ({ match: { method: 'GET', path }, kind: 'error-before-effect', probability: 1 })

type Source = 'payscore' | 'discount-card'
const open = (source?: Source) => {
  const { mchid, appid } = books.ctx.config
  return insertDeduction(books.ctx.db, { now: books.ctx.clock.now(), mchid, appid, ...(source && { source }) })
}
const settled = async (source?: Source): Promise<Charge> => {
  const charge = await open(source)
  await settlePayment(books.ctx, paymentOf(charge, new Date(`${day}T12:00:00+08:00`)))
  return chargeOf(charge)
}
const chargeOf = ({ id }: Charge) =>
  books.ctx.db.selectFrom('charge').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const movementsOf = ({ id }: Charge) =>
  books.ctx.db.selectFrom('movement').select(['kind', 'proof', 'amount_fen']).where('charge_id', '=', id).execute()
const anomalies = () => books.ctx.db.selectFrom('anomaly').select(['kind', 'out_trade_no']).execute()

/** As in life: 商户订单号 is WeChat's own; ours stands in 商户数据包, but not that of a card. */
const rowOf = (charge: Charge, more: object = {}) => ({
  transactionId: paymentOf(charge, new Date()).transactionId,
  outTradeNo: numberOfWechat(charge),
  openid: charge.openid,
  orderFen: charge.amount_fen,
  tradeType: 'AUTH',
  attach: charge.source === 'payscore' ? `wxzff|${books.simulated.serviceId}|${charge.out_trade_no}` : '',
  ...more,
})
const tradeDifferences = async () => (await books.differences(day)).filter(({ bill }) => bill === 'trade')

describe('the row of a deduction', () => {
  test.each(['payscore', 'discount-card'] as const)(
    'that we know is found by 微信订单号, whatever its 商户数据包 says: %s',
    async (source) => {
      const charge = await settled(source)
      await books.edit(day, { add: [rowOf(charge, { attach: '' })] })
      await books.reconcile()
      expect(await tradeDifferences()).toEqual([])
    },
  )

  test('for a card, of which nobody told, waits for an answer: the row does not say whose it is', async () => {
    const charge = await open('discount-card')
    await books.edit(day, { add: [rowOf(charge)] })
    await books.reconcile()
    expect(await movementsOf(charge)).toEqual([])
    expect(await tradeDifferences()).toMatchObject([{ kind: 'payment_missing_here', state: 'open' }])
    expect((await anomalies()).filter(({ out_trade_no }) => out_trade_no === charge.out_trade_no)).toEqual([])
  })

  test('for a card settles it where its 商户订单号 is ours after all', async () => {
    const charge = await open('discount-card')
    await books.edit(day, { add: [rowOf(charge, { outTradeNo: charge.out_trade_no })] })
    await books.reconcile()
    expect(await movementsOf(charge)).toMatchObject([{ kind: 'payment', proof: 'bill' }])
  })

  test('of which nobody told settles its charge while WeChat Pay answers nothing, once', async () => {
    const charge = await open()
    await books.edit(day, { add: [rowOf(charge)] })
    await books.reconcile()
    const paid = [{ kind: 'payment', proof: 'bill', amount_fen: charge.amount_fen }]
    expect(await movementsOf(charge)).toEqual(paid)
    expect(await tradeDifferences()).toMatchObject([
      { kind: 'payment_missing_here', state: 'resolved', note: 'our books have it by bill' },
    ])
    await books.advance(3600)
    await books.run()
    expect(await movementsOf(charge)).toEqual(paid)
  })

  test.each([
    ['amount', { orderFen: 1 }],
    ['payer', { openid: 'oSomebodyElse' }],
    ['AppID', { appid: 'wx00000000000000ff' }],
  ])('with another %s settles nothing', async (_, wrong) => {
    const charge = await open()
    await books.edit(day, { add: [rowOf(charge, wrong)] })
    await books.reconcile()
    expect(await movementsOf(charge)).toEqual([])
    expect(await tradeDifferences()).toMatchObject([{ kind: 'payment_missing_here', state: 'open' }])
    expect(await anomalies()).toContainEqual({ kind: 'evidence_mismatch', out_trade_no: charge.out_trade_no })
  })

  test('is not believed where WeChat Pay has signed something else about it', async () => {
    const charge = await open()
    await settlePayment(books.ctx, { ...paymentOf(charge, new Date()), amountFen: 1 })
    await books.edit(day, { add: [rowOf(charge)] })
    await books.reconcile()
    expect(await movementsOf(charge)).toEqual([])
  })

  test('of another system under the same 商户号 is nobody here to settle, and no anomaly', async () => {
    const before = await anomalies()
    const theirs = { transactionId: '4299000000000000000000000001', outTradeNo: 'WXTHEIRS', orderFen: 1800 }
    await books.edit(day, { add: [{ ...theirs, tradeType: 'AUTH', attach: 'wxzff|500001|THEIR_LESSON' }] })
    await books.reconcile()
    expect(await tradeDifferences()).toMatchObject([
      { kind: 'payment_missing_here', reference: theirs.transactionId, state: 'open', delta_fen: 1800 },
    ])
    expect(await anomalies()).toEqual(before)
  })

  test('with a 交易类型 that nobody knows stops no import', async () => {
    const [first, second] = [await settled(), await settled()]
    await books.edit(day, { add: [rowOf(first, { tradeType: 'TOMORROW' }), rowOf(second, { tradeType: '' })] })
    await books.reconcile()
    expect(await books.days(day)).toContainEqual(
      expect.objectContaining({ bill: 'trade', state: 'reconciled', rows: 2 }),
    )
    expect(await tradeDifferences()).toEqual([])
  })

  test.each(['payscore', 'discount-card'] as const)(
    'that the bill lacks is missing there, by our own number: %s',
    async (source) => {
      await books.sell()
      const charge = await settled(source)
      await books.reconcile()
      expect(await tradeDifferences()).toMatchObject([
        { kind: 'payment_missing_there', reference: charge.transaction_id, out_trade_no: charge.out_trade_no },
      ])
    },
  )
})

describe('the row of a refund of a deduction', () => {
  const refundRow = (charge: Charge) => ({
    ...{ transactionId: charge.transaction_id, outTradeNo: numberOfWechat(charge), openid: charge.openid },
    refund: {
      refundId: `5030${charge.out_trade_no.slice(-24)}`,
      outRefundNo: `byHand${charge.out_trade_no.slice(-20)}`,
      amountFen: 300,
    },
  })

  test.each(['payscore', 'discount-card'] as const)(
    'that was made by hand in 商户平台 is adopted while WeChat Pay answers nothing: %s',
    async (source) => {
      const charge = await settled(source)
      await books.edit(day, { add: [rowOf(charge), refundRow(charge)] })
      await books.reconcile()
      expect(await movementsOf(charge)).toMatchObject([
        { kind: 'payment' },
        { kind: 'refund', proof: 'bill', amount_fen: -300 },
      ])
      expect(await tradeDifferences()).toMatchObject([{ kind: 'refund_missing_here', state: 'resolved' }])
    },
  )

  test('is taken with its deduction, of which nobody had told either', async () => {
    const charge = await open()
    const { transactionId: transaction_id } = paymentOf(charge, new Date())
    await books.edit(day, { add: [rowOf(charge), refundRow({ ...charge, transaction_id })] })
    await books.reconcile()
    expect(await movementsOf(charge)).toMatchObject([{ kind: 'payment' }, { kind: 'refund', amount_fen: -300 }])
    expect((await tradeDifferences()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })
})
