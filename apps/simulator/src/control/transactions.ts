import { Openid } from '@shouyin/wechatpay-core/contract'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { describeTransaction, type StoredTransaction } from '../kernel/transactions.ts'
import type { World } from '../kernel/world.ts'
import { pay, payRefusals } from '../products/payments/user/pay.ts'
import { couponMembers, membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const Pay = v.strictObject({ openid: v.optional(Openid), ...couponMembers })

export function transactions(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/transactions', (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json({ transactions: world.transactions.list().map(describeTransaction) })
  })
  app.get('/transactions/:outTradeNo', (c) => c.json(describeTransaction(find(c, simulator).transaction)))
  app.post('/transactions/:outTradeNo/pay', async (c) => {
    const { world, transaction } = find(c, simulator)
    const { openid = transaction.openid, ...coupon } = await readInput(c, Pay)
    const refusal = pay(world, transaction, openid, coupon)
    if (refusal) throw new Problem(409, refusal, payRefusals[refusal])
    return c.json(describeTransaction(transaction))
  })
  return app
}

/** The merchant's own number before an equal one of another merchant in the same world. */
function find(
  c: Context<Env>,
  simulator: Simulator,
): { readonly world: World; readonly transaction: StoredTransaction } {
  const { world, merchant } = membershipOf(c, simulator)
  const outTradeNo = c.req.param('outTradeNo') ?? ''
  const transaction = [merchant, ...world.merchants]
    .map(({ mchid }) => world.transactions.find(mchid, outTradeNo))
    .find((found) => found !== undefined)
  if (transaction) return { world, transaction }
  const remedy = 'order it first; an order of another world needs ?mchid='
  throw new Problem(404, 'TRANSACTION_NOT_FOUND', `no transaction ${outTradeNo} in this world: ${remedy}`, 'outTradeNo')
}
