import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { type Clock, formatInstant } from '../kernel/clock.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf, readInput } from './input.ts'

const TEN_YEARS_SECONDS = 10 * 365 * 86_400

const Advance = v.strictObject({
  seconds: v.pipe(
    v.number('must be a number of seconds'),
    v.minValue(1, 'must be at least 1: the clock never goes backwards'),
    v.maxValue(TEN_YEARS_SECONDS, 'must be at most ten years'),
  ),
})

export function clock(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/clock', (c) => c.json(describe(membershipOf(c, simulator).world.clock)))
  app.post('/clock/advance', async (c) => {
    const { world } = membershipOf(c, simulator)
    const { seconds } = await readInput(c, Advance)
    const deliveries = await world.clock.advance(seconds)
    world.events.publish('clock', describe(world.clock))
    return c.json({ ...describe(world.clock), deliveries })
  })
  return app
}

const describe = (of: Clock) => ({ now: formatInstant(of.now()), offsetSeconds: of.offsetMs / 1000 })
