import { schema } from '@shouyin/wechatpay-core/bills'
import { Hono } from 'hono'
import * as v from 'valibot'
import { byHandChange } from '../kernel/bookings.ts'
import type { Env } from '../kernel/call.ts'
import { type AccountType, describeFundEntry } from '../kernel/funds.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const SHOWN_MAX = 200

const Movement = v.strictObject({
  account: v.optional(v.picklist(schema.accountTypes, 'must be BASIC, OPERATION or FEES'), 'BASIC'),
  amountFen: v.pipe(
    v.number('must be a number of fen (分)'),
    v.safeInteger('must be a whole number of fen (分)'),
    v.check((fen) => fen !== 0, 'must not be 0: more than 0 tops up, less withdraws'),
    v.minValue(-1e12, 'must be at least -1000000000000'),
    v.maxValue(1e12, 'must be at most 1000000000000'),
  ),
  businessType: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(32))),
  remark: v.optional(v.pipe(v.string(), v.maxLength(256)), ''),
})

/** The merchant's accounts: what they hold, the last changes, and money put in or taken out by hand. */
export function funds(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/funds', (c) => {
    const { world, merchant } = membershipOf(c, simulator)
    return c.json({ accounts: schema.accountTypes.map((account) => describeAccount(world, merchant.mchid, account)) })
  })
  app.post('/funds', async (c) => {
    const { world, merchant } = membershipOf(c, simulator)
    const { account, amountFen, businessType, remark } = await readInput(c, Movement)
    const { mchid } = merchant
    const balanceFen = world.funds.balanceFen(mchid, account)
    if (balanceFen + amountFen < 0) {
      throw new Problem(409, 'BALANCE_SHORT', `${account} holds ${balanceFen} fen: take out no more`, 'amountFen')
    }
    world.funds.book(byHandChange({ mchid, account, amountFen, businessType, remark }, world.clock.now()))
    return c.json(describeAccount(world, mchid, account))
  })
  return app
}

function describeAccount(world: World, mchid: string, account: AccountType) {
  const entries = world.funds.entries(mchid, account, 0, Number.POSITIVE_INFINITY).slice(-SHOWN_MAX)
  return { account, balanceFen: world.funds.balanceFen(mchid, account), entries: entries.map(describeFundEntry) }
}
