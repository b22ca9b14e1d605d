import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { FaultRequest } from '../kernel/fault-kinds.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const FAULTS_MAX = 1000

const Faults = v.strictObject({
  faults: v.pipe(v.array(FaultRequest, 'must be a list'), v.maxLength(FAULTS_MAX, `must be at most ${FAULTS_MAX}`)),
})

export function faults(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/faults', (c) => c.json({ faults: membershipOf(c, simulator).world.faults.list() }))
  app.put('/faults', async (c) => {
    const { world } = membershipOf(c, simulator)
    const input = await readInput(c, Faults)
    world.faults.replace(input.faults)
    return c.json({ faults: world.faults.list() })
  })
  app.delete('/faults', (c) => {
    membershipOf(c, simulator).world.faults.replace([])
    return c.body(null, 204)
  })
  app.post('/faults/:id/release', (c) => {
    const id = c.req.param('id')
    const released = membershipOf(c, simulator).world.faults.release(id)
    if (released === undefined)
      throw new Problem(404, 'FAULT_NOT_FOUND', `no fault ${id}: GET /_sim/faults lists them`, 'id')
    return c.json({ released })
  })
  return app
}
