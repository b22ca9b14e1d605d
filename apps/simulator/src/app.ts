import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { control } from './control/index.ts'
import { answerProblem, Problem } from './control/problem.ts'
import { dashboard } from './dashboard/index.ts'
import type { Env } from './kernel/call.ts'
import { mount, serveNothing } from './kernel/mount.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Simulator } from './kernel/simulator.ts'
import { openApi } from './open-api/index.ts'
import { operations } from './products.ts'

const BODY_MAX_BYTES = 1024 * 1024

/**
 * The whole local WeChat: api.mch.weixin.qq.com, api.weixin.qq.com and the control calls at one address.
 * @param changed called after every request, because any of them may have changed what is kept
 */
export function createApp(simulator: Simulator, changed: () => void): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (_c, next) => {
    await next()
    changed()
  })
  app.use(bodyLimit({ maxSize: BODY_MAX_BYTES, onError: tooLarge }))
  app.get('/', (c) => c.redirect('/_sim/'))
  app.route('/_sim', control(simulator, dashboard()))
  openApi(app, simulator)
  mount(app, simulator, operations)
  app.notFound((c) => serveNothing(c, simulator.default.world, 404))
  return app
}

/** DERIVED: a body that large is refused before it is read; the real limit is not documented. */
function tooLarge(c: Context): Response {
  const message = `the body has more than ${BODY_MAX_BYTES} bytes`
  if (c.req.path.startsWith('/_sim/')) return answerProblem(c, new Problem(413, 'BODY_TOO_LARGE', message))
  return new Response(new Refusal(413, 'INVALID_REQUEST', '请求体过大').body, {
    status: 413,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  })
}
