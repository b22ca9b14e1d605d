import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, Kysely as KyselyDb, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from '../database.ts'

export type Tx = Transaction<Database>

export interface DbOptions {
  readonly maxConnections?: number
  /** Called for each connection that breaks: PostgreSQL restarted, say. */
  readonly onError?: (error: Error) => void
  /** How long somebody waited for a connection, or waited in vain. */
  readonly onWait?: (ms: number) => void
}

const INT8_OID = 20
const DATE_OID = 1082

// A waiting statement gives up before WeChat Pay does: together under its 5 s for a notification.
const CONNECT_TIMEOUT_MS = 1_500
const STATEMENT_TIMEOUT_MS = 3_000
const LOCK_TIMEOUT_MS = 2_000
const IDLE_IN_TRANSACTION_MS = 5_000

/** A pool of connections; every one has our timeouts, READ COMMITTED and UTC. Free it with `destroy()`. */
export function createDb(url: string, options: DbOptions = {}): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    options: '-c default_transaction_isolation=read\\ committed -c timezone=UTC',
    application_name: 'shouyin',
    types: { getTypeParser: typeParser },
  })
  // The pool listens to idle connections only; one that breaks in between two statements would end the process.
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)))
  pool.on('error', () => undefined)
  const db = new KyselyDb<Database>({ dialect: new PostgresDialect({ pool: measured(pool, options.onWait) }) })
  pools.set(db, pool)
  return db
}

const measured = (pool: pg.Pool, onWait?: (ms: number) => void) => ({
  async connect() {
    const since = performance.now()
    try {
      return await pool.connect()
    } finally {
      onWait?.(performance.now() - since)
    }
  },
  end: () => pool.end(),
  options: pool.options,
})

const typeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (format === 'binary') return pg.types.getTypeParser(oid, format)
  // A day is text: as a Date it would be the midnight of wherever this process runs.
  if (oid === DATE_OID) return String
  return oid === INT8_OID ? parseInt8 : pg.types.getTypeParser(oid, 'text')
}

/** @throws RangeError rather than round an amount */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database is no safe integer')
  return value
}

const mark = new AsyncLocalStorage<'open' | 'none'>()

/** Runs `fn` in one transaction; what it throws rolls everything back. Not to be nested: pass the `tx` on. */
export function inTransaction<T>(db: Kysely<Database>, fn: (tx: Tx) => Promise<T>): Promise<T> {
  assertNoTransaction()
  return db.transaction().execute((tx) => mark.run('open', () => fn(tx)))
}

const pools = new WeakMap<Kysely<Database>, pg.Pool>()

/** A transaction on a bare connection, for what Kysely does not speak: COPY. */
export async function inBareTransaction<T>(
  db: Kysely<Database>,
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  assertNoTransaction()
  const client = await (pools.get(db) as pg.Pool).connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await mark.run('open', () => fn(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Before every call over the network: a slow answer must not hold locks. @throws Error inside a transaction */
export function assertNoTransaction(): void {
  if (mark.getStore() === 'open') throw new Error('this waits for others and may not happen inside a transaction')
}

/** For work that is only started here and goes on by itself. */
export const outsideTransaction = <T>(fn: () => T): T => mark.run('none', fn)

// Class 08 connection, 40 rolled back, 53 resources, 57 operator; lock not available, idle in transaction for too long.
const TRANSIENT_SQLSTATE = /^(08|40|53|57)|^(55P03|25P03)$/
const TRANSIENT_SYSTEM = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|ENOTFOUND|EAI_AGAIN)$/
// pg has no code for these: no connection in time, or one that broke before or since.
const TRANSIENT_MESSAGE = /^(timeout (exceeded|expired)|Connection terminated|Client (has encountered|was closed))/

/** True when the same request may succeed in a moment: the database is busy or away. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string') return TRANSIENT_SQLSTATE.test(code) || TRANSIENT_SYSTEM.test(code)
  return TRANSIENT_MESSAGE.test(error.message)
}
