import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
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

const PAID_ONCE = { state: 'paid', live: 0, settled: 1, movements: 1, fulfilments: 1, automaticRefunds: 0 }

async function tappedOrder() {
  const shopper = await house.newShopper(newest().url)
  const { id } = (await shopper.order()).body as Order
  expect((await shopper.tap(id)).status).toBe(200)
  const { outTradeNo } = await shopper.see(id)
  return { id, outTradeNo: outTradeNo ?? '' }
}
const newest = () => house.servers.at(-1) ?? expect.unreachable()

test('SIGKILL between the commit of a notification and its processing loses nothing', async () => {
  const { id, outTradeNo } = await tappedOrder()
  // The next server must owe the payment to the stored notification, not to a question.
  await house.simulated.faults({ match: { method: 'GET', outTradeNo }, kind: 'error-before-effect', probability: 1 })
  const lock = await house.pool.connect()
  await lock.query('begin')
  await lock.query('select from orders where id = $1 for update', [id])
  await house.simulated.pay(outTradeNo)
  await eventually(
    async () => (await house.pool.query('select state from notification_inbox')).rows,
    (rows) => rows.length === 1,
  )
  await newest().kill()
  await lock.query('rollback')
  lock.release()
  expect(await house.books(id)).toMatchObject({ state: 'pending', movements: 0, fulfilments: 0 })

  await house.launch()
  await house.simulated.advance(30)
  await eventually(
    () => house.books(id),
    (books) => books.state === 'paid',
  )
  expect(await house.books(id)).toMatchObject(PAID_ONCE)
})

test('SIGKILL while WeChat Pay is making the order leaves one number, which the next server goes on with', async () => {
  const shopper = await house.newShopper(newest().url)
  const { id } = (await shopper.order()).body as Order
  const [hold] = await house.simulated.faults({ match: { path: '/v3/pay/transactions/jsapi' }, kind: 'hold-response' })
  const tapped = shopper.tap(id).catch((error: unknown) => error)
  const { outTradeNo } = await eventually(
    () => shopper.see(id),
    (order) => order.outTradeNo !== null,
  )
  await eventually(
    () => house.simulated.transactions(),
    (all) => all.some((one) => one.outTradeNo === outTradeNo),
  )
  await newest().kill()
  expect(await tapped).toBeInstanceOf(Error)
  await house.simulated.release(hold?.id)

  const { url } = await house.launch()
  await house.simulated.advance(21)
  const answer = await eventually(
    () => shopper.tap(id, url),
    ({ status }) => status === 200,
  )
  expect(await shopper.requestPayment(answer.body)).toMatchObject({ errMsg: 'requestPayment:ok' })
  await eventually(
    () => shopper.see(id, url),
    (order) => order.status === 'paid',
  )
  expect(await house.books(id)).toMatchObject({ ...PAID_ONCE, charges: 1 })
  expect(await shopper.see(id, url)).toMatchObject({ outTradeNo })
})

test('SIGKILL again and again while people pay: every payment is recorded once and granted once', async () => {
  const paid: { id: string; outTradeNo: string }[] = []
  for (let round = 0; round < 3; round++) {
    const orders = await Promise.all([tappedOrder(), tappedOrder(), tappedOrder(), tappedOrder()])
    const server = newest()
    await Promise.all([...orders.map(({ outTradeNo }) => house.simulated.pay(outTradeNo)), server.kill()])
    paid.push(...orders)
    await house.launch()
  }
  for (const { id } of paid) {
    await eventually(
      async () => {
        const books = await house.books(id)
        if (books.state !== 'paid') await house.simulated.advance(15)
        return books
      },
      (books) => books.state === 'paid',
    )
    expect(await house.books(id)).toMatchObject(PAID_ONCE)
  }
})

test('PostgreSQL breaking every connection while people pay ends no server and loses no payment', async () => {
  const shopper = await house.newShopper(newest().url)
  const breakAll = () =>
    house.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name ~ '^shouyin'`,
    )
  const payOne = async () => {
    const key = randomUUID()
    const { body } = await eventually(
      () => shopper.order('towel', key),
      ({ status }) => status === 201,
    )
    const { id } = body as Order
    await eventually(
      () => shopper.tap(id),
      ({ status }) => status === 200,
    )
    const { outTradeNo } = await eventually(
      () => shopper.see(id),
      (order) => typeof order.outTradeNo === 'string',
    )
    await Promise.all([house.simulated.pay(outTradeNo ?? ''), breakAll()])
    return id
  }
  const paid: string[] = []
  for (let round = 0; round < 4; round++) paid.push(...(await Promise.all(Array.from({ length: 5 }, payOne))))
  expect((await fetch(`${newest().url}/livez`)).status).toBe(200)
  for (const id of paid) {
    await eventually(
      async () => {
        const books = await house.books(id)
        if (books.state !== 'paid') await house.simulated.advance(15)
        return books
      },
      (books) => books.state === 'paid',
    )
    expect(await house.books(id)).toMatchObject({ ...PAID_ONCE, charges: 1 })
  }
})
