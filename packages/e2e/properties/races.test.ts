import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { send } from '../support/postbox.ts'
import type { Order } from '../support/shopper.ts'
import { eventually } from '../support/wait.ts'

let house: House

const times = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)))
const serverOf = (i: number) => house.servers[i % 2]?.url ?? ''

const PAID_ONCE = { state: 'paid', live: 0, settled: 1, movements: 1, fulfilments: 1, automaticRefunds: 0 }

async function tappedOrder() {
  const shopper = await house.newShopper()
  const { id } = (await shopper.order()).body as Order
  expect((await shopper.tap(id)).status).toBe(200)
  const { outTradeNo } = await shopper.see(id)
  return { shopper, id, outTradeNo: outTradeNo ?? '' }
}

describe.each([18, 15] as const)('two servers on PostgreSQL %i', (version) => {
  beforeAll(async () => {
    house = await openHouse({ servers: 2, version })
  }, 240_000)
  afterAll(() => house?.close())

  test('fifty copies of a notification at once, at two servers, have one effect and are all accepted', async () => {
    const { shopper, id, outTradeNo } = await tappedOrder()
    house.postbox.forwardTo(undefined)
    const before = house.postbox.letters.length
    await house.simulated.pay(outTradeNo)
    const [letter] = await eventually(
      async () => house.postbox.letters.slice(before),
      (letters) => letters.length > 0,
    )
    house.postbox.forwardTo(serverOf(0))
    const statuses = await times(50, (i) => send(letter ?? expect.unreachable(), serverOf(i)))
    expect(new Set(statuses)).toEqual(new Set([204]))
    await eventually(
      () => shopper.see(id),
      (order) => order.status === 'paid',
    )
    expect(await house.books(id)).toMatchObject(PAID_ONCE)
    const { rows } = await house.pool.query('select state from notification_inbox')
    expect(rows).toEqual([{ state: 'processed' }])
  })

  test('thirty taps on pay at once, at two servers, make one charge with one prepay_id', async () => {
    const shopper = await house.newShopper()
    const { id } = (await shopper.order()).body as Order
    const answers = await times(30, (i) => shopper.tap(id, serverOf(i)))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((answer) => (answer.body as { package: string }).package)).size).toBe(1)
    const { outTradeNo } = await shopper.see(id)
    expect((await house.simulated.transaction(outTradeNo ?? '')).prepayIds).toHaveLength(1)
    expect(await house.books(id)).toMatchObject({ charges: 1, live: 1 })
  })

  test('twenty equal creations at once, at two servers, make one order', async () => {
    const shopper = await house.newShopper()
    const key = randomUUID()
    const answers = await times(20, (i) => shopper.order('towel', key, serverOf(i)))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    const other = await shopper.order('racket', key)
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } } })
  })

  describe('paying against cancelling', () => {
    test('twenty cancels and twenty checks while the shopper pays: paid or closed, and both sides agree', async () => {
      const orders = await times(4, tappedOrder)
      await Promise.all(
        orders.flatMap(({ shopper, id, outTradeNo }) => [
          times(5, (i) => shopper.cancel(id, serverOf(i))),
          times(5, (i) => shopper.check(id, serverOf(i))),
          // The phone loses against a close that came first.
          house.simulated.pay(outTradeNo).catch(() => undefined),
        ]),
      )
      for (const { shopper, id, outTradeNo } of orders) {
        const { tradeState } = await house.simulated.transaction(outTradeNo)
        const expected = tradeState === 'SUCCESS' ? 'paid' : 'closed'
        await eventually(
          () => shopper.see(id),
          (order) => order.status === expected,
          { what: `${expected}, as at WeChat Pay` },
        )
        const isPaid = tradeState === 'SUCCESS'
        expect(await house.books(id)).toMatchObject({
          fulfilments: isPaid ? 1 : 0,
          movements: isPaid ? 1 : 0,
          automaticRefunds: 0,
        })
      }
    })
  })
})
