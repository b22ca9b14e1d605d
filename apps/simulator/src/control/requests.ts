import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { checkInput, membershipOf } from './input.ts'

const LIMIT = { default: 200, max: 5000 }

const Query = v.object({
  outTradeNo: v.optional(v.string()),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, 'must be a whole number'),
      v.transform(Number),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(LIMIT.max, `must be at most ${LIMIT.max}`),
    ),
    String(LIMIT.default),
  ),
})

export function requests(simulator: Simulator): Hono<Env> {
  return new Hono<Env>().get('/requests', (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json({ requests: world.journal.list(checkInput(Query, c.req.query())) })
  })
}
