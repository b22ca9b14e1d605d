import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@shouyin/dev-postgres'
import { migrate, readEnv, startServer } from '@shouyin/server'
import pg from 'pg'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import { loadOrders } from './load-orders.ts'

const CLI = fileURLToPath(new URL('../../../apps/server/src/cli.ts', import.meta.url))
const UNLIMITED = { RATE_LIMIT_USER: '1000000', RATE_LIMIT_KEY: '1000000', RATE_LIMIT_ADDRESS: '1000000' }

/** A server in this process, on a database with that many orders, and the pages of it that are looked at. */
export async function openOrdersShop(simulated: Simulated, keys: Readonly<Record<string, string>>, count: number) {
  const database = await createTestDatabase()
  await migrate(database.url)
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  const server = await startServer(readEnv(settings(simulated, keys, database.url)))
  const session = await logIn(simulated, server.url)
  const { rows } = await pool.query<{ id: string; openid: string; appid: string }>('select * from wechat_user')
  const { id = '', openid = '', appid = '' } = rows[0] ?? {}
  const startedAt = performance.now()
  await loadOrders(database.url, count, { userId: id, openid, appid, mchid: keys.WECHATPAY_MCHID ?? '' })
  console.log(`${count} orders loaded in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  const pages = await pagesOf(pool, id, session, makeMerchantKey(database.url))
  return {
    pool,
    pages: Object.keys(pages),
    /** How many milliseconds it takes to look at that page. */
    async see(name: string): Promise<number> {
      const { path, token } = pages[name] ?? { path: '/', token: '' }
      const askedAt = performance.now()
      const { status } = await exchange('GET', server.url + path, { headers: { Authorization: `Bearer ${token}` } })
      if (status !== 200) throw new Error(`${name} was answered ${status}`)
      return performance.now() - askedAt
    },
    async close() {
      await server.close()
      await pool.end()
      await database.drop()
    },
  }
}

const settings = ({ url }: Simulated, keys: Readonly<Record<string, string>>, databaseUrl: string) => ({
  ...keys,
  ...UNLIMITED,
  DATABASE_URL: databaseUrl,
  PORT: '0',
  WECHATPAY_BASE_URL: url,
  WEIXIN_API_BASE_URL: url,
  LOG_LEVEL: 'silent',
})

async function logIn(simulated: Simulated, serverUrl: string): Promise<string> {
  const { code } = await simulated.call<{ code: string }>('POST', '/client/login', {})
  const { body } = await exchange('POST', `${serverUrl}/api/session`, { body: { code } })
  return (body as { token: string }).token
}

function makeMerchantKey(databaseUrl: string): string {
  const args = [CLI, 'keys:create', '--person', 'bench', '--scopes', 'orders:read']
  const printed = execFileSync(process.execPath, args, { env: { ...process.env, DATABASE_URL: databaseUrl } })
  return /^key +(\S+)$/m.exec(String(printed))?.[1] ?? ''
}

/** First pages, pages from the middle, and what is rare or old. */
async function pagesOf(pool: pg.Pool, userId: string, session: string, key: string) {
  const one = async (query: string, values: unknown[] = []): Promise<string> =>
    String((await pool.query<{ found: string }>(query, values)).rows[0]?.found)
  const own = 'select id as found from orders where user_id = $1 order by id limit 1 offset 100'
  const middle = 'select id as found from orders order by id limit 1 offset (select count(*) / 2 from orders)'
  const [ownAfter, after] = [await one(own, [userId]), await one(middle)]
  const paid = await one(`select transaction_id as found from charge where transaction_id is not null limit 1`)
  const merchant = (path: string) => ({ path: `/api/merchant/orders${path}`, token: key })
  return {
    'shopper, first page': { path: '/api/orders', token: session },
    'shopper, from the middle': { path: `/api/orders?after=${ownAfter}`, token: session },
    'merchant, first page': merchant(''),
    'merchant, from the middle': merchant(`?after=${after}`),
    'merchant, rare and old': merchant('?status=closing'),
    'merchant, of one status from the middle': merchant(`?status=closed&after=${after}`),
    'merchant, one by 微信订单号': merchant(`/${paid}`),
  } as Record<string, { path: string; token: string }>
}
