import { pino } from 'pino'
import { readEnv } from '../env.ts'
import { startBusinessClock } from '../kernel/business-clock.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/context.ts'
import { createDb } from '../kernel/db.ts'
import { createLogger } from '../kernel/log.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { createMerchants } from '../kernel/wechat.ts'
import { discount, effects } from '../products.ts'
import { configOf, merchantOptions } from '../settings/of-env.ts'

const STANDARD_ERROR = 2
/** Runs `use` with all that a verb of the server may touch, by the settings of the server. Warnings go to stderr. */
export async function withCtx<T>(use: (ctx: Ctx) => Promise<T>): Promise<T> {
  const env = readEnv()
  const log = createLogger('warn', pino.destination({ fd: STANDARD_ERROR, sync: true }))
  const db = createDb(env.databaseUrl, { maxConnections: 4 })
  const merchants = createMerchants([merchantOptions(env)], { log, metrics: createMetrics() })
  const clock =
    env.businessClockUrl && (await startBusinessClock(env.businessClockUrl, { log, onJump: () => undefined }))
  try {
    return await use({
      db,
      log,
      clock: clock ?? systemClock,
      wechat: merchants.wechat,
      // Where the server of these settings listens: a command does not.
      config: configOf(env, `http://${env.host}:${env.port}`),
      effects,
      discount,
      alarm: (kind, detail) => log.error({ ...detail, kind }, 'ALARM: a person has to look at this'),
      wake: () => undefined,
    })
  } finally {
    clock?.stop()
    merchants.close()
    await db.destroy()
  }
}
