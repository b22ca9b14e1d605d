import { createPrivateKey } from 'node:crypto'
import { Writable } from 'node:stream'
import { scopes } from '@shouyin/contracts/merchant'
import { createTestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import type { ServerEnv } from '../env.ts'
import { createDb, inTransaction } from '../kernel/db.ts'
import { issueMerchantKey, type NewMerchantKey } from '../kernel/issue-merchant-key.ts'
import { migrate } from '../migrate.ts'
import { loopbackProxies } from '../settings/proxies.ts'
import { startServer } from '../start-server.ts'
import { startSimulated } from './simulated.ts'

/** The whole server on a port of its own, with a real database and the local WeChat Pay. */
export type Running = Awaited<ReturnType<typeof startRunning>>

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
  readonly text: string
}

interface Sending {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string
}

type Change = Partial<ServerEnv> | ((env: ServerEnv) => Partial<ServerEnv>)

export async function startRunning(change: Change = {}) {
  const simulated = await startSimulated()
  const database = await createTestDatabase({ template: { name: 'server', migrate } })
  const log = createLogSink()
  const given = envOf(simulated, database.url)
  const env = { ...given, ...(typeof change === 'function' ? change(given) : change) }
  const server = await startServer(env, log.stream)
  const db = createDb(database.url, { maxConnections: 1 })
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  const send = (method: string, path: string, sending: Sending = {}) => request(server.url, method, path, sending)
  return {
    ...server,
    env,
    simulated,
    pool,
    log,
    send,
    /** A session of somebody new. */
    async logIn(openid?: string): Promise<string> {
      const { code } = await simulated.call<{ code: string }>('POST', '/client/login', openid ? { openid } : {})
      const { body } = await send('POST', '/api/session', { body: { code } })
      return String(body.token)
    },
    /** A merchant key of that person, who is new by default. */
    async merchantKey(given: Partial<NewMerchantKey> = {}): Promise<string> {
      const wanted = { person: crypto.randomUUID(), name: 'test', scopes, expiresAt: null, ...given }
      return (await inTransaction(db, (tx) => issueMerchantKey(tx, wanted, new Date()))).key
    },
    async close() {
      await server.close()
      await db.destroy()
      await pool.end()
      await database.drop()
      await simulated.close()
    },
  }
}

type Simulated = Awaited<ReturnType<typeof startSimulated>>

export const envOf = ({ url, merchant, serviceId }: Simulated, databaseUrl: string): ServerEnv => ({
  databaseUrl,
  host: '127.0.0.1',
  port: 0,
  publicUrl: undefined,
  live: false,
  merchant: {
    mchid: merchant.mchid,
    name: '收银体育馆',
    serialNo: merchant.merchantSerialNo,
    privateKey: createPrivateKey(merchant.merchantPrivateKeyPem),
    apiV3Key: Buffer.from(merchant.apiV3Key),
    publicKey: { id: merchant.wechatpayPublicKeyId, pem: merchant.wechatpayPublicKeyPem },
  },
  wechatpayBaseUrl: new URL(url),
  openApi: {
    appid: merchant.appid,
    appSecret: String((merchant as { appSecret?: string }).appSecret),
    baseUrl: new URL(url),
  },
  orderTtlSeconds: 1800,
  refundApprovalAboveFen: 100_000,
  refundAutoApproveFen: 0,
  shippingInfo: false,
  payScore: { serviceId, apiV2Key: merchant.apiV2Key },
  businessClockUrl: new URL('/_sim/clock', url),
  trustedProxies: loopbackProxies(),
  rateLimits: {
    perUserPerMinute: 1e6,
    perKeyPerMinute: 1e6,
    perAddressPerMinute: 1e6,
    reportsPerAddressPerMinute: 1e6,
    reportsPerMinute: 1e6,
  },
  logLevel: 'debug',
})

async function request(url: string, method: string, path: string, sending: Sending): Promise<Answer> {
  const { body, headers, token } = sending
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text }
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array

/** Keeps the lines of a log. */
export function createLogSink() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => lines.join(''), lines: (): object[] => lines.map((line) => JSON.parse(line)) }
}

/** Waits until it is true, or says what it waited for. */
export async function eventually(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
