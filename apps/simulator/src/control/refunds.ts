import { PositiveFen, text } from '@shouyin/wechatpay-core/contract'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { describeRefund, type StoredRefund } from '../kernel/refunds.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { refundRefusals } from '../products/refunds/handlers/accept.ts'
import { refundByHand } from '../products/refunds/user/by-hand.ts'
import { finishRefund } from '../products/refunds/user/progress.ts'
import { findTransaction } from './find-transaction.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const ByHand = v.strictObject({ amountFen: v.optional(PositiveFen), reason: v.optional(text(80)) })
const Finish = v.strictObject({
  status: v.optional(v.picklist(['SUCCESS', 'ABNORMAL', 'CLOSED'], 'must be SUCCESS, ABNORMAL or CLOSED'), 'SUCCESS'),
})

export function refunds(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/refunds', (c) => {
    const outTradeNo = c.req.query('outTradeNo')
    const all = membershipOf(c, simulator).world.refunds.list()
    const fitting = outTradeNo === undefined ? all : all.filter((refund) => refund.outTradeNo === outTradeNo)
    return c.json({ refunds: fitting.map(describeRefund) })
  })
  app.get('/refunds/:outRefundNo', (c) => c.json(describeRefund(find(c, simulator).refund)))
  app.post('/refunds/:outRefundNo/finish', async (c) => {
    const { world, refund } = find(c, simulator)
    const { status } = await readInput(c, Finish)
    if (!finishRefund(world, refund, status, world.clock.nowMs())) {
      const message = `a refund that is ${refund.status} cannot become ${status}: only PROCESSING and ABNORMAL go on`
      throw new Problem(409, 'REFUND_STATE', message, 'status')
    }
    return c.json(describeRefund(refund))
  })
  app.post('/transactions/:outTradeNo/refund', async (c) => {
    const { world, transaction } = findTransaction(c, simulator)
    const result = refundByHand(world, transaction, await readInput(c, ByHand))
    if (typeof result === 'string') throw new Problem(409, result, refundRefusals[result][2])
    return c.json(describeRefund(result))
  })
  return app
}

/** The merchant's own number before an equal one of another merchant in the same world. */
function find(c: Context<Env>, simulator: Simulator): { readonly world: World; readonly refund: StoredRefund } {
  const { world, merchant } = membershipOf(c, simulator)
  const outRefundNo = c.req.param('outRefundNo') ?? ''
  const refund = [merchant, ...world.merchants]
    .map(({ mchid }) => world.refunds.find(mchid, outRefundNo))
    .find((found) => found !== undefined)
  if (refund) return { world, refund }
  const remedy = 'make it first; a refund of another world needs ?mchid='
  throw new Problem(404, 'REFUND_NOT_FOUND', `no refund ${outRefundNo} in this world: ${remedy}`, 'outRefundNo')
}
