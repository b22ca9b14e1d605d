/**
 * `pnpm bench:intake [--rounds N] [--backlog N]`: notifications per second ÷ rows per second that PostgreSQL itself
 * commits one by one, as wide and over as many connections, on one durable database, in turn. Accepted: answered 2xx,
 * which means committed. Settled: from the first request until every charge is paid and every order fulfilled.
 * At last a server starts with a backlog in its inbox.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase } from '../chaos/database.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { startSimulated } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'
import { createSealer, type Delivery, loadUnpaid, type Merchant, paymentOf } from './intake-orders.ts'
import { median } from './pairs.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, backlog: { type: 'string', default: '10000' } },
})
const [rounds, backlog] = [Number(values.rounds), Number(values.backlog)]
if (!(rounds >= 1 && backlog >= 0)) throw new TypeError('--rounds must be a number of at least 1, --backlog of 0')

/** In flight at once, and how many notifications make a round. */
const LOADS = [
  { inFlight: 1, count: 300 },
  { inFlight: 16, count: 1_000 },
  { inFlight: 64, count: 1_000 },
]
const DRAINED_WITHIN_MS = 600_000

const LEFT = `select count(*) from notification_inbox where state = 'pending'`
const BARE_ROW = `insert into bare values
  ($1, $2, 'payments.transactionSuccess', 'TRANSACTION.SUCCESS', $3, $4, $5, $6, 'pending', 0, $7, $7, null)`
const BACKLOG = `insert into notification_inbox
  select $1, gen_random_uuid(), 'payments.transactionSuccess', 'TRANSACTION.SUCCESS', '2026-01-01T00:00:00Z', resource,
    '', $2, 'pending', 0, now(), now() from unnest($3::json[]) resource`
const SETTLED = `select count(*) from charge join orders on orders.paid_charge_id = charge.id
    join fulfilment on fulfilment.order_id = orders.id join movement on movement.charge_id = charge.id
  where charge.out_trade_no = any($1) and charge.state = 'succeeded'`

const database = await openDatabase()
const simulated = await startSimulated()
const merchant = await simulated.call<Merchant>('GET', '/merchant')
const sealer = createSealer(merchant)
const folder = mkdtempSync(join(tmpdir(), 'shouyin-bench-'))
writeFileSync(join(folder, 'platform.pem'), sealer.publicKeyPem)
let server = await launch()
const path = `/wechatpay/notifications/${merchant.mchid}/payments`
try {
  await database.pool.query('create table bare (like notification_inbox, primary key (mchid, notify_id))')
  for (const load of LOADS) await compare(load)
  await drainBacklog()
} finally {
  await server.stop()
  await simulated.close()
  await database.close()
  rmSync(folder, { recursive: true })
}

function launch(): Promise<ServerProcess> {
  return startServer({
    simulated,
    databaseUrl: database.url,
    publicUrl: simulated.url,
    env: {
      WECHATPAY_PUBLIC_KEY_ID: sealer.serial,
      WECHATPAY_PUBLIC_KEY_FILE: join(folder, 'platform.pem'),
      LOG_LEVEL: 'error',
    },
  })
}

async function compare({ inFlight, count }: (typeof LOADS)[number]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
  const pool = new pg.Pool({ connectionString: database.url, max: inFlight })
  const ratios = { accepted: [] as number[], settled: [] as number[] }
  console.log(`\n${inFlight} in flight, ${count} notifications a round`)
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    const deliveries: Delivery[] = []
    for (const number of await loadUnpaid(database.pool, merchant, count)) deliveries.push(await sealer.seal(number))
    const startedAt = performance.now()
    const accepted = await rate(inFlight, deliveries, (delivery) => post(agent, delivery))
    await drained()
    const settled = count / ((performance.now() - startedAt) / 1000)
    const commits = await rate(inFlight, deliveries, (delivery) => pool.query(BARE_ROW, bareRow(delivery)))
    if (round === 0) continue
    ratios.accepted.push(accepted / commits)
    ratios.settled.push(settled / commits)
    const speeds = [accepted, settled, commits].map((speed) => speed.toFixed(0))
    console.log(`round ${round}: ${speeds[0]} accepted, ${speeds[1]} settled, ${speeds[2]} single rows per second`)
  }
  agent.destroy()
  await pool.end()
  console.log(`median: accepted ${median(ratios.accepted).toFixed(2)}, settled ${median(ratios.settled).toFixed(2)}`)
}

/** Work on all items, so many at once. @returns items per second */
async function rate<T>(inFlight: number, items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return items.length / ((performance.now() - startedAt) / 1000)
}

function post(agent: Agent, { body, headers }: Delivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', resolve)
      if (answer.statusCode !== 204) reject(new Error(`a notification was answered ${answer.statusCode}`))
    })
    sent.on('error', reject).end(body)
  })
}

function bareRow({ body }: Delivery): unknown[] {
  const resource = JSON.stringify(paymentOf(merchant, randomUUID()))
  return [merchant.mchid, randomUUID(), new Date().toISOString(), resource, body, sealer.serial, new Date()]
}

/** Every notification that was accepted had its effect. */
async function drained(): Promise<void> {
  const read = async () => Number((await database.pool.query(LEFT)).rows[0].count)
  await eventually(read, (left) => left === 0, { what: 'an empty inbox', timeoutMs: DRAINED_WITHIN_MS })
}

/** A server that was away for long: what it had accepted before waits in its inbox. */
async function drainBacklog(): Promise<void> {
  await server.stop()
  const numbers = await loadUnpaid(database.pool, merchant, backlog)
  const resources = numbers.map((number) => JSON.stringify(paymentOf(merchant, number)))
  await database.pool.query(BACKLOG, [merchant.mchid, sealer.serial, resources])
  const startedAt = performance.now()
  server = await launch()
  const readyAt = performance.now()
  await drained()
  const seconds = (performance.now() - readyAt) / 1000
  const { rows } = await database.pool.query(SETTLED, [numbers])
  const start = ((readyAt - startedAt) / 1000).toFixed(1)
  console.log(
    `\nbacklog of ${backlog}: ready after ${start} s, drained ${seconds.toFixed(1)} s later; lost: ${backlog - rows[0].count}`,
  )
}
