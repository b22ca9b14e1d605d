import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerFaults, OFTEN } from '../support/faults.ts'
import { type House, openHouse } from '../support/house.ts'
import type { Order, Shopper } from '../support/shopper.ts'
import type { Fault } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'

const CREATE = { path: '/v3/pay/transactions/jsapi' }
const QUERY = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' }

const deliveryFaults: readonly Fault[] = [
  { kind: 'duplicate-notification', copies: 5 },
  { kind: 'delay-notification', seconds: 60 },
  { kind: 'reorder-notifications' },
  { kind: 'tamper-notification', part: 'signature' },
  { kind: 'tamper-notification', part: 'ciphertext' },
  { kind: 'tamper-notification', part: 'timestamp' },
  { kind: 'stale-notification', ageSeconds: 3600 },
  { kind: 'probe-notification' },
  { kind: 'wrong-serial', on: 'notification' },
  { kind: 'odd-json' },
]

interface Case {
  readonly name: string
  readonly at: 'create' | 'query' | 'delivery'
  readonly fault: Fault
}

const casesOf = (at: Case['at'], faults: readonly Fault[]): readonly Case[] =>
  faults.map(({ kind, ...parameters }) => ({
    name: `${at}: ${kind} ${Object.values(parameters).join(' ')}`.trim(),
    at,
    fault: { kind, ...parameters },
  }))

/** Each net alone: the other one is cut for as long as the test runs. */
const lanes = [
  {
    net: 'notification',
    cut: { match: QUERY, kind: 'error-before-effect', probability: 1 },
    // A prepay_id that WeChat Pay does not know comes to light by a question only.
    cases: [
      ...casesOf(
        'create',
        answerFaults.filter((fault) => fault.kind !== 'ok-without-effect'),
      ),
      ...casesOf('delivery', deliveryFaults),
    ],
  },
  {
    net: 'sweep',
    cut: { kind: 'lose-notification', probability: 1 },
    cases: [...casesOf('create', answerFaults), ...casesOf('query', answerFaults)],
  },
] as const

interface Running {
  readonly order: Order
  readonly shopper: Shopper
  readonly outTradeNo: string
}

describe.each(lanes)('through the $net alone', ({ cut, cases }) => {
  let house: House
  const running = new Map<string, Running>()
  beforeAll(async () => {
    house = await openHouse()
    for (const one of cases) running.set(one.name, await orderAndTap(house, one, cut))
    await payAll()
    await converge()
  }, 240_000)
  afterAll(() => house?.close())

  async function payAll(): Promise<void> {
    const later = cases.filter((one) => one.at !== 'create')
    const given = later.map(({ at, name, fault }) => {
      const outTradeNo = running.get(name)?.outTradeNo ?? ''
      const count = at === 'query' ? OFTEN : 1
      return { count, ...fault, match: at === 'query' ? { ...QUERY, outTradeNo } : { outTradeNo } }
    })
    await house.simulated.faults(...given, cut)
    for (const { outTradeNo } of running.values()) await house.simulated.pay(outTradeNo)
  }

  async function converge(): Promise<void> {
    const allPaid = async () => {
      await house.simulated.advance(15)
      const states = await Promise.all([...running.values()].map(({ order, shopper }) => shopper.see(order.id)))
      for (const { id, fired } of await heldBack(house)) if (fired > 0) await house.simulated.release(id)
      return states.filter((order) => order.status !== 'paid').length
    }
    // Who does not come through is named by its own test.
    await eventually(allPaid, (unpaid) => unpaid === 0, { timeoutMs: 60_000 }).catch(() => undefined)
  }

  test.each(cases.map((one) => [one.name] as const))('%s', async (name) => {
    const { order, shopper, outTradeNo } = running.get(name) ?? expect.unreachable()
    expect((await house.simulated.transaction(outTradeNo)).tradeState).toBe('SUCCESS')
    expect(await shopper.see(order.id)).toMatchObject({ status: 'paid', confirming: false })
    expect(await house.books(order.id)).toEqual({
      state: 'paid',
      charges: 1,
      live: 0,
      settled: 1,
      movements: 1,
      movedFen: order.amountFen,
      fulfilments: 1,
      automaticRefunds: 0,
    })
  })

  test('every fault has struck', async () => {
    const { faults } = await house.simulated.call<{ faults: { kind: string; fired: number }[] }>('GET', '/faults')
    expect(faults.filter((fault) => fault.fired === 0)).toEqual([])
  })
})

/** An order whose prepay_id the shopper has, however often it took to get it. */
async function orderAndTap(house: House, { at, fault }: Case, cut: Fault): Promise<Running> {
  const { simulated } = house
  const shopper = await house.newShopper()
  const order = (await shopper.order()).body as Order
  const [placed] = await simulated.faults(...(at === 'create' ? [{ ...fault, match: CREATE, count: 1 }] : []), cut)
  const tapped = shopper.tap(order.id)
  if (at === 'create' && fault.kind === 'hold-response') {
    await eventually(
      () => heldBack(house),
      (held) => held.some((one) => one.fired > 0),
    )
    await simulated.release(placed?.id)
  }
  let parameters = await tapped
  if (fault.kind === 'ok-without-effect') await shopper.check(order.id)
  for (let tap = 0; tap < 5 && (parameters.status !== 200 || tap === 0); tap++) parameters = await shopper.tap(order.id)
  if (parameters.status !== 200) throw new Error(`no prepay_id: ${JSON.stringify(parameters.body)}`)
  const { faults } = await simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')
  if (at === 'create' && faults[0]?.fired !== 1) throw new Error(`${fault.kind} did not strike`)
  const { outTradeNo } = await shopper.see(order.id)
  return { order, shopper, outTradeNo: outTradeNo ?? '' }
}

async function heldBack(house: House): Promise<readonly { id: string; fired: number }[]> {
  const { faults } = await house.simulated.call<{ faults: { id: string; kind: string; fired: number }[] }>(
    'GET',
    '/faults',
  )
  return faults.filter((fault) => fault.kind === 'hold-response')
}
