import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import type { Order } from '../support/shopper.ts'
import { eventually } from '../support/wait.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
}, 240_000)
afterAll(() => house?.close())
afterEach(async () => {
  await house.simulated.faults()
})

const QUERY = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' }
const CLOSE = { match: { method: 'POST', path: '/v3/pay/transactions/out-trade-no/*' } }

async function tappedOrder() {
  const shopper = await house.newShopper()
  const { id, amountFen } = (await shopper.order()).body as Order
  expect((await shopper.tap(id)).status).toBe(200)
  const { outTradeNo } = await shopper.see(id)
  return { shopper, id, amountFen, outTradeNo: outTradeNo ?? '' }
}

const anomaliesOf = async (outTradeNo: string) =>
  (await house.pool.query('select kind, detail from anomaly where out_trade_no = $1', [outTradeNo])).rows

const inboxOf = async (outTradeNo: string) =>
  (await house.pool.query(`select state from notification_inbox where resource ->> 'out_trade_no' = $1`, [outTradeNo]))
    .rows

async function alarms(kind: string): Promise<number> {
  const metrics = await (await fetch(`${house.servers[0]?.url}/metrics`)).text()
  return Number(new RegExp(`^shouyin_alarms_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(metrics)?.[1] ?? 0)
}

describe('a rightly signed notification that contradicts our record', () => {
  test.each([
    [{ amountFen: 1 }, 'evidence_mismatch'],
    [{ amountFen: 5801 }, 'evidence_mismatch'],
    [{ appid: 'wxffffffffffffffff' }, 'evidence_mismatch'],
    [{ openid: 'oSomebodyElse' }, 'evidence_mismatch'],
    [{ mchid: '1900000999' }, 'unknown_charge'],
  ])('settles nothing, is answered 204 and raises an alarm; the truth comes by asking: %j', async (set, kind) => {
    const { shopper, id, outTradeNo } = await tappedOrder()
    const alarmsBefore = await alarms(kind)
    await house.simulated.faults(
      { match: { outTradeNo }, kind: 'mismatch-notification', set },
      { match: QUERY, kind: 'error-before-effect', probability: 1 },
    )
    await house.simulated.pay(outTradeNo)
    await eventually(
      () => inboxOf(outTradeNo),
      (rows) => rows[0]?.state === 'dead',
    )
    expect(await house.books(id)).toMatchObject({ state: 'pending', movements: 0, fulfilments: 0 })
    expect(await anomaliesOf(outTradeNo)).toMatchObject([{ kind }])
    expect(await alarms(kind)).toBe(alarmsBefore + 1)
    const { notifications } = await house.simulated.call<{ notifications: { attempts: { status: number }[] }[] }>(
      'GET',
      `/notifications?outTradeNo=${outTradeNo}`,
    )
    expect(notifications[0]?.attempts.map((attempt) => attempt.status)).toEqual([204])

    await house.simulated.faults()
    expect((await shopper.check(id)).body).toMatchObject({ status: 'paid' })
  })
})

describe('money that nobody waits for', () => {
  /** As if somebody had closed it here only, which our code never does. */
  const closeHere = (id: string, order = true) =>
    house.pool.query(
      `with closed as (update charge set state = 'closed', next_query_at = null
         where subject_id = $1 and state in ('opened', 'closing'))
       update orders set state = case when $2 then 'closed' else state end where id = $1`,
      [id, order],
    )

  /** The refund that nobody asked for, as WeChat Pay has it. */
  const goesBack = async (id: string, outTradeNo: string, leftFen: number) => {
    const returned = async () => {
      await house.simulated.advance(60)
      return house.books(id)
    }
    await eventually(returned, (books) => books.movedFen === leftFen)
    const { refunds } = await house.simulated.call<{ refunds: { status: string }[] }>(
      'GET',
      `/refunds?outTradeNo=${outTradeNo}`,
    )
    expect(refunds).toMatchObject([{ status: 'SUCCESS' }])
  }

  test('paid after close: recorded, goes back by itself, the order stays closed', async () => {
    const { shopper, id, outTradeNo } = await tappedOrder()
    await closeHere(id)
    await house.simulated.pay(outTradeNo)
    const books = await eventually(
      () => house.books(id),
      (found) => found.movements >= 1,
    )
    expect(books).toMatchObject({ state: 'closed', fulfilments: 0, automaticRefunds: 1, settled: 0 })
    expect(await shopper.see(id)).toMatchObject({ status: 'closed' })
    expect(await anomaliesOf(outTradeNo)).toMatchObject([{ kind: 'paid_after_close' }])
    expect(await alarms('paid_after_close')).toBe(1)
    await goesBack(id, outTradeNo, 0)
  })

  test.each(['first', 'second'] as const)(
    'paid twice, the %s one early: one pays, the other goes back by itself',
    async (early) => {
      const { shopper, id, amountFen, outTradeNo: first } = await tappedOrder()
      await closeHere(id, false)
      expect((await shopper.tap(id)).status).toBe(200)
      const second = (await shopper.see(id)).outTradeNo ?? ''
      // Else the sweep may close the second as soon as the first has paid.
      await house.simulated.faults({ ...CLOSE, kind: 'error-before-effect', probability: 1 })
      const inOrder = early === 'first' ? [first, second] : [second, first]
      for (const [i, outTradeNo] of inOrder.entries()) {
        await house.simulated.pay(outTradeNo)
        await eventually(
          () => house.books(id),
          (books) => books.movements >= i + 1,
        )
      }
      expect(await house.books(id)).toMatchObject({
        state: 'paid',
        settled: 1,
        fulfilments: 1,
        automaticRefunds: 1,
      })
      await goesBack(id, inOrder[1] ?? '', amountFen)
      expect(await anomaliesOf(inOrder[1] ?? '')).toMatchObject([{ kind: 'paid_twice' }])
    },
  )
})

describe('a notification that overtakes the answer to the order', () => {
  test('pays; the late prepay_id changes nothing and is not handed out', async () => {
    const shopper = await house.newShopper()
    const { id } = (await shopper.order()).body as Order
    const [hold] = await house.simulated.faults({
      match: { path: '/v3/pay/transactions/jsapi' },
      kind: 'hold-response',
    })
    const tapped = shopper.tap(id)
    const { outTradeNo } = await eventually(
      () => shopper.see(id),
      (order) => order.outTradeNo !== null,
    )
    await eventually(
      () => house.simulated.transactions(),
      (all) => all.some((one) => one.outTradeNo === outTradeNo),
    )
    await house.simulated.pay(outTradeNo ?? '')
    await eventually(
      () => shopper.see(id),
      (order) => order.status === 'paid',
    )
    await house.simulated.release(hold?.id)
    expect(await tapped).toMatchObject({ status: 409, body: { error: { code: 'ORDER_PAID' } } })
    expect(await house.books(id)).toMatchObject({ state: 'paid', movements: 1, fulfilments: 1 })
  })
})
