import type { BlockList } from 'node:net'
import type { Hono } from 'hono'
import { gauges } from './gauges.ts'
import { checkReadiness } from './health.ts'
import type { ServerCtx } from './kernel/context.ts'
import { renderGauges } from './kernel/gauges.ts'
import { clientAddress } from './kernel/http/client-address.ts'
import { guardMetrics } from './kernel/http/guard-metrics.ts'
import type { HttpEnv, Lifecycle } from './kernel/http/server.ts'

export interface Probes {
  readonly lifecycle: Lifecycle
  /** WeChat's clock minus ours. */
  readonly skewMs: () => number
  readonly trustedProxies: BlockList
  /** Lets others than this machine read the metrics. */
  readonly metricsToken: string | undefined
}

/** What load balancers and monitoring ask. */
export function mountProbes(app: Hono<HttpEnv>, ctx: ServerCtx, probes: Probes): void {
  const { lifecycle, skewMs, trustedProxies, metricsToken } = probes
  app.get('/livez', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const readiness = await checkReadiness(ctx, { draining: lifecycle.draining, skewMs: skewMs() })
    return c.json(readiness, readiness.ready ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    c.set('operation', 'GET /metrics')
    guardMetrics(clientAddress(c, trustedProxies), c.req.header('Authorization'), metricsToken)
    const { registry } = ctx.metrics
    const text = `${await registry.metrics()}${await renderGauges(ctx, gauges)}`
    return c.text(text, 200, { 'Content-Type': registry.contentType })
  })
}
