import { Openid, text } from '@shouyin/wechatpay-core/contract'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { describeOrder, describePlan, describeSignPlan } from '../kernel/payscore/describe.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { cancel } from '../products/payscore/user/cancel.ts'
import { endAttempt } from '../products/payscore/user/deduct.ts'
import { pay, payRefusals } from '../products/payscore/user/pay.ts'
import { revokeService } from '../products/payscore/user/revoke.ts'
import { sign, signRefusals } from '../products/payscore/user/sign.ts'
import { findOrder, findPlan, findService, findSignPlan } from './find-payscore.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const flag = v.exactOptional(v.boolean('must be true or false'))
const atLeastOne = (max: number) =>
  v.exactOptional(
    v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1), v.maxValue(max)),
  )

const Service = v.strictObject({
  hasPlanPermission: flag,
  isEnrolled: flag,
  planMaxDays: atLeastOne(36_500),
  planMaxDeductions: atLeastOne(1000),
})
const Nothing = v.strictObject({})
const Deduct = v.strictObject({ result: v.picklist(['succeed', 'fail'], 'must be succeed or fail') })
const Revoke = v.strictObject({ openid: Openid, serviceId: v.exactOptional(text(32)) })

/** 支付分: what is there, and what WeChat's staff, its deductions and the user do outside of the API. */
export function payscore(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/payscore', services(simulator))
  app.route('/payscore', lists(simulator))
  app.route('/payscore', acts(simulator))
  return app
}

function services(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/services', (c) => {
    const { world, merchant } = membershipOf(c, simulator)
    return c.json({ services: world.payScore.services(merchant.mchid) })
  })
  app.put('/services/:serviceId', async (c) => {
    const { world, service } = findService(c, simulator)
    world.payScore.putService({ ...service, ...(await readInput(c, Service)) })
    return c.json(world.payScore.service(service.serviceId))
  })
  return app
}

/** Everything of the world, newest first. */
function lists(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  const storeOf = (c: Context<Env>) => membershipOf(c, simulator).world.payScore
  app.get('/plans', (c) => c.json({ plans: storeOf(c).plans().map(describePlan) }))
  app.get('/plans/:number', (c) => c.json(describePlan(findPlan(c, simulator).plan)))
  app.get('/sign-plans', (c) => c.json({ signPlans: storeOf(c).signPlans().map(describeSignPlan) }))
  app.get('/sign-plans/:number', (c) => c.json(describeSignPlan(findSignPlan(c, simulator).signPlan)))
  app.get('/orders', (c) => c.json({ orders: storeOf(c).orders().map(describeOrder) }))
  app.get('/orders/:number', (c) => c.json(describeOrder(findOrder(c, simulator).order)))
  return app
}

function acts(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/sign-plans/:number/sign', async (c) => {
    const { world, signPlan } = findSignPlan(c, simulator)
    await readInput(c, Nothing)
    const { openid, packages } = signPlan
    const refusal = sign(world, signPlan, { openid, packageText: packages.at(-1)?.text ?? '' })
    if (refusal) throw new Problem(409, refusal, signRefusals[refusal])
    return c.json(describeSignPlan(signPlan))
  })
  app.post('/sign-plans/:number/cancel', async (c) => {
    const { world, signPlan } = findSignPlan(c, simulator)
    await readInput(c, Nothing)
    if (!cancel(world, signPlan)) {
      throw new Problem(409, 'SIGN_PLAN_STATE', `it is ${signPlan.state}: the user can cancel what is SIGNED only`)
    }
    return c.json(describeSignPlan(signPlan))
  })
  app.post('/orders/:number/deduct', async (c) => {
    const { world, order } = findOrder(c, simulator)
    const { result } = await readInput(c, Deduct)
    if (!endAttempt(world, order, result, world.clock.nowMs())) {
      throw new Problem(409, 'ORDER_NOT_PAYING', `it is ${order.phase}: complete it first, then WeChat deducts`)
    }
    return c.json(describeOrder(order))
  })
  app.post('/orders/:number/pay', async (c) => {
    const { world, order } = findOrder(c, simulator)
    await readInput(c, Nothing)
    const refusal = pay(world, order)
    if (refusal) throw new Problem(409, refusal, payRefusals[refusal])
    return c.json(describeOrder(order))
  })
  app.post('/revoke-service', async (c) => {
    const { world } = membershipOf(c, simulator)
    const { openid, serviceId } = await readInput(c, Revoke)
    if (serviceId !== undefined) findService(c, simulator, serviceId)
    return c.json({ signPlans: revokeService(world, openid, serviceId).map(describeSignPlan) })
  })
  return app
}
