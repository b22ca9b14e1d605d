import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { MerchantCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { closeCharge } from '../../ledger/close.ts'
import { recordMovement } from '../../ledger/movements.ts'
import { openCharge } from '../../ledger/open.ts'
import { lockCharge } from '../../ledger/repository.ts'
import { settle } from '../../ledger/settle.ts'
import type { Charge } from '../../ledger/table.ts'
import { newMerchant, newShopper, testCtx } from '../../testing/context.ts'
import { openTestDb, type TestDb } from '../../testing/database.ts'
import { insertDeduction } from '../../testing/deductions.ts'
import { effects } from '../../testing/effects.ts'
import type { OrderRow } from '../table.ts'
import { getMerchantOrder } from './merchant-get.ts'
import { listMerchantOrders } from './merchant-list.ts'
import { placeLines, placeOrder } from './place.ts'

const clock = manualClock(new Date('2026-11-21T10:00:00Z'))
const now = clock.now()
let testDb: TestDb
let merchant: MerchantCtx
beforeAll(async () => {
  testDb = await openTestDb()
  merchant = await newMerchant(testCtx({ db: testDb.db, clock }))
})
afterAll(() => testDb?.close())

const place = () =>
  inTransaction(testDb.db, (tx) =>
    placeOrder(tx, newShopper(merchant), [
      { goodsId: 'towel', quantity: 2 },
      { goodsId: 'swim-cap', quantity: 1 },
    ]),
  )

const charge = ({ id, mchid, appid, openid, amount_fen, description, expires_at }: OrderRow): Promise<Charge> => {
  const what = { source: 'payments', purpose: 'order', subjectId: id, mchid, appid, openid, description } as const
  const rest = { amountFen: amount_fen, expiresAt: expires_at }
  return inTransaction(testDb.db, (tx) => openCharge(tx, { ...what, ...rest }, { now, nextQueryAt: now }))
}

const close = ({ id }: Charge) => inTransaction(testDb.db, async (tx) => closeCharge(tx, await lockCharge(tx, id)))

async function pay({ mchid, out_trade_no: outTradeNo, amount_fen: amountFen, appid, openid }: Charge) {
  const transactionId = `4200${outTradeNo.slice(-24)}`
  const evidence = { mchid, outTradeNo, transactionId, amountFen, appid, openid, successTime: now } as const
  await inTransaction(testDb.db, (tx) =>
    settle(tx, { evidence: { ...evidence, currency: 'CNY', proof: 'query' }, effects, now }),
  )
  return transactionId
}

describe('an order', () => {
  test('for a lesson is one as any other; the number of a deduction finds none', async () => {
    const line = { id: 'lesson', name: '羽毛球课3节 第二节课', price_fen: 12_000, goods_tag: null, quantity: 1 }
    const order = await inTransaction(testDb.db, (tx) => placeLines(tx, newShopper(merchant), [line]))
    expect(await getMerchantOrder(merchant, { id: order.id })).toMatchObject({
      amountFen: 12_000,
      items: [{ goodsId: 'lesson', name: line.name, priceFen: 12_000, quantity: 1 }],
    })
    const { out_trade_no: id } = await insertDeduction(testDb.db, { now })
    await expect(getMerchantOrder(merchant, { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('shows whose it is, what was bought, and every sum that was or may be collected for it', async () => {
    const order = await place()
    const first = await charge(order)
    await close(first)
    const second = await charge(order)
    const transactionId = await pay(second)
    const movement = { kind: 'refund', provider_ref: `5030${transactionId}`, mchid: order.mchid } as const
    const times = { proof: 'query', occurred_at: now, recorded_at: now } as const
    await inTransaction(testDb.db, (tx) =>
      recordMovement(tx, { ...movement, ...times, charge_id: second.id, amount_fen: -300 }),
    )
    const common = { settlement: null, transactionId: null, successTime: null, refundReservedFen: 0, amountFen: 10_700 }
    expect(await getMerchantOrder(merchant, { id: order.id })).toEqual({
      id: order.id,
      status: 'paid',
      amountFen: 10_700,
      discountFen: 0,
      discountName: null,
      refundedFen: 300,
      description: '收银体育馆-速干运动毛巾等 3 件',
      openid: order.openid,
      items: [
        { goodsId: 'towel', name: '速干运动毛巾', priceFen: 3_900, quantity: 2 },
        { goodsId: 'swim-cap', name: '硅胶泳帽', priceFen: 2_900, quantity: 1 },
      ],
      charges: [
        {
          ...common,
          outTradeNo: second.out_trade_no,
          transactionId,
          state: 'succeeded',
          settlement: 'settled',
          successTime: now.toISOString(),
        },
        { ...common, outTradeNo: first.out_trade_no, state: 'closed' },
      ],
      createdAt: '2026-11-21T10:00:00.000Z',
      expiresAt: '2026-11-21T10:30:00.000Z',
      paidAt: now.toISOString(),
    })
  })

  test('is found by its id, by any 商户订单号 and by the 微信订单号', async () => {
    const order = await place()
    const [abandoned, paid] = [await charge(order).then(async (one) => close(one).then(() => one)), await charge(order)]
    for (const id of [order.id, abandoned.out_trade_no, paid.out_trade_no, await pay(paid)]) {
      expect(await getMerchantOrder(merchant, { id })).toMatchObject({ id: order.id })
    }
  })

  test.each(['', 'x', crypto.randomUUID(), '0'.repeat(32), "' or true --"])('is not found by %j', async (id) => {
    await expect(getMerchantOrder(merchant, { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND', field: 'id' })
  })

  test("of another merchant's number is not ours", async () => {
    const { out_trade_no: id } = await charge(await place())
    const other = { ...merchant, config: { ...merchant.config, mchid: '1900000002' } }
    await expect(getMerchantOrder(other, { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })
})

describe('the list', () => {
  const ids = async (status?: 'pending' | 'paid') => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listMerchantOrders(merchant, { limit: 2, after, status })
      seen.push(...page.orders.map((order) => order.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    return seen
  }

  test('has the orders of all shoppers, from the newest to the oldest, each once; or those of one status', async () => {
    const placed: string[] = []
    for (let i = 0; i < 5; i++) placed.push((await place()).id)
    // Of one millisecond, ids come in any order.
    placed.sort().reverse()
    const paid = await place()
    await pay(await charge(paid))
    expect((await ids()).slice(0, 6)).toEqual([paid.id, ...placed].sort().reverse())
    expect((await ids('pending')).slice(0, 5)).toEqual(placed)
    expect((await ids('paid'))[0]).toBe(paid.id)
    expect(await ids('paid')).not.toContain(placed[0])
  })

  test('asks as many questions for one order as for twenty', async () => {
    for (let i = 0; i < 20; i++) await charge(await place())
    const asked = async (limit: number) => {
      let queries = 0
      const count: KyselyPlugin = {
        transformQuery: ({ node }) => {
          queries += 1
          return node
        },
        transformResult: async ({ result }) => result,
      }
      const page = await listMerchantOrders({ ...merchant, db: testDb.db.withPlugin(count) }, { limit })
      expect(page.orders).toHaveLength(limit)
      return queries
    }
    expect(await asked(20)).toBe(await asked(1))
  })

  test('with a made-up cursor says which field is wrong', async () => {
    await expect(listMerchantOrders(merchant, { limit: 2, after: 'x' })).rejects.toMatchObject({ field: 'after' })
  })
})
