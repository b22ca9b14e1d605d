import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadUnpaid, type Merchant, paymentOf } from '../bench/intake-orders.ts'
import { type House, openHouse } from '../support/house.ts'
import { notificationsOf, PAID_ONCE, tappedOrder } from '../support/orders.ts'
import { eventually } from '../support/wait.ts'

const QUEUED = 10_000
const TWICE = 500
const DRAINED_WITHIN_MS = 120_000
const PRICE_FEN = 3900

const QUEUE = `insert into notification_inbox
  select $1, id, 'payments.transactionSuccess', 'TRANSACTION.SUCCESS', '2026-11-21T10:00:00+08:00', resource,
    '', 'serial', 'pending', 0, now(), now() from unnest($2::text[], $3::json[]) as queued (id, resource)`

let house: House
beforeAll(async () => {
  house = await openHouse({ env: { LOG_LEVEL: 'warn' } })
}, 240_000)
afterAll(() => house?.close())

test('a restart with 10,000 queued notifications drains without loss, and takes new ones meanwhile', async () => {
  const order = await tappedOrder(house)
  await house.servers[0]?.kill()
  const merchant = await house.simulated.call<Merchant>('GET', '/merchant')
  const numbers = await loadUnpaid(house.pool, merchant, QUEUED)
  const told = [...numbers, ...numbers.slice(0, TWICE)]
  const resources = told.map((outTradeNo) => JSON.stringify(paymentOf(merchant, outTradeNo)))
  await house.pool.query(QUEUE, [merchant.mchid, told.map(() => randomUUID()), resources])

  await house.launch()
  await house.simulated.pay(order.outTradeNo)
  const [fresh] = await eventually(
    () => notificationsOf(house, order.outTradeNo),
    ([notification]) => notification?.state === 'delivered',
  )
  expect(fresh?.attempts.map(({ status }) => status)).toEqual([204])
  const { rows: waiting } = await house.pool.query(`select from notification_inbox where state = 'pending' limit 1`)
  expect(waiting).toHaveLength(1)

  await eventually(
    async () => (await house.pool.query('select state, count(*)::int from notification_inbox group by 1')).rows,
    (rows) => rows.length === 1 && rows[0].state === 'processed',
    { what: 'an empty queue', timeoutMs: DRAINED_WITHIN_MS },
  )
  expect(await house.books(order.id)).toMatchObject(PAID_ONCE)
  const { rows } = await house.pool.query(
    `select count(*)::int as paid, count(distinct f.order_id)::int as granted,
       count(distinct m.provider_ref)::int as moved, sum(m.amount_fen)::int as fen
     from orders o join charge c on c.id = o.paid_charge_id and c.state = 'succeeded'
       join movement m on m.charge_id = c.id join fulfilment f on f.order_id = o.id
     where o.state = 'paid' and o.id <> $1`,
    [order.id],
  )
  expect(rows).toEqual([{ paid: QUEUED, granted: QUEUED, moved: QUEUED, fen: QUEUED * PRICE_FEN }])
  expect((await house.pool.query('select count(*)::int as count from movement')).rows).toEqual([{ count: QUEUED + 1 }])
}, 240_000)
