import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { type Env, isAbandoned } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { bills } from './bills.ts'
import { client } from './client.ts'
import { clock } from './clock.ts'
import { discountCard } from './discount-card.ts'
import { events } from './events.ts'
import { faults } from './faults.ts'
import { funds } from './funds.ts'
import { guard } from './guard.ts'
import { membershipOf } from './input.ts'
import { merchants } from './merchants.ts'
import { notifications } from './notifications.ts'
import { payscore } from './payscore.ts'
import { platformKeys } from './platform-keys.ts'
import { answerProblem, Problem } from './problem.ts'
import { refunds } from './refunds.ts'
import { requests } from './requests.ts'
import { shipping } from './shipping.ts'
import { switches } from './switches.ts'
import { transactions } from './transactions.ts'
import { visits } from './visits.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** Everything under `/_sim/`, a prefix that WeChat Pay can never use. */
export function control(simulator: Simulator, dashboard: Hono): Hono<Env> {
  const app = new Hono<Env>()
  app.use(guard)
  app.get('/health', (c) => c.json({ ok: true, version }))
  app.post('/reset', (c) => {
    membershipOf(c, simulator).world.reset()
    return c.body(null, 204)
  })
  const nouns = [
    merchants,
    client,
    visits,
    clock,
    faults,
    switches,
    transactions,
    refunds,
    funds,
    notifications,
    requests,
    shipping,
    bills,
    payscore,
    discountCard,
    platformKeys,
    events,
  ]
  for (const noun of nouns) app.route('/', noun(simulator))
  app.route('/', dashboard)
  app.all('*', (c) => {
    const message = `${c.req.method} ${c.req.path} is no control call: docs/simulator.md lists them`
    return answerProblem(c, new Problem(404, 'NOT_FOUND', message))
  })
  app.onError((error, c) => {
    if (error instanceof Problem) return answerProblem(c, error)
    if (!isAbandoned(c.env)) console.error(error)
    return answerProblem(c, new Problem(500, 'INTERNAL_ERROR', 'a defect of the simulator, see its log'))
  })
  return app
}
