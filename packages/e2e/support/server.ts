import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './http.ts'
import type { Simulated } from './simulated.ts'
import { eventually } from './wait.ts'

const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))

/** The server as it runs in production: a process of its own, told everything by its environment. */
export interface ServerProcess {
  readonly url: string
  readonly log: () => string
  /** By itself or not. */
  readonly hasEnded: () => boolean
  kill(): Promise<void>
  stop(): Promise<void>
}

interface Surroundings {
  readonly simulated: Simulated
  readonly databaseUrl: string
  readonly publicUrl: string
  readonly env?: Readonly<Record<string, string>>
  /** Default: our server. */
  readonly main?: string
}

export async function startServer({
  simulated,
  databaseUrl,
  publicUrl,
  env,
  main = MAIN,
}: Surroundings): Promise<ServerProcess> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-e2e-'))
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      SERVER_PORT: String(port),
      PUBLIC_URL: publicUrl,
      WECHATPAY_BASE_URL: simulated.url,
      WEIXIN_API_BASE_URL: simulated.url,
      BUSINESS_CLOCK_URL: `${simulated.url}/_sim/clock`,
      ...(await keysOf(simulated, folder)),
      ...env,
    },
  })
  let log = ''
  child.stdout.on('data', (chunk) => (log += chunk))
  child.stderr.on('data', (chunk) => (log += chunk))
  const end = async (signal: NodeJS.Signals) => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill(signal)
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  await ready(child, url, () => log).catch(async (error) => {
    await end('SIGKILL')
    throw error
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return { url, log: () => log, hasEnded, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

async function ready(child: ChildProcess, url: string, log: () => string): Promise<void> {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (response) => response.status === 200,
      () => false,
    )
  const ended = () => child.exitCode !== null || child.signalCode !== null
  await eventually(isReady, (is) => is || ended(), { what: `the server (${log()})` })
  if (ended()) throw new Error(`the server ended at its start: ${log()}`)
}

/** What `pnpm server` is told about its merchant. */
export async function keysOf(simulated: Simulated, folder: string): Promise<Record<string, string>> {
  const merchant = await simulated.call<Record<string, string>>('GET', '/merchant')
  const { services } = await simulated.call<{ services: { serviceId: string }[] }>('GET', '/payscore/services')
  const keep = (name: string) => {
    const file = join(folder, name)
    writeFileSync(file, merchant[name] ?? '', { mode: 0o600 })
    return file
  }
  return {
    WECHATPAY_MCHID: merchant.mchid ?? '',
    WECHATPAY_MERCHANT_SERIAL_NO: merchant.merchantSerialNo ?? '',
    WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: keep('merchantPrivateKeyPem'),
    WECHATPAY_API_V3_KEY_FILE: keep('apiV3Key'),
    WECHATPAY_PUBLIC_KEY_ID: merchant.wechatpayPublicKeyId ?? '',
    WECHATPAY_PUBLIC_KEY_FILE: keep('wechatpayPublicKeyPem'),
    WEIXIN_APPID: merchant.appid ?? '',
    WECHATPAY_PAYSCORE_SERVICE_ID: services[0]?.serviceId ?? '',
    WECHATPAY_API_V2_KEY_FILE: keep('apiV2Key'),
    WEIXIN_APP_SECRET_FILE: keep('appSecret'),
  }
}
