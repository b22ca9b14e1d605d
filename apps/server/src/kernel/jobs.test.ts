import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { testCtx } from '../testing/context.ts'
import { eventually } from '../testing/running.ts'
import { manualClock } from './clock.ts'
import type { Ctx } from './context.ts'
import { createDb, inTransaction } from './db.ts'
import { type Jobs, type Sweep, startJobs } from './jobs.ts'

let database: TestDatabase
let ctx: Ctx
let pool: pg.Pool
const started: Jobs[] = []
beforeAll(async () => {
  database = await createTestDatabase({ template: { name: 'server', migrate } })
  pool = new pg.Pool({ connectionString: database.url, max: 1 })
  ctx = testCtx({ db: createDb(database.url), clock: manualClock() })
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()))
})
afterAll(async () => {
  await ctx?.db.destroy()
  await pool?.end()
  await database?.drop()
})

const HOUR = 3600
async function start(run: Sweep['run'], everySeconds = HOUR): Promise<Jobs> {
  const jobs = await startJobs(ctx, { databaseUrl: database.url, sweeps: [{ name: 'test', everySeconds, run }] })
  started.push(jobs)
  return jobs
}

test('a sweep runs at the start, and again when it is woken', async () => {
  let runs = 0
  const jobs = await start(async () => {
    runs++
    return 0
  })
  await eventually('the first run', () => runs > 0)
  const before = runs
  jobs.wake()
  await eventually('the run of the wake', () => runs > before)
})

test('an unhurried sweep runs at the start and at its turns, not whenever a notification comes', async () => {
  const runs = { hurried: 0, unhurried: 0 }
  const count = (name: keyof typeof runs) => async () => {
    runs[name]++
    return 0
  }
  const sweeps: Sweep[] = [
    { name: 'hurried', everySeconds: HOUR, run: count('hurried') },
    { name: 'unhurried', everySeconds: HOUR, unhurried: true, run: count('unhurried') },
  ]
  const jobs = await startJobs(ctx, { databaseUrl: database.url, sweeps })
  started.push(jobs)
  await eventually('the first runs', () => runs.hurried > 0 && runs.unhurried > 0)
  const before = runs.hurried
  jobs.wake()
  await eventually('the run of the wake', () => runs.hurried > before)
  expect(runs.unhurried).toBe(1)
})

test('a sweep is called until nothing is due', async () => {
  let due = 5
  await start(async () => (due > 0 ? due-- : 0))
  await eventually('all was done', () => due === 0)
})

test('a sweep never runs twice at once here, and what came due meanwhile is not missed', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  let [running, most, runs] = [0, 0, 0]
  const jobs = await start(async () => {
    most = Math.max(most, ++running)
    await gate
    running--
    runs++
    return 0
  })
  for (let i = 0; i < 10; i++) jobs.wake()
  open()
  await eventually('the run after the wake', () => runs >= 2)
  expect(most).toBe(1)
})

test('a sweep that fails does not end the sweeping', async () => {
  let runs = 0
  const jobs = await start(async () => {
    if (++runs === 1) throw new Error('not today')
    return 0
  })
  await eventually('the failed run', () => runs === 1)
  jobs.wake()
  await eventually('another run', () => runs > 1)
})

test('the queue may be emptied at any moment: the timers go on', async () => {
  let runs = 0
  await start(async () => {
    runs++
    await pool.query('truncate pgboss.job, pgboss.queue cascade')
    return 0
  }, 0.05)
  await eventually('runs without jobs', () => runs > 3)
})

test('a job of a process that died is done by another one', async () => {
  let runs = 0
  await start(async () => {
    runs++
    return 0
  })
  await eventually('the runs of the start', async () => {
    const { rows } = await pool.query(`select from pgboss.job where state in ('created', 'active', 'retry')`)
    return runs > 0 && rows.length === 0
  })
  const before = runs
  const dead = new PgBoss({ connectionString: database.url, schema: 'pgboss', migrate: false, max: 1 })
  await dead.start()
  await dead.send('sweep')
  await dead.stop({ graceful: false })
  await eventually('the other one swept', () => runs > before)
})

test('a wake from within a transaction does its work outside of it', async () => {
  let failed = false
  const jobs = await start(async () => {
    await inTransaction(ctx.db, async () => undefined).catch(() => {
      failed = true
    })
    return 0
  })
  await inTransaction(ctx.db, async () => jobs.wake())
  await jobs.stop()
  expect(failed).toBe(false)
})

test('stopping lets what runs come to its end, and nothing starts any more', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  let [begun, ended] = [0, 0]
  const jobs = await start(async () => {
    begun++
    await gate
    ended++
    return 1
  })
  await eventually('it runs', () => begun === 1)
  const stopped = jobs.stop()
  open()
  await stopped
  jobs.wake()
  expect([begun, ended]).toEqual([1, 1])
})
