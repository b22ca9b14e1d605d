import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopperCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { deliver, openLetterBox } from '../../testing/letters.ts'
import { faultsBy, generator, often, type Pick, payAnOrder, pickBy } from '../../testing/random.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { cancelOrder } from './cancel.ts'
import { catchUp } from './catch-up.ts'
import { checkOrder } from './check.ts'
import { onNotification } from './on-notification.ts'
import { startPayment } from './start-payment.ts'

const ORDERS = 10
const ROUNDS = 25
const AT_ONCE = 6
const SEEDS = [1, 2, 3, randomInt(2 ** 31)]

const LYING_CLOSE = {
  match: { method: 'POST', path: '/v3/pay/transactions/out-trade-no/*' },
  kind: 'ok-without-effect',
  probability: 0.3,
}

let box: Awaited<ReturnType<typeof openLetterBox>>
let world: World
beforeAll(async () => {
  box = await openLetterBox()
  world = await startWorld({ notifyBaseUrl: box.url })
}, 120_000)
afterAll(async () => {
  await world?.close()
  await box?.close()
})

test.each(SEEDS)(
  'whatever happens in whatever order, both sides agree in the end: seed %i',
  async (seed) => {
    box.letters.length = 0
    const random = generator(seed)
    const pick = pickBy(random)
    const orders = await placeOrders()
    await world.simulated.faults(LYING_CLOSE, ...faultsBy(seed))

    const actions: readonly (() => Promise<unknown>)[] = [
      ...often(6, () => tap(pick(orders))),
      // Rarely, or no order would live long enough to be closed.
      () => (random() < 0.4 ? payAnOrder(world, pick) : Promise.resolve()),
      () => check(pick(orders)),
      () => cancel(pick(orders)),
      () => deliverOne(pick),
      () => catchUp(world.ctx),
      () => world.advance(1 + Math.floor(random() * 200)),
    ]
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => pick(actions)().catch(expected)))
    }
    await world.simulated.faults()
    await settleDown()
    for (const { id } of orders) expect(await disagreements(id)).toEqual([])
    await expect(world.ctx.db.selectFrom('anomaly').selectAll().execute()).resolves.toEqual([])
  },
  120_000,
)

type Placed = { readonly shopper: ShopperCtx; readonly id: string }

const placeOrders = (): Promise<Placed[]> =>
  Promise.all(
    Array.from({ length: ORDERS }, async () => {
      const shopper = world.newShopper()
      return { shopper, id: (await world.placeOrder(shopper)).id }
    }),
  )

const tap = ({ shopper, id }: Placed) => startPayment(shopper, { id })
const check = ({ shopper, id }: Placed) => checkOrder(shopper, { id })
const cancel = ({ shopper, id }: Placed) => cancelOrder(shopper, { id })

/** Any notification that ever came: late, twice, in any order, or never. */
async function deliverOne(pick: Pick): Promise<void> {
  if (box.letters.length === 0) return
  await deliver(world.ctx, { 'payments.transactionSuccess': onNotification }, [pick(box.letters)])
}

/** What a shopper may be told; anything else is a defect. */
function expected(error: unknown): void {
  if (!(error instanceof AppError)) throw error
  expect(['ORDER_PAID', 'ORDER_CLOSED', 'ORDER_EXPIRED', 'WECHATPAY_UNAVAILABLE']).toContain(error.code)
}

/** Past every expiry and every wait: the sweep alone has to bring all to an end. */
async function settleDown(): Promise<void> {
  for (let i = 0; i < 8; i++) {
    await world.advance(600)
    while ((await catchUp(world.ctx)) > 0);
  }
}

/** In which ways one order differs from what WeChat Pay holds. */
async function disagreements(orderId: string): Promise<readonly string[]> {
  const { db } = world.ctx
  const order = await db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow()
  const charges = await db.selectFrom('charge').selectAll().where('subject_id', '=', orderId).execute()
  const granted = await db.selectFrom('fulfilment').selectAll().where('order_id', '=', orderId).execute()
  const found: string[] = []
  if (order.state !== 'paid' && order.state !== 'closed') found.push(`order is ${order.state}`)
  if ((order.state === 'paid') !== (granted.length === 1)) found.push(`${order.state}, granted ${granted.length} times`)
  for (const charge of charges) {
    const at = await world.simulated.transaction(charge.out_trade_no).catch(() => undefined)
    const expectedState = at?.tradeState === 'SUCCESS' ? 'succeeded' : 'closed'
    if (charge.state !== expectedState) found.push(`charge is ${charge.state}, at WeChat Pay ${at?.tradeState}`)
    if (at?.tradeState === 'NOTPAY') found.push('still payable at WeChat Pay')
  }
  return found
}
