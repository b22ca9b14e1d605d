import { randomUUID } from 'node:crypto'
import { reports } from '@shouyin/contracts/shopper'
import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import * as v from 'valibot'
import type { ServerCtx } from '../context.ts'
import { answerProblem } from './problem.ts'

export interface HttpEnv {
  Variables: {
    requestId: string
    /** The short id that the mini-program gave this request, and shows when it fails. */
    ref?: string
    operation: string
    userId?: string
    keyId?: string
    /** Of the problem that is answered. */
    code?: string
  }
}

/** True from the moment on that the process is asked to stop. */
export interface Lifecycle {
  draining: boolean
}

/** What every answer has: a request id, safe headers, one line in the log, our shape of an error. */
export function createHttp({ log, metrics }: ServerCtx, lifecycle: Lifecycle): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(async (c, next) => {
    const startedAtMs = performance.now()
    c.set('requestId', randomUUID())
    const ref = c.req.header('Request-Ref')
    if (v.is(reports.Ref, ref)) c.set('ref', ref)
    c.set('operation', 'unmatched')
    await next()
    c.header('Request-Id', c.var.requestId)
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    if (lifecycle.draining) c.header('Connection', 'close')
    report(c, performance.now() - startedAtMs)
  })
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], frameAncestors: ["'none'"] },
      // The pictures of goods are shown by pages of other origins.
      crossOriginResourcePolicy: 'cross-origin',
    }),
  )
  app.onError((error, c) => answerProblem(c, error, log))

  function report(c: Context<HttpEnv>, durationMs: number): void {
    const { requestId, ref, operation, userId, keyId, code } = c.var
    const { status } = c.res
    const { method } = c.req
    metrics.requests.observe({ method, route: operation, status }, durationMs / 1000)
    const who = { userId, keyId }
    log.info({ requestId, ref, operation, method, status, code, ...who, durationMs: Math.round(durationMs) }, 'request')
  }
  return app
}
