import { createOpenApi, type OpenApi } from '@shouyin/wechatpay-core/open-api'
import type { DestinationStream } from 'pino'
import { createApp } from './app.ts'
import type { ServerEnv } from './env.ts'
import { sealAudit, watchAudit } from './kernel/audit-seal.ts'
import { type BusinessClock, startBusinessClock } from './kernel/business-clock.ts'
import { systemClock } from './kernel/clock.ts'
import type { ServerCtx } from './kernel/context.ts'
import { createDb } from './kernel/db.ts'
import { forgetKeys } from './kernel/idempotency.ts'
import { deleteOldNotifications, processInbox } from './kernel/inbox.ts'
import { type Jobs, type Sweep, startJobs } from './kernel/jobs.ts'
import { createLogger, type Logger } from './kernel/log.ts'
import { createMetrics, type Metrics } from './kernel/metrics.ts'
import { deleteEndedSessions } from './kernel/session.ts'
import { createMerchants, type Merchants, outboundTransport } from './kernel/wechat.ts'
import { watchCallbacks } from './ledger/watch-callbacks.ts'
import { listen } from './listen.ts'
import { assertDurable } from './live.ts'
import { discount, effects, handlers, products } from './products.ts'
import { configOf, merchantOptions } from './settings/of-env.ts'

export interface RunningServer {
  readonly url: string
  /** Answers what is under way, ends its jobs and gives back all connections. */
  close(): Promise<void>
}

/** Long enough for a load balancer to see that /readyz is red; nobody balances a simulation. */
const LIVE_DRAIN_MS = 5_000

/**
 * The server of these settings, on a database that is migrated already.
 * @param destination where its log lines go; default: standard output
 */
export async function startServer(env: ServerEnv, destination?: DestinationStream): Promise<RunningServer> {
  const log = createLogger(env.logLevel, destination)
  const metrics = createMetrics()
  const { certificate } = env.merchant
  if (certificate) metrics.certificateExpiry.set({ certificate: 'merchant' }, certificate.validToDate.getTime() / 1000)
  const db = createDb(env.databaseUrl, {
    onError: (err) => log.warn({ err }, 'a database connection broke'),
    onWait: (ms) => metrics.dbWait.observe(ms / 1000),
  })
  const merchants = createMerchants([merchantOptions(env)], { log, metrics })
  const openApi = createOpenApi({ ...env.openApi, transport: outboundTransport() })
  let jobs: Jobs | undefined
  const wake = () => jobs?.wake()
  let clock: BusinessClock | undefined
  const lifecycle = { draining: false }
  const stopping: (() => unknown)[] = [() => db.destroy(), () => merchants.close(), () => openApi.close()]
  const stop = async () => {
    for (const step of stopping.toReversed()) await step()
  }
  try {
    if (env.live) await assertDurable(db)
    clock = env.businessClockUrl && (await startBusinessClock(env.businessClockUrl, { log, onJump: wake }))
    stopping.push(() => clock?.stop())
    const server = await listen(env, lifecycle)
    // Both at once: a sweep that waits for WeChat Pay must not keep the door open.
    stopping.push(() => Promise.all([server.close(), jobs?.stop()]))
    const ctx: ServerCtx = {
      ...services({ log, metrics, merchants, openApi }),
      db,
      clock: clock ?? systemClock,
      config: configOf(env, server.url),
      effects,
      discount,
      wake,
    }
    jobs = await startJobs(ctx, { databaseUrl: env.databaseUrl, sweeps })
    const { rateLimits, trustedProxies, metricsToken } = env
    server.serve(createApp(ctx, { lifecycle, rateLimits, trustedProxies, metricsToken, skewMs: merchants.skewMs }))
    log.info({ url: server.url }, 'listening')
    return {
      url: server.url,
      async close() {
        lifecycle.draining = true
        if (env.live) await server.drain(LIVE_DRAIN_MS)
        await stop()
        log.info({}, 'stopped')
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const sweeps: readonly Sweep<ServerCtx>[] = [
  { name: 'inbox', everySeconds: 5, run: (ctx) => processInbox(ctx, handlers) },
  { name: 'ended-sessions', everySeconds: 3_600, unhurried: true, run: deleteEndedSessions },
  { name: 'old-keys', everySeconds: 3_600, unhurried: true, run: forgetKeys },
  { name: 'audit-seal', everySeconds: 300, unhurried: true, run: sealAudit },
  { name: 'audit-watch', everySeconds: 86_400, unhurried: true, run: watchAudit },
  { name: 'old-notifications', everySeconds: 3_600, unhurried: true, run: deleteOldNotifications },
  { name: 'callbacks', everySeconds: 60, unhurried: true, run: watchCallbacks },
  ...products.flatMap((product) => product.sweeps),
]

interface Services {
  readonly log: Logger
  readonly metrics: Metrics
  readonly merchants: Merchants
  readonly openApi: OpenApi
}

const services = ({ log, metrics, merchants, openApi }: Services) => ({
  log,
  metrics,
  openApi,
  wechat: merchants.wechat,
  alarm(kind: string, detail: Readonly<Record<string, unknown>>) {
    metrics.alarms.inc({ kind })
    log.error({ ...detail, kind }, 'ALARM: a person has to look at this')
  },
})
