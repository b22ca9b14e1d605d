import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { Switches } from '../kernel/switches.ts'
import { checkInput, membershipOf, readInput } from './input.ts'

const AnyObject = v.record(v.string(), v.unknown(), 'must be an object of switches')

/** PUT changes the switches that it names and leaves the others. */
export function switches(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/switches', (c) => c.json(membershipOf(c, simulator).world.switches))
  app.put('/switches', async (c) => {
    const { world } = membershipOf(c, simulator)
    world.switches = checkInput(Switches, { ...world.switches, ...(await readInput(c, AnyObject)) })
    return c.json(world.switches)
  })
  return app
}
