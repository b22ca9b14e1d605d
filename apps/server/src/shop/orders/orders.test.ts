import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { newShopper as newShopperOf, testCtx } from '../../testing/context.ts'
import { openTestDb, type TestDb } from '../../testing/database.ts'
import { expireOrders } from './expire.ts'
import { getOrder, getOrderByNumber } from './get.ts'
import { listOrders } from './list.ts'
import { placeOrder } from './place.ts'

let testDb: TestDb
let now = new Date('2026-11-21T10:00:00Z')
beforeAll(async () => {
  testDb = await openTestDb()
}, 120_000)
afterAll(() => testDb?.close())

const newShopper = () => newShopperOf(testCtx({ db: testDb.db, clock: { now: () => now } }))

const place = (shopper: ShopperCtx, ...items: [goodsId: string, quantity: number][]) =>
  inTransaction(testDb.db, (tx) =>
    placeOrder(
      tx,
      shopper,
      items.map(([goodsId, quantity]) => ({ goodsId, quantity })),
    ),
  )

describe('an order', () => {
  test('takes its prices from the database and keeps them', async () => {
    const shopper = newShopper()
    const { id } = await place(shopper, ['racket', 1], ['towel', 2])
    await testDb.db.updateTable('goods').set({ price_fen: 1 }).where('id', '=', 'towel').execute()
    expect(await getOrder(shopper, { id })).toEqual({
      id,
      outTradeNo: null,
      status: 'pending',
      confirming: false,
      amountFen: 45_900 + 2 * 3_900,
      discountFen: 0,
      discountName: null,
      refundedFen: 0,
      items: [
        { goodsId: 'racket', name: '全碳素羽毛球拍', priceFen: 45_900, quantity: 1 },
        { goodsId: 'towel', name: '速干运动毛巾', priceFen: 3_900, quantity: 2 },
      ],
      createdAt: '2026-11-21T10:00:00.000Z',
      expiresAt: '2026-11-21T10:30:00.000Z',
      paidAt: null,
    })
    await testDb.db.updateTable('goods').set({ price_fen: 3_900 }).where('id', '=', 'towel').execute()
  })

  test('carries the campaign tag only when all its goods share it', async () => {
    const shopper = newShopper()
    expect(await place(shopper, ['racket', 1], ['towel', 1])).toMatchObject({ goods_tag: 'GEAR' })
    expect(await place(shopper, ['racket', 1], ['swim-pass', 1])).toMatchObject({ goods_tag: null })
    expect(await place(shopper, ['trial-pass', 1])).toMatchObject({ goods_tag: null, amount_fen: 1 })
  })

  test.each(['no-such-thing', 'withdrawn', 'lesson'])(
    'of what is not on sale is refused, naming the item: %s',
    async (goodsId) => {
      await testDb.db
        .insertInto('goods')
        .values({
          id: 'withdrawn',
          position: 99,
          name: '旧款',
          description: '',
          kind: 'goods',
          price_fen: 1,
          on_sale: false,
        })
        .onConflict((oc) => oc.doNothing())
        .execute()
      await expect(place(newShopper(), ['towel', 1], [goodsId, 1])).rejects.toMatchObject({
        code: 'GOODS_NOT_FOUND',
        field: 'items.1.goodsId',
      })
    },
  )
})

describe('looking orders up', () => {
  test('pages from the newest to the oldest, each once', async () => {
    const shopper = newShopper()
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.unshift((await place(shopper, ['towel', 1])).id)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listOrders(shopper, { limit: 2, after })
      seen.push(...page.orders.map((order) => order.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(ids)
  })

  test('with a made-up cursor says which field is wrong', async () => {
    await expect(listOrders(newShopper(), { limit: 2, after: "' or 1=1" })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'after',
    })
  })

  test("somebody else's order is not there, by id, by number or in the list", async () => {
    const [owner, stranger] = [newShopper(), newShopper()]
    const { id } = await place(owner, ['towel', 1])
    await expect(getOrder(stranger, { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    await expect(getOrderByNumber(stranger, { outTradeNo: 'x'.repeat(32) })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(await listOrders(stranger, { limit: 20 })).toEqual({ orders: [], next: null })
  })

  test.each(['', 'x', 'null', '../1', '00000000-0000-0000-0000-00000000000G'])('%j is no order', async (id) => {
    await expect(getOrder(newShopper(), { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })
})

test('expiry closes what nobody tried to pay, and nothing before its time', async () => {
  const shopper = newShopper()
  const { id } = await place(shopper, ['towel', 1])
  const status = async () => (await getOrder(shopper, { id })).status
  now = new Date('2026-11-21T10:29:59Z')
  await expireOrders(shopper)
  expect(await status()).toBe('pending')
  now = new Date('2026-11-21T10:30:00Z')
  await expireOrders(shopper)
  expect(await status()).toBe('closed')
})

test('expiry is not held up by more orders than a batch that wait for WeChat Pay', async () => {
  const shopper = newShopper()
  const { id } = await place(shopper, ['towel', 1])
  await sql`
    with waiting as (
      insert into orders (id, user_id, mchid, appid, openid, amount_fen, description, attach, created_at, expires_at)
      select gen_random_uuid(), user_id, mchid, appid, openid, amount_fen, description, attach,
        created_at - interval '1 hour', expires_at - interval '1 hour'
      from orders, generate_series(1, 120) where id = ${id} returning *
    )
    insert into charge (id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen, currency,
      description, created_at, expires_at, next_query_at)
    select id, 'payments', 'order', id, mchid, replace(id::text, '-', ''), appid, openid, amount_fen, 'CNY',
      description, created_at, expires_at, created_at from waiting`.execute(testDb.db)
  now = new Date('2026-11-21T11:30:00Z')
  expect(await expireOrders(shopper)).toBe(1)
  expect((await getOrder(shopper, { id })).status).toBe('closed')
})
