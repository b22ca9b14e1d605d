import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { metricOf, notificationsOf, PAID_ONCE, tappedOrder } from '../support/orders.ts'
import { send } from '../support/postbox.ts'
import { eventually } from '../support/wait.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
}, 240_000)
afterAll(() => house?.close())
afterEach(async () => {
  await house.simulated.faults()
})

const url = () => house.servers[0]?.url ?? ''
const QUERY = { method: 'GET', path: '/v3/pay/transactions/*' }
const noQuery = { match: QUERY, kind: 'error-before-effect', probability: 1 }

const paid = (id: string) =>
  eventually(
    () => house.books(id),
    (books) => books.state === 'paid',
  )
const attemptsOf = async (outTradeNo: string) =>
  (await notificationsOf(house, outTradeNo)).flatMap(({ attempts }) => attempts)
const inboxOf = async (outTradeNo: string) =>
  (await house.pool.query(`select state from notification_inbox where resource ->> 'out_trade_no' = $1`, [outTradeNo]))
    .rows

test('one payment told under five ids is five notifications and one effect', async () => {
  const { id, outTradeNo } = await tappedOrder(house)
  await house.simulated.faults(
    { match: { outTradeNo }, kind: 'duplicate-notification', copies: 5, ids: 'other' },
    noQuery,
  )
  await house.simulated.pay(outTradeNo)
  const processed = (rows: readonly { state: string }[]) =>
    rows.length === 5 && rows.every(({ state }) => state === 'processed')
  await eventually(() => inboxOf(outTradeNo), processed)
  expect(await house.books(id)).toMatchObject(PAID_ONCE)
})

describe('a genuine notification', () => {
  test('that is almost five minutes old is taken, and taken again without effect', async () => {
    const { id, outTradeNo } = await tappedOrder(house)
    await house.simulated.faults({ match: { outTradeNo }, kind: 'stale-notification', ageSeconds: 280 }, noQuery)
    await house.simulated.pay(outTradeNo)
    await paid(id)
    const letter = house.postbox.letters.at(-1) ?? expect.unreachable()
    expect(await send(letter, url())).toBe(204)
    expect(await house.books(id)).toMatchObject(PAID_ONCE)
    expect(await inboxOf(outTradeNo)).toEqual([{ state: 'processed' }])
  })

  test('that is more than five minutes old is refused, and the fresh one that follows is taken', async () => {
    const { id, outTradeNo } = await tappedOrder(house)
    await house.simulated.faults({ match: { outTradeNo }, kind: 'stale-notification', ageSeconds: 301 }, noQuery)
    await house.simulated.pay(outTradeNo)
    await eventually(
      () => attemptsOf(outTradeNo),
      (attempts) => attempts[0]?.status === 401,
    )
    expect(await house.books(id)).toMatchObject({ state: 'pending', movements: 0 })
    await house.simulated.advance(16)
    await paid(id)
    expect((await attemptsOf(outTradeNo)).map(({ status }) => status)).toEqual([401, 204])
  })
})

describe('while PostgreSQL holds a lock', () => {
  async function locked(lock: string, values: readonly string[], work: () => Promise<void>): Promise<void> {
    const client = await house.pool.connect()
    try {
      await client.query('begin')
      await client.query(lock, [...values])
      await work()
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('on the inbox, WeChat Pay is answered 5xx before its five seconds are over, and comes again', async () => {
    const { id, outTradeNo } = await tappedOrder(house)
    await house.simulated.faults(noQuery)
    await locked('lock table notification_inbox in access exclusive mode', [], async () => {
      await house.simulated.pay(outTradeNo)
      const [attempt] = await eventually(
        () => attemptsOf(outTradeNo),
        (attempts) => attempts.length === 1,
      )
      expect(attempt?.status).toBe(503)
    })
    await house.simulated.advance(16)
    await paid(id)
    expect((await attemptsOf(outTradeNo)).map(({ status }) => status)).toEqual([503, 204])
    expect(await house.books(id)).toMatchObject(PAID_ONCE)
  })

  test('on the order, the notification is accepted all the same and takes effect afterwards', async () => {
    const { id, outTradeNo } = await tappedOrder(house)
    await house.simulated.faults(noQuery)
    await locked('select from orders where id = $1 for update', [id], async () => {
      await house.simulated.pay(outTradeNo)
      const attempts = await eventually(
        () => attemptsOf(outTradeNo),
        ({ length }) => length === 1,
      )
      expect(attempts).toMatchObject([{ status: 204 }])
      expect(await house.books(id)).toMatchObject({ state: 'pending', movements: 0 })
    })
    await eventually(
      async () => {
        await house.simulated.advance(15)
        return house.books(id)
      },
      ({ state }) => state === 'paid',
    )
    expect(await house.books(id)).toMatchObject(PAID_ONCE)
  })
})

test('a clock that is more than two minutes off takes the server out of service until it is right', async () => {
  const { id, shopper } = await tappedOrder(house)
  const readiness = async () => {
    const answer = await fetch(`${url()}/readyz`)
    return { status: answer.status, body: await answer.json() }
  }
  await house.simulated.faults({ match: QUERY, kind: 'skew-clock', seconds: 200, probability: 1 })
  await shopper.check(id)
  expect(await readiness()).toMatchObject({
    status: 503,
    body: { checks: { clock: expect.stringMatching(/ s behind WeChat Pay$/) } },
  })
  expect(Math.abs((await metricOf(url(), 'shouyin_clock_skew_seconds')) - 200)).toBeLessThan(5)
  await house.simulated.faults({ match: QUERY, kind: 'skew-clock', seconds: -60, probability: 1 })
  await shopper.check(id)
  expect(await readiness()).toMatchObject({ status: 200, body: { checks: { clock: 'ok' } } })
})
