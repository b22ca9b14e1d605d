import type { Context } from 'hono'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { StoredTransaction } from '../kernel/transactions.ts'
import type { World } from '../kernel/world.ts'
import { membershipOf } from './input.ts'
import { Problem } from './problem.ts'

/**
 * The order that the path names: the merchant's own before an equal number of another merchant in the same world.
 * @throws Problem 404
 */
export function findTransaction(
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
