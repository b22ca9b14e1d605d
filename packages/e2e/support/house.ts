import { createTestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import { openPostbox } from './postbox.ts'
import { type ServerProcess, startServer } from './server.ts'
import { logIn } from './shopper.ts'
import { startSimulated } from './simulated.ts'

/** The local WeChat Pay, a database, and as many servers as wanted behind one public address. */
export type House = Awaited<ReturnType<typeof openHouse>>

export interface HouseOptions {
  readonly servers?: number
  readonly env?: Readonly<Record<string, string>>
  /** Of PostgreSQL. */
  readonly version?: 15 | 18
}

export async function openHouse({ servers: count = 1, env = {}, version }: HouseOptions = {}) {
  const [simulated, database, postbox] = await Promise.all([
    startSimulated(),
    createTestDatabase(version === undefined ? {} : { version }),
    openPostbox(),
  ])
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  const servers: ServerProcess[] = []
  const launch = async (change: Readonly<Record<string, string>> = {}) => {
    const settings = { ...env, ...change }
    const server = await startServer({ simulated, databaseUrl: database.url, publicUrl: postbox.url, env: settings })
    servers.push(server)
    postbox.forwardTo(server.url)
    return server
  }
  // One after the other: the first one migrates.
  for (let i = 0; i < count; i++) await launch()
  const first = () => {
    const server = servers[0]
    if (!server) throw new Error('no server')
    return server
  }
  return {
    simulated,
    postbox,
    pool,
    databaseUrl: database.url,
    servers: servers as readonly ServerProcess[],
    launch,
    newShopper: (at = first().url) => logIn(simulated, at),
    books: (orderId: string) => readBooks(pool, orderId),
    async close() {
      await Promise.all(servers.map((server) => server.stop()))
      await pool.end()
      await Promise.all([database.drop(), postbox.close(), simulated.close()])
    },
  }
}

export interface Books {
  readonly state: string
  readonly charges: number
  readonly live: number
  readonly settled: number
  readonly movements: number
  readonly movedFen: number
  readonly fulfilments: number
  readonly automaticRefunds: number
}

/** How one order stands in the database. */
async function readBooks(pool: pg.Pool, orderId: string): Promise<Books> {
  const { rows } = await pool.query<Books>(
    `select o.state,
       (select count(*) from charge where subject_id = o.id)::int as charges,
       (select count(*) from charge where subject_id = o.id and state in ('opened', 'closing'))::int as live,
       (select count(*) from charge where subject_id = o.id and settlement = 'settled')::int as settled,
       count(m.*)::int as movements,
       coalesce(sum(m.amount_fen), 0)::int as "movedFen",
       (select count(*) from fulfilment f where f.order_id = o.id)::int as fulfilments,
       (select count(*) from refund r join charge c on c.id = r.charge_id
         where c.subject_id = o.id and r.cause in ('paid_after_close', 'paid_twice'))::int as "automaticRefunds"
     from orders o left join charge c on c.subject_id = o.id left join movement m on m.charge_id = c.id
     where o.id = $1 group by o.id`,
    [orderId],
  )
  const [books] = rows
  if (!books) throw new Error(`no order ${orderId}`)
  return books
}
