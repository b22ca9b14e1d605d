import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { journalOf, metricOf, notificationsOf, PAID_ONCE, type TappedOrder, tappedOrder } from '../support/orders.ts'
import { type Letter, send } from '../support/postbox.ts'
import { eventually } from '../support/wait.ts'

let house: House
const folder = mkdtempSync(join(tmpdir(), 'shouyin-keys-'))
beforeAll(async () => {
  house = await openHouse({ env: { RATE_LIMIT_ADDRESS: '1000000' } })
}, 240_000)
afterAll(async () => {
  await house?.close()
  rmSync(folder, { recursive: true })
})
afterEach(() => house.simulated.faults())

const url = () => house.servers.at(-1)?.url ?? ''
const noQuery = {
  match: { method: 'GET', path: '/v3/pay/transactions/*' },
  kind: 'error-before-effect',
  probability: 1,
}
const downloads = async () => (await journalOf(house)).filter(({ path }) => path === '/v3/certificates').length
const AT_ONCE = 10
async function tapped(count: number): Promise<readonly TappedOrder[]> {
  const orders: TappedOrder[] = []
  while (orders.length < count) {
    const next = Array.from({ length: Math.min(AT_ONCE, count - orders.length) }, () => tappedOrder(house))
    orders.push(...(await Promise.all(next)))
  }
  return orders
}

/** Paid while nobody is at home: the letters lie there. */
async function payUnheard(orders: readonly TappedOrder[]): Promise<readonly Letter[]> {
  const before = house.postbox.letters.length
  house.postbox.forwardTo(undefined)
  await Promise.all(orders.map(({ outTradeNo }) => house.simulated.pay(outTradeNo)))
  await eventually(
    async () => house.postbox.letters.length - before,
    (count) => count === orders.length,
  )
  house.postbox.forwardTo(url())
  return house.postbox.letters.slice(before)
}

const allPaid = (orders: readonly TappedOrder[]) =>
  eventually(
    () => Promise.all(orders.map(({ id }) => house.books(id))),
    (books) => books.every(({ state }) => state === 'paid'),
  )

test('fifty notifications under the old certificate, the new one and the public key, mixed: none is refused', async () => {
  const switchTo = (percentByPublicKey: number) =>
    house.simulated.call('POST', '/platform-keys/switch', { percentByPublicKey })
  const orders = await tapped(50)
  await house.simulated.faults(noQuery)
  await switchTo(0)
  const old = await payUnheard(orders.slice(0, 17))
  await house.simulated.call('POST', '/platform-keys/rotate')
  const rotated = await payUnheard(orders.slice(17, 34))
  await switchTo(100)
  const byPublicKey = await payUnheard(orders.slice(34))
  expect(new Set([...old, ...rotated, ...byPublicKey].map(({ headers }) => headers['wechatpay-serial'])).size).toBe(3)
  const mixed = old
    .flatMap((letter, i) => [letter, rotated[i], byPublicKey[i]])
    .filter((letter) => letter !== undefined)
  expect(mixed).toHaveLength(50)
  const statuses = await Promise.all(mixed.map((letter) => send(letter, url())))
  expect(new Set(statuses)).toEqual(new Set([204]))
  expect(await downloads()).toBe(1)
  for (const books of await allPaid(orders)) expect(books).toMatchObject(PAID_ONCE)
})

test('three hundred notifications under serials that nobody knows download the certificates once at most', async () => {
  const [order] = await tapped(1)
  const [letter] = await payUnheard(order ? [order] : [])
  const before = await downloads()
  const forged = (i: number): Letter => ({
    path: letter?.path ?? '',
    body: letter?.body ?? Buffer.alloc(0),
    headers: { ...letter?.headers, 'wechatpay-serial': i.toString(16).toUpperCase().padStart(40, '5') },
  })
  for (let sent = 0; sent < 300; sent += 50) {
    const statuses = await Promise.all(Array.from({ length: 50 }, (_, i) => send(forged(sent + i), url())))
    expect(new Set(statuses)).toEqual(new Set([401]))
  }
  expect((await downloads()) - before).toBeLessThanOrEqual(1)
  expect(await metricOf(url(), 'shouyin_notifications_total{result="SERIAL_UNKNOWN"}')).toBe(300)
  await house.simulated.advance(16)
  expect(await allPaid(order ? [order] : [])).toMatchObject([PAID_ONCE])
})

test('during a change of the APIv3 key, what is sealed with either is opened; without the other one, it is refused', async () => {
  const orders = await tapped(2)
  await house.simulated.faults(noQuery)
  const [sealedBefore] = await payUnheard(orders.slice(0, 1))
  const { previousApiV3Key } = await house.simulated.call<{ previousApiV3Key: string }>('POST', '/api-v3-key/rotate')
  await house.simulated.pay(orders[1]?.outTradeNo ?? '')
  const attempts = async () =>
    (await notificationsOf(house, orders[1]?.outTradeNo ?? '')).flatMap((one) => one.attempts)
  await eventually(attempts, ([first]) => first?.status === 401)
  expect(await metricOf(url(), 'shouyin_alarms_total{kind="notification_does_not_open"}')).toBe(1)

  const file = join(folder, 'api_v3_key_previous')
  writeFileSync(file, previousApiV3Key, { mode: 0o600 })
  await house.servers.at(-1)?.stop()
  await house.launch({ WECHATPAY_API_V3_KEY_PREVIOUS_FILE: file })
  expect(await send(sealedBefore ?? expect.unreachable(), url())).toBe(204)
  await house.simulated.advance(16)
  expect(await allPaid(orders)).toMatchObject([PAID_ONCE, PAID_ONCE])
  expect((await attempts()).map(({ status }) => status)).toEqual([401, 204])
  expect(await metricOf(url(), 'shouyin_alarms_total{kind="notification_does_not_open"}')).toBe(0)
})
