import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openPlanShop, type PlanShop, SIGN_PLANS } from '../../../testing/plans.ts'
import { slowLine } from '../../../testing/slow-line.ts'
import { cancelSignPlan } from './cancel.ts'
import { createSignPlan } from './create.ts'
import { getSignPlan } from './get.ts'
import { querySignPlan } from './query.ts'

const { transport, shut, clear } = slowLine({ creates: SIGN_PLANS, queries: SIGN_PLANS })

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop({ transport })
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  clear()
  await shop.simulated.faults()
})

const only = async (shopper: ReturnType<PlanShop['newShopper']>) => {
  const [row] = await shop.rowsOf(shopper)
  return row ?? expect.unreachable('no sign plan')
}

test.each(['out', 'back'] as const)(
  'ended while the creation is on its way (%s): it ends, whoever waits for it',
  async (where) => {
    const shopper = shop.newShopper()
    const gate = shut(where)
    const bought = createSignPlan(shopper, shop.plan)
    await gate.arrived
    const { id } = await only(shopper)
    expect(await cancelSignPlan(shopper, { id })).toMatchObject({ status: 'cancelling' })
    gate.open()
    await expect.poll(async () => (await shop.row({ id })).sending_until).toBeNull()
    await shop.advance(60)
    await shop.sweep()
    expect(await getSignPlan(shopper, { id })).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
    // The tap was there all the time: it gets the next one.
    expect((await bought).signPlan.id).not.toBe(id)
  },
)

test('an answer that is older than the signature changes nothing', async () => {
  const buyer = await shop.buyer()
  const gate = shut('from a query')
  const old = querySignPlan(shop.ctx, await shop.row(buyer))
  await gate.arrived
  await shop.sign(buyer)
  expect(await querySignPlan(shop.ctx, await shop.row(buyer))).toBe('signed')
  gate.open()
  expect(await old).toBe('signed')
  expect(await shop.row(buyer)).toMatchObject({ state: 'signed' })
})

test('who took too long does not refuse what another one is making', async () => {
  const shopper = shop.newShopper()
  await shop.simulated.faults({
    ...{
      match: { method: 'POST', path: SIGN_PLANS },
      kind: 'error-before-effect',
      status: 403,
      code: 'NO_AUTH',
      count: 1,
    },
  })
  const first = shut('back')
  const slow = createSignPlan(shopper, shop.plan).catch((error: unknown) => error)
  await first.arrived
  const { id } = await only(shopper)
  await shop.advance(41)
  const second = shut('out')
  const other = createSignPlan(shopper, shop.plan)
  await second.arrived
  first.open()
  await expect.poll(async () => (await shop.row({ id })).unconfirmed).toBe(true)
  second.open()
  expect((await other).signPlan.id).toBe(id)
  await slow
  expect(await shop.rowsOf(shopper)).toMatchObject([{ id, state: 'unsigned', problem: null }])
})
