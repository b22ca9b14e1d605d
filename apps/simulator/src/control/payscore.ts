import { Hono } from 'hono'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf } from './input.ts'

/** 支付分: what a merchant and WeChat's staff would do and see outside of the API. */
export function payscore(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/payscore/services', (c) => {
    const { world, merchant } = membershipOf(c, simulator)
    return c.json({ services: world.payScore.services(merchant.mchid) })
  })
  return app
}
