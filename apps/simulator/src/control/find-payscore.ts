import type { Context } from 'hono'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { membershipOf } from './input.ts'
import { Problem } from './problem.ts'

/** The plan whose merchant_plan_no the path names. @throws Problem 404 */
export function findPlan(c: Context<Env>, simulator: Simulator) {
  const { world, found } = find(c, simulator, 'plan', (at, mchid, number) => at.payScore.plan(mchid, number))
  return { world, plan: found }
}

/** The signed plan, or the one to be signed, whose merchant_sign_plan_no the path names. @throws Problem 404 */
export function findSignPlan(c: Context<Env>, simulator: Simulator) {
  const { world, found } = find(c, simulator, 'sign plan', (at, mchid, number) => at.payScore.signPlan(mchid, number))
  return { world, signPlan: found }
}

/** The service order whose out_order_no the path names. @throws Problem 404 */
export function findOrder(c: Context<Env>, simulator: Simulator) {
  const { world, found } = find(c, simulator, 'service order', (at, mchid, number) => at.payScore.order(mchid, number))
  return { world, order: found }
}

/** A service of any merchant of the world. @throws Problem 404 */
export function findService(c: Context<Env>, simulator: Simulator, serviceId = c.req.param('serviceId') ?? '') {
  const { world } = membershipOf(c, simulator)
  const service = world.payScore.service(serviceId)
  if (service) return { world, service }
  const message = `no service ${serviceId} in this world: GET /_sim/payscore/services lists them`
  throw new Problem(404, 'SERVICE_NOT_FOUND', message, 'serviceId')
}

/** The merchant's own number before an equal one of another merchant in the same world. */
function find<Found>(
  c: Context<Env>,
  simulator: Simulator,
  what: string,
  at: (world: World, mchid: string, number: string) => Found | undefined,
): { readonly world: World; readonly found: Found } {
  const { world, merchant } = membershipOf(c, simulator)
  const number = c.req.param('number') ?? ''
  const found = [merchant, ...world.merchants]
    .map(({ mchid }) => at(world, mchid, number))
    .find((one) => one !== undefined)
  if (found) return { world, found }
  const code = `${what.toUpperCase().replace(' ', '_')}_NOT_FOUND`
  const remedy = 'make it first; one of another world needs ?mchid='
  throw new Problem(404, code, `no ${what} ${number} in this world: ${remedy}`, 'number')
}
