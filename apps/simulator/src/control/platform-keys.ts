import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf, readInput } from './input.ts'

const Switch = v.strictObject({
  percentByPublicKey: v.pipe(
    v.number('must be a number'),
    v.minValue(0, 'must be at least 0'),
    v.maxValue(100, 'must be at most 100'),
  ),
})

export function platformKeys(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/platform-keys/rotate', async (c) => {
    const { world } = membershipOf(c, simulator)
    return c.json(await world.rotatePlatformCertificate(simulator.authority))
  })
  app.post('/platform-keys/switch', async (c) => {
    const { world } = membershipOf(c, simulator)
    const { percentByPublicKey } = await readInput(c, Switch)
    world.percentByPublicKey = percentByPublicKey
    return c.json({ percentByPublicKey })
  })
  return app
}
