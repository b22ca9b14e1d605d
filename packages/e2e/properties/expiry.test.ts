import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerFaults, OFTEN } from '../support/faults.ts'
import { type House, openHouse } from '../support/house.ts'
import type { Order, Shopper } from '../support/shopper.ts'
import { eventually } from '../support/wait.ts'

const TTL_SECONDS = 1800
const CLOSE = { method: 'POST', path: '/v3/pay/transactions/out-trade-no/*' }
const QUERY = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' }

const cases = [CLOSE, QUERY].flatMap((match) =>
  answerFaults.map((fault) => ({
    name: `${match === CLOSE ? 'close' : 'query'}: ${Object.values(fault).join(' ')}`,
    match,
    fault,
  })),
)

interface Running {
  readonly id: string
  readonly outTradeNo: string
  readonly shopper: Shopper
}

describe.each([0, 300])('where WeChat Pay closes after %i s, an expired order', (closeMinAgeSeconds) => {
  let house: House
  const running = new Map<string, Running>()
  beforeAll(async () => {
    house = await openHouse()
    await house.simulated.setSwitches({ closeMinAgeSeconds })
    for (const { name } of cases) running.set(name, await tappedOrder())
    const given = cases.map(({ name, match, fault }) => {
      const outTradeNo = running.get(name)?.outTradeNo ?? ''
      return { count: OFTEN, ...fault, match: { ...match, outTradeNo } }
    })
    await house.simulated.faults(...given)
    await cancelHalf()
    await house.simulated.advance(TTL_SECONDS)
    await eventually(unfinished, (count) => count === 0, { timeoutMs: 90_000 }).catch(() => undefined)
  }, 240_000)
  afterAll(() => house?.close())

  async function tappedOrder(): Promise<Running> {
    const shopper = await house.newShopper()
    const { id } = (await shopper.order()).body as Order
    expect((await shopper.tap(id)).status).toBe(200)
    return { id, shopper, outTradeNo: (await shopper.see(id)).outTradeNo ?? '' }
  }

  /** Cancelled by the shopper or expired by the clock: it ends the same way. */
  async function cancelHalf(): Promise<void> {
    const half = [...running.values()].filter((_, i) => i % 2 === 0)
    await Promise.all(
      half.map(async ({ id, shopper }) => {
        const cancelled = shopper.cancel(id)
        await releaseAll(house)
        const { status, body } = await cancelled
        expect([status, (body as Order).status]).toEqual([200, expect.stringMatching(/^clos(ed|ing)$/)])
      }),
    )
  }

  async function unfinished(): Promise<number> {
    await releaseAll(house)
    await house.simulated.advance(60)
    const orders = await Promise.all([...running.values()].map(({ id, shopper }) => shopper.see(id)))
    return orders.filter((order) => order.status !== 'closed').length
  }

  test.each(cases.map(({ name }) => [name] as const))('is closed on both sides after %s', async (name) => {
    const { id, shopper, outTradeNo } = running.get(name) ?? expect.unreachable()
    expect((await house.simulated.transaction(outTradeNo)).tradeState).toBe('CLOSED')
    expect(await shopper.see(id)).toMatchObject({ status: 'closed', confirming: false })
    expect(await house.books(id)).toMatchObject({
      charges: 1,
      live: 0,
      movements: 0,
      fulfilments: 0,
      automaticRefunds: 0,
    })
  })
})

async function releaseAll(house: House): Promise<void> {
  const { faults } = await house.simulated.call<{ faults: { id: string; kind: string; fired: number }[] }>(
    'GET',
    '/faults',
  )
  const held = faults.filter((fault) => fault.kind === 'hold-response' && fault.fired > 0)
  for (const { id } of held) await house.simulated.release(id)
}
