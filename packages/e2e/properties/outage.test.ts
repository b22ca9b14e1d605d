import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { openMerchant } from '../support/merchant.ts'
import { type JournalEntry, journalOf, PAID_ONCE, type TappedOrder, tappedOrder } from '../support/orders.ts'
import type { Order } from '../support/shopper.ts'
import { eventually } from '../support/wait.ts'

let house: House
let merchant: Awaited<ReturnType<typeof openMerchant>>
beforeAll(async () => {
  house = await openHouse({ env: { RATE_LIMIT_ADDRESS: '1000000' } })
  merchant = await openMerchant(house.databaseUrl, () => house.servers[0]?.url ?? '')
}, 240_000)
afterAll(() => house?.close())
afterEach(() => house.simulated.faults())

/** Tries of one GET by the client. */
const TRIES = 3

async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  while (made.length < count) made.push(await make())
  return made
}

/** Lets business time pass and waits until the sweep has asked about all that came due. */
async function pass(seconds: number): Promise<void> {
  const { now } = await house.simulated.call<{ now: string }>('POST', '/clock/advance', { seconds })
  const due = async () => {
    const { rows } = await house.pool.query<{ count: number }>(
      `select (select count(*) from charge where next_query_at <= $1)::int
         + (select count(*) from refund where next_query_at <= $1)::int as count`,
      [now],
    )
    return rows[0]?.count
  }
  await eventually(due, (count) => count === 0, { what: 'the sweep' })
}

async function asked(work: () => Promise<unknown>): Promise<readonly JournalEntry[]> {
  const before = (await journalOf(house)).length
  await work()
  return (await journalOf(house)).slice(before).filter(({ path }) => path.startsWith('/v3/'))
}

const settles = (orders: readonly { readonly id: string }[], states: readonly string[]) =>
  eventually(
    async () => {
      await house.simulated.advance(60)
      return Promise.all(orders.map(({ id }) => house.books(id)))
    },
    (books) => books.every(({ state }, i) => state === states[i]),
  )

test('429 for half a minute under load: no call is made that nobody waits for, and everybody pays in the end', async () => {
  const open = await times(10, () => tappedOrder(house))
  const fresh = await times(10, async () => {
    const shopper = await house.newShopper()
    return { shopper, id: ((await shopper.order()).body as Order).id }
  })
  await house.simulated.faults({ match: { path: '/v3/*' }, kind: 'rate-limit', probability: 1 })
  let wanted = 0
  const journal = await asked(async () => {
    for (let i = 0; i < 6; i++) {
      const taps = await Promise.all(fresh.map(({ shopper, id }) => shopper.tap(id)))
      for (const { status, headers } of taps) {
        expect(status).toBe(503)
        expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
      }
      const checks = await Promise.all(open.map(({ shopper, id }) => shopper.check(id)))
      expect(checks.every(({ body }) => (body as Order).confirming)).toBe(true)
      wanted += taps.length + checks.length
      await pass(5)
    }
  })
  expect(new Set(journal.map(({ status }) => status))).toEqual(new Set([429]))
  // The sweep asks after 10 s and 20 s more; whatever is beyond that would be a retry.
  expect(journal.length).toBeLessThanOrEqual(wanted + 2 * (open.length + fresh.length))

  await house.simulated.faults()
  for (const { shopper, id } of fresh) expect((await shopper.tap(id)).status).toBe(200)
  const all = [...open, ...fresh]
  for (const { shopper, id } of all) await house.simulated.pay((await shopper.see(id)).outTradeNo ?? '')
  for (const books of await settles(
    all,
    all.map(() => 'paid'),
  )) {
    expect(books).toMatchObject({ ...PAID_ONCE, charges: 1 })
  }
})

test('WeChat Pay away for an hour: little is asked meanwhile, and afterwards both sides agree about everything', async () => {
  const [paid, cancelled, expired, returned] = await Promise.all([
    times(3, () => tappedOrder(house)),
    times(3, () => tappedOrder(house)),
    times(3, () => tappedOrder(house)),
    times(2, paidOrder),
  ])
  house.postbox.forwardTo(undefined)
  await house.simulated.faults({ match: { path: '/v3/*' }, kind: 'reset-before-effect', probability: 1 })
  // The cashier of WeChat goes on; it is we who cannot reach anybody, and whom nobody reaches.
  for (const { outTradeNo } of paid) await house.simulated.pay(outTradeNo)
  for (const { shopper, id } of cancelled) expect((await shopper.cancel(id)).body).toMatchObject({ status: 'closing' })
  for (const { id } of returned) expect((await merchant.refund(id, 100)).status).toBe(201)
  const STEPS = 12
  const journal = await asked(async () => {
    for (let i = 0; i < STEPS; i++) await pass(300)
  })
  const waiting = paid.length + cancelled.length + expired.length + returned.length
  expect(journal.length).toBeGreaterThan(0)
  expect(journal.length).toBeLessThanOrEqual(STEPS * TRIES * waiting)
  for (const { id } of [...paid, ...expired])
    expect(await house.books(id)).toMatchObject({ state: 'closing', movements: 0 })

  await house.simulated.faults()
  house.postbox.forwardTo(house.servers[0]?.url)
  await settles([...paid, ...cancelled, ...expired], ['paid', 'paid', 'paid', ...Array(6).fill('closed')])
  for (const { id } of paid) expect(await house.books(id)).toMatchObject(PAID_ONCE)
  for (const { outTradeNo } of [...cancelled, ...expired]) {
    expect((await house.simulated.transaction(outTradeNo)).tradeState).toBe('CLOSED')
  }
  for (const { id, outTradeNo, amountFen } of returned) {
    await eventually(
      async () => {
        await house.simulated.advance(60)
        return house.books(id)
      },
      ({ movedFen }) => movedFen === amountFen - 100,
    )
    const { refunds } = await house.simulated.call<{ refunds: { status: string }[] }>(
      'GET',
      `/refunds?outTradeNo=${outTradeNo}`,
    )
    expect(refunds).toMatchObject([{ status: 'SUCCESS' }])
  }
  const { rows } = await house.pool.query(`select count(*)::int as count from anomaly`)
  expect(rows).toEqual([{ count: 0 }])
})

async function paidOrder(): Promise<TappedOrder> {
  const order = await tappedOrder(house)
  await house.simulated.pay(order.outTradeNo)
  await eventually(
    () => house.books(order.id),
    ({ state }) => state === 'paid',
  )
  return order
}
