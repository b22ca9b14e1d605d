import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@shouyin/dev-postgres'
import pg from 'pg'
import { freePort } from '../support/http.ts'

const REVIVE_TRIES = 60
const REVIVE_PAUSE_MS = 250

/** A PostgreSQL of its own, as durable as in production, that can be killed and comes back at the same address. */
export async function openDatabase() {
  const dataDir = mkdtempSync(join(tmpdir(), 'shouyin-chaos-'))
  const port = await freePort()
  const start = () => startPostgres({ dataDir, port, durable: true })
  let postgres = await start().catch((error) => {
    for (const folder of [homeOf(dataDir), dataDir]) rmSync(folder, { recursive: true, force: true })
    throw error
  })
  const url = postgres.url
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // A connection that breaks while it idles is replaced at the next query.
  pool.on('error', () => undefined)
  return {
    url,
    pool,
    /** SIGKILL of the postmaster; its backends follow by themselves. */
    kill: () => process.kill(postmasterOf(dataDir), 'SIGKILL'),
    async revive() {
      for (let tries = 1; ; tries++) {
        try {
          postgres = await start()
          return
        } catch (error) {
          // Until the last backend is gone, its shared memory is in use.
          if (tries === REVIVE_TRIES) throw error
          await delay(REVIVE_PAUSE_MS)
        }
      }
    },
    async close() {
      const home = homeOf(dataDir)
      await pool.end()
      try {
        await postgres.stop()
      } finally {
        for (const folder of [home, dataDir]) rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

export type Database = Awaited<ReturnType<typeof openDatabase>>

/** Where root runs the server as somebody else, its folder is elsewhere, and `postgres.location` says where. */
const homeOf = (dataDir: string): string =>
  read(join(dataDir, 'postgres.location'))?.trim() ?? join(dataDir, 'postgres')

function postmasterOf(dataDir: string): number {
  const pid = Number(read(join(homeOf(dataDir), 'data', 'postmaster.pid'))?.split('\n')[0])
  if (!(pid > 1)) throw new Error('the database is not running')
  return pid
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
