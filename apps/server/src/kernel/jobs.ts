import { PgBoss } from 'pg-boss'
import type { Ctx } from './context.ts'
import { outsideTransaction } from './db.ts'
import { throttle } from './throttle.ts'

/** Work that is found in domain columns, not in jobs. */
export interface Sweep<C = Ctx> {
  readonly name: string
  /** At least this often, in real seconds, in every process. */
  readonly everySeconds: number
  /** Its own turn is soon enough: a wake does not run it. */
  readonly unhurried?: true
  /** Does a batch of what is due. @returns how much was due; it is called again until that is 0 */
  run(ctx: C): Promise<number>
}

export interface Jobs {
  /** The sweeps in a hurry run now, here; and elsewhere should this process die first. A flood of calls is one call. */
  wake(): void
  /** Lets what runs come to its end. */
  stop(): Promise<void>
}

const SCHEMA = 'pgboss'
const QUEUE = 'sweep'
const POLL_SECONDS = 5
/** WeChat Pay sends hundreds of notifications a second after an outage; every one wakes all sweeps. */
const WAKES_APART_MS = 100
const STOP_TIMEOUT_MS = 10_000
/** A sweep that always finds something must not starve the others of a turn. */
const BATCHES_MAX = 100

/** Creates or upgrades the tables of the job queue; the running server does not. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: SCHEMA, max: 1, supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.stop({ graceful: false })
}

/**
 * Keeps sweeps running. A job means "sweep now" and carries nothing: the queue may be emptied or fail at any moment and
 * the timers still find all that is due.
 */
export async function startJobs<C extends Ctx>(
  ctx: C,
  { databaseUrl, sweeps }: { readonly databaseUrl: string; readonly sweeps: readonly Sweep<C>[] },
): Promise<Jobs> {
  const runners = sweeps.map((sweep) => createRunner(ctx, sweep))
  const hurried = runners.filter((_, i) => !sweeps[i]?.unhurried)
  const runHurried = () => Promise.all(hurried.map((run) => run()))
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 2,
    migrate: false,
    schedule: false,
    application_name: 'shouyin jobs',
  })
  boss.on('error', (err) => ctx.log.warn({ err }, 'the job queue is disturbed; timers go on'))
  await boss.start()
  await boss.createQueue(QUEUE, { policy: 'short', retryLimit: 3, retryBackoff: true, heartbeatSeconds: 10 })
  await boss.work(QUEUE, { pollingIntervalSeconds: POLL_SECONDS }, async () => void (await runHurried()))
  const timers = sweeps.map(({ everySeconds }, i) => setInterval(() => void runners[i]?.(), everySeconds * 1000))
  const wake = throttle(WAKES_APART_MS, () => {
    void runHurried()
    boss.send(QUEUE).catch((err) => ctx.log.warn({ err }, 'no job was sent; timers go on'))
  })
  let stopped = false
  for (const run of runners) void run()
  return {
    wake() {
      if (!stopped) outsideTransaction(wake)
    },
    async stop() {
      stopped = true
      wake.stop()
      for (const timer of timers) clearInterval(timer)
      const settled = runners.map((run) => run.settled())
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
      await Promise.all(settled)
    },
  }
}

interface Runner {
  /** Runs the sweep now, or once more when it is running: what came due meanwhile is not missed. */
  (): Promise<void>
  /** When nothing runs. Nothing starts any more. */
  settled(): Promise<void>
}

function createRunner<C extends Ctx>(ctx: C, sweep: Sweep<C>): Runner {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  const loop = async () => {
    do {
      again = false
      await runBatches(ctx, sweep, () => stopped)
    } while (again && !stopped)
  }
  const run = () => {
    if (stopped) return running ?? Promise.resolve()
    again = true
    running ??= loop().finally(() => {
      running = undefined
    })
    return running
  }
  return Object.assign(run, {
    settled() {
      stopped = true
      return running ?? Promise.resolve()
    },
  })
}

async function runBatches<C extends Ctx>(ctx: C, sweep: Sweep<C>, stopped: () => boolean): Promise<void> {
  try {
    for (let batch = 0; batch < BATCHES_MAX && !stopped(); batch++) {
      if ((await sweep.run(ctx)) === 0) return
    }
  } catch (err) {
    ctx.log.error({ err, sweep: sweep.name }, 'a sweep failed; it runs again at its next turn')
  }
}
