import { sql } from 'kysely'
import type { ServerCtx } from './kernel/context.ts'
import { within } from './kernel/within.ts'
import { migrations } from './migrate.ts'

const DATABASE_WITHIN_MS = 500
/** Signatures are refused at 300 s; before that this process takes no more part. */
const SKEW_MAX_MS = 120_000

export interface Readiness {
  readonly ready: boolean
  /** `ok`, or what is wrong. */
  readonly checks: Readonly<Record<'database' | 'migrations' | 'clock' | 'lifecycle', string>>
}

interface Circumstances {
  readonly draining: boolean
  readonly skewMs: number
}

/** May this process be sent requests? */
export async function checkReadiness(ctx: ServerCtx, { draining, skewMs }: Circumstances): Promise<Readiness> {
  const applied = await within(DATABASE_WITHIN_MS, countMigrations(ctx))
  const checks = {
    database: applied === undefined ? 'does not answer' : 'ok',
    migrations: applied === undefined || applied >= migrations.length ? 'ok' : 'run: pnpm shouyin migrate',
    clock: describeSkew(skewMs),
    lifecycle: draining ? 'stopping' : 'ok',
  }
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks }
}

/** @param skewMs WeChat's clock minus ours */
function describeSkew(skewMs: number): string {
  if (Math.abs(skewMs) <= SKEW_MAX_MS) return 'ok'
  return `${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} WeChat Pay`
}

async function countMigrations({ db }: ServerCtx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from migration`.execute(db)
  return rows[0]?.count ?? 0
}
