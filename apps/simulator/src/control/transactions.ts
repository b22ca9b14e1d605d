import { Openid } from '@shouyin/wechatpay-core/contract'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { describeTransaction } from '../kernel/transactions.ts'
import { pay, payRefusals } from '../products/payments/user/pay.ts'
import { findTransaction } from './find-transaction.ts'
import { couponMembers, membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const Pay = v.strictObject({ openid: v.optional(Openid), ...couponMembers })

export function transactions(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/transactions', (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json({ transactions: world.transactions.list().map(describeTransaction) })
  })
  app.get('/transactions/:outTradeNo', (c) => c.json(describeTransaction(findTransaction(c, simulator).transaction)))
  app.post('/transactions/:outTradeNo/pay', async (c) => {
    const { world, transaction } = findTransaction(c, simulator)
    const { openid = transaction.openid, ...coupon } = await readInput(c, Pay)
    const refusal = pay(world, transaction, openid, coupon)
    if (refusal) throw new Problem(409, refusal, payRefusals[refusal])
    return c.json(describeTransaction(transaction))
  })
  return app
}
