import { type Context, Hono } from 'hono'
import { control } from './control/index.ts'
import { dashboard } from './dashboard/index.ts'
import { BodyTooLarge, type Env, isAbandoned } from './kernel/call.ts'
import { mount, serveNothing } from './kernel/mount.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Simulator } from './kernel/simulator.ts'
import { openApi } from './open-api/index.ts'
import { operations, resume } from './products.ts'

/**
 * The whole local WeChat: api.mch.weixin.qq.com, api.weixin.qq.com and the control calls at one address.
 * @param changed called after every request that may have changed what is kept
 */
export function createApp(simulator: Simulator, changed: () => void): Hono<Env> {
  const app = new Hono<Env>()
  for (const world of simulator.worlds) resume(world)
  app.use(async (c, next) => {
    await next()
    // What a GET changes is not kept; the clock alone is asked for twice a second.
    if (c.req.method !== 'GET') changed()
  })
  app.get('/', (c) => c.redirect('/_sim/'))
  app.route('/_sim', control(simulator, dashboard()))
  openApi(app, simulator)
  mount(app, simulator, operations)
  app.notFound((c) => serveNothing(c, simulator, 404))
  app.onError(answerError)
  return app
}

function answerError(error: Error, c: Context<Env>): Response {
  // GUESS: the real limit and its answer are not documented.
  if (error instanceof BodyTooLarge) return refuse(c, new Refusal(413, 'INVALID_REQUEST', '请求体过大'))
  if (!isAbandoned(c.env)) console.error(error)
  return refuse(c, new Refusal(500, 'SYSTEM_ERROR', '系统异常，请稍后重试'))
}

// The rest of the request may still be on its way: this connection carries no other one.
const refuse = (c: Context, refusal: Refusal) =>
  c.body(refusal.body, refusal.status === 413 ? 413 : 500, {
    'Content-Type': 'application/json; charset=utf-8',
    Connection: 'close',
  })
