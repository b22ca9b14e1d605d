import { randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { billDayTransitions, differenceTransitions } from '../products/bills/states.ts'
import { cardTransitions, recordTransitions, templateTransitions } from '../products/discount-card/states.ts'
import { lessonTransitions, planTransitions, signPlanTransitions } from '../products/payscore/states.ts'
import { shipmentTransitions } from '../products/shipping/states.ts'
import { orderTransitions } from '../shop/orders/states.ts'
import { refundRequestTransitions } from '../shop/refund-requests/states.ts'
import { refusal } from '../testing/database.ts'
import { chargeTransitions, refundTransitions } from './states.ts'

const AT = '2026-11-21T10:00:00Z'
const LATER = '2026-11-21T10:30:00Z'

interface Row {
  readonly [column: string]: unknown
}

describe.each([18, 15] as const)('PostgreSQL %i', (version) => {
  let database: TestDatabase
  let pool: pg.Pool

  beforeAll(async () => {
    database = await createTestDatabase({
      version,
      template: { name: 'domain', migrate: async (url) => void (await migrate(url)) },
    })
    pool = new pg.Pool({ connectionString: database.url, max: 2 })
  }, 120_000)
  afterAll(async () => {
    await pool?.end()
    await database?.drop()
  })

  const insert = async (table: string, row: Row) => {
    const columns = Object.keys(row)
    const marks = columns.map((_, i) => `$${i + 1}`)
    await pool.query(`insert into ${table} (${columns.join()}) values (${marks.join()})`, Object.values(row))
  }
  const update = (table: string, set: string, id: string) =>
    pool.query(`update ${table} set ${set} where id = $1`, [id])

  /** An order with one open charge. */
  const openOrder = async () => {
    const [orderId, chargeId] = [randomUUID(), randomUUID()]
    await insert('orders', order(orderId))
    await insert('charge', charge(chargeId, orderId))
    return { orderId, chargeId }
  }
  const succeed = (chargeId: string, settlement = 'settled', transactionId: string = randomUUID()) =>
    update('charge', success(settlement, transactionId), chargeId)
  const paidOrder = async () => {
    const ids = await openOrder()
    await succeed(ids.chargeId)
    await update('orders', `state = 'paid', paid_at = '${AT}', paid_charge_id = '${ids.chargeId}'`, ids.orderId)
    await insert('movement', movement(ids.chargeId))
    await insert('fulfilment', { order_id: ids.orderId, granted_at: AT })
    return ids
  }

  test('the moves in SQL are the moves in code', async () => {
    const { rows } = await pool.query<{ entity: string; from_state: string; to_state: string }>(
      'select * from state_transition',
    )
    const moves = (entity: string, table: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(table).flatMap(([from, tos]) => tos.map((to) => `${entity}: ${from} → ${to}`))
    const inCode = [
      ...moves('charge', chargeTransitions),
      ...moves('order', orderTransitions),
      ...moves('refund', refundTransitions),
      ...moves('refund_request', refundRequestTransitions),
      ...moves('shipment', shipmentTransitions),
      ...moves('bill_day', billDayTransitions),
      ...moves('difference', differenceTransitions),
      ...moves('plan', planTransitions),
      ...moves('sign_plan', signPlanTransitions),
      ...moves('lesson', lessonTransitions),
      ...moves('card_template', templateTransitions),
      ...moves('card', cardTransitions),
      ...moves('card_record', recordTransitions),
    ]
    expect(rows.map((row) => `${row.entity}: ${row.from_state} → ${row.to_state}`).sort()).toEqual(inCode.sort())
  })

  test('an order is paid once, by its own charge, and nothing of it can be taken back', async () => {
    const { orderId, chargeId } = await paidOrder()
    await expect(update('orders', `state = 'pending', paid_at = null, paid_charge_id = null`, orderId)).rejects.toThrow(
      refusal('ZP001'),
    )
    await expect(update('charge', `state = 'opened'`, chargeId)).rejects.toThrow(refusal('ZP001'))
    await expect(insert('fulfilment', { order_id: orderId, granted_at: AT })).rejects.toThrow(refusal('23505'))
    await expect(pool.query('delete from fulfilment')).rejects.toThrow(refusal('ZP002'))
    await expect(pool.query('delete from orders')).rejects.toThrow(refusal('ZP002'))
    await expect(pool.query('delete from charge')).rejects.toThrow(refusal('ZP002'))
  })

  test("an order cannot be paid by another order's charge", async () => {
    const [paid, other] = [await paidOrder(), await openOrder()]
    const set = `state = 'paid', paid_at = '${AT}', paid_charge_id = '${paid.chargeId}'`
    await expect(update('orders', set, other.orderId)).rejects.toThrow(refusal('23503', 'order_paid_by_own_charge'))
  })

  test('an order cannot be paid without a charge', async () => {
    const { orderId } = await openOrder()
    await expect(update('orders', `state = 'paid', paid_at = '${AT}'`, orderId)).rejects.toThrow(
      refusal('23514', 'order_paid_has_charge'),
    )
  })

  test('an order has one live charge', async () => {
    const { orderId, chargeId } = await openOrder()
    const second = randomUUID()
    await expect(insert('charge', charge(second, orderId))).rejects.toThrow(refusal('23505', 'charge_one_live'))
    await update('charge', `state = 'closing'`, chargeId)
    await expect(insert('charge', charge(second, orderId))).rejects.toThrow(refusal('23505', 'charge_one_live'))
    await update('charge', `state = 'closed', next_query_at = null`, chargeId)
    await insert('charge', charge(second, orderId))
  })

  test('an order is settled by one charge', async () => {
    const { orderId, chargeId } = await openOrder()
    await succeed(chargeId)
    const second = randomUUID()
    await insert('charge', charge(second, orderId))
    await expect(succeed(second)).rejects.toThrow(refusal('23505', 'charge_one_settled'))
    await succeed(second, 'paid_twice')
  })

  test('a transaction of WeChat Pay belongs to one charge and moves money once', async () => {
    const [first, second] = [await openOrder(), await openOrder()]
    await succeed(first.chargeId, 'settled', 'tx-shared')
    await expect(succeed(second.chargeId, 'settled', 'tx-shared')).rejects.toThrow(
      refusal('23505', 'charge_one_transaction'),
    )
    await insert('movement', movement(first.chargeId, 'tx-shared'))
    await expect(insert('movement', movement(second.chargeId, 'tx-shared'))).rejects.toThrow(
      refusal('23505', 'movement_pkey'),
    )
    await expect(insert('movement', movement(first.chargeId))).rejects.toThrow(refusal('23505', 'movement_one_payment'))
  })

  test('a success needs its evidence, and evidence a success', async () => {
    const { chargeId } = await openOrder()
    const rule = refusal('23514', 'charge_success_has_evidence')
    await expect(update('charge', `state = 'succeeded', next_query_at = null`, chargeId)).rejects.toThrow(rule)
    await expect(update('charge', `transaction_id = 'tx-early'`, chargeId)).rejects.toThrow(rule)
  })

  test('a live charge is always due some time, a final one never', async () => {
    const { chargeId } = await openOrder()
    const rule = refusal('23514', 'charge_live_is_queried')
    await expect(update('charge', 'next_query_at = null', chargeId)).rejects.toThrow(rule)
    await expect(update('charge', `state = 'closed'`, chargeId)).rejects.toThrow(rule)
  })

  test('no more can go back than came in, in at most 50 refunds, and none before the success', async () => {
    const [open, paid] = [await openOrder(), await paidOrder()]
    await expect(update('charge', 'refund_reserved_fen = 1', open.chargeId)).rejects.toThrow(
      refusal('23514', 'charge_refunds_need_success'),
    )
    await expect(update('charge', 'refund_reserved_fen = amount_fen + 1', paid.chargeId)).rejects.toThrow(
      refusal('23514', 'charge_refunds_within_amount'),
    )
    await expect(update('charge', 'refund_count = 51', paid.chargeId)).rejects.toThrow(refusal('23514'))
  })

  test.each(['amount_fen = 1', `openid = 'oOther'`, `mchid = '1'`, `out_trade_no = 'other-1'`, `expires_at = now()`])(
    'a charge cannot be changed afterwards: %s',
    async (set) => {
      const { chargeId } = await openOrder()
      await expect(update('charge', set, chargeId)).rejects.toThrow(refusal('ZP002'))
    },
  )

  test.each(['amount_fen = 1', 'user_id = gen_random_uuid()', `description = '别的'`])(
    'an order cannot be changed afterwards: %s',
    async (set) => {
      const { orderId } = await openOrder()
      await expect(update('orders', set, orderId)).rejects.toThrow(refusal('ZP002'))
    },
  )

  test('movements are evidence: never edited, never deleted, with a direction that fits their kind', async () => {
    const { chargeId } = await paidOrder()
    await expect(pool.query('update movement set amount_fen = 1')).rejects.toThrow(refusal('ZP002'))
    await expect(pool.query('delete from movement')).rejects.toThrow(refusal('ZP002'))
    const rule = refusal('23514', 'movement_has_a_direction')
    await expect(insert('movement', { ...movement(chargeId), kind: 'refund' })).rejects.toThrow(rule)
    await expect(insert('movement', { ...movement(chargeId), amount_fen: -1 })).rejects.toThrow(rule)
  })

  test.each([0, -1, 100_000_000_001, '1.5'])('%s is no amount to collect', async (amount) => {
    await expect(insert('orders', { ...order(randomUUID()), amount_fen: amount })).rejects.toThrow(/fen|bigint/)
  })
})

const order = (id: string): Row => ({
  id,
  user_id: randomUUID(),
  mchid: '1900000001',
  appid: 'wx0000000000000001',
  openid: 'oPayer',
  amount_fen: 100,
  description: '收银体育馆-单次游泳票',
  attach: `order:${id}`,
  created_at: AT,
  expires_at: LATER,
})

const charge = (id: string, orderId: string): Row => ({
  id,
  source: 'payments',
  purpose: 'order',
  subject_id: orderId,
  mchid: '1900000001',
  out_trade_no: id.replaceAll('-', ''),
  appid: 'wx0000000000000001',
  openid: 'oPayer',
  amount_fen: 100,
  currency: 'CNY',
  description: '收银体育馆-单次游泳票',
  created_at: AT,
  expires_at: LATER,
  next_query_at: AT,
})

const success = (settlement: string, transactionId: string) =>
  `state = 'succeeded', settlement = '${settlement}', transaction_id = '${transactionId}', success_time = '${AT}',
   next_query_at = null`

const movement = (chargeId: string, transactionId: string = randomUUID()): Row => ({
  kind: 'payment',
  provider_ref: transactionId,
  mchid: '1900000001',
  charge_id: chargeId,
  amount_fen: 100,
  proof: 'query',
  occurred_at: AT,
  recorded_at: AT,
})
