import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Books, type House, openHouse } from '../support/house.ts'
import { openMerchant } from '../support/merchant.ts'
import { tappedOrder } from '../support/orders.ts'
import type { Fault } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'

const silent = (path: string, more: object = {}): Fault => ({
  match: { method: 'GET', path },
  kind: 'error-before-effect',
  probability: 1,
  ...more,
})
const noNotification: Fault = { kind: 'lose-notification', probability: 1 }
const noQuery = [silent('/v3/pay/transactions/*'), silent('/v3/refund/domestic/refunds/*')]
const noBill = silent('/v3/bill/*', { status: 400, code: 'STATEMENT_CREATING' })

const SHANGHAI_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const BILLS_AT_MS = 10.75 * 3_600_000
const REFUND_FEN = 100

interface Lane {
  /** Also the proof that every movement has to show. */
  readonly net: 'notification' | 'query' | 'bill'
  readonly cut: readonly Fault[]
}

const lanes: readonly Lane[] = [
  { net: 'notification', cut: [...noQuery, noBill] },
  { net: 'query', cut: [noNotification, noBill] },
  { net: 'bill', cut: [noNotification, ...noQuery] },
]

describe.each(lanes)('with the $net as the only net', ({ net, cut }) => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  }, 240_000)
  afterAll(() => house?.close())

  /** To where this net has something to say. */
  async function pass(): Promise<void> {
    if (net !== 'bill') return
    const { now } = await house.simulated.call<{ now: string }>('GET', '/clock')
    const msOfDay = (Date.parse(now) + SHANGHAI_MS) % DAY_MS
    await house.simulated.advance(Math.ceil((DAY_MS - msOfDay + BILLS_AT_MS) / 1000))
  }

  const comes = (id: string, accept: (books: Books) => boolean) =>
    eventually(
      async () => {
        await house.simulated.advance(60)
        return house.books(id)
      },
      accept,
      { what: `the books of ${id}` },
    )

  test('payments, refunds and automatic refunds are each recorded once and have their effect once', async () => {
    const merchant = await openMerchant(house.databaseUrl, () => house.servers[0]?.url ?? '')
    const ordinary = await tappedOrder(house)
    const late = await tappedOrder(house)
    await closeHere(late.id)
    await house.simulated.faults(...cut)
    for (const { outTradeNo } of [ordinary, late]) await house.simulated.pay(outTradeNo)

    await pass()
    await comes(ordinary.id, ({ state }) => state === 'paid')
    await comes(late.id, ({ automaticRefunds }) => automaticRefunds === 1)
    expect((await merchant.refund(ordinary.id, REFUND_FEN)).status).toBe(201)
    await eventually(
      async () => (await refundsAtWechat()).length,
      (count) => count === 2,
    )

    await pass()
    await comes(ordinary.id, ({ movedFen }) => movedFen === ordinary.amountFen - REFUND_FEN)
    await comes(late.id, ({ movements, movedFen }) => movements === 2 && movedFen === 0)
    expect(await house.books(ordinary.id)).toMatchObject({ state: 'paid', settled: 1, movements: 2, fulfilments: 1 })
    expect(await house.books(late.id)).toMatchObject({ state: 'closed', settled: 0, movements: 2, fulfilments: 0 })
    expect((await refundsAtWechat()).map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS'])
    const { rows } = await house.pool.query('select distinct proof from movement')
    expect(rows).toEqual([{ proof: net }])
  })

  const refundsAtWechat = async () =>
    (await house.simulated.call<{ refunds: { status: string }[] }>('GET', '/refunds')).refunds

  /** As if somebody had closed it here only, which our code never does. Nobody asks about a charge that is closed. */
  async function closeHere(id: string): Promise<void> {
    await house.pool.query(`update orders set state = 'closed' where id = $1`, [id])
    if (net === 'query') return
    await house.pool.query(`update charge set state = 'closed', next_query_at = null where subject_id = $1`, [id])
  }
})
