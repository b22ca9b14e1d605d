import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exchange } from './http.ts'

const CLI = fileURLToPath(new URL('../../../apps/server/src/cli.ts', import.meta.url))

/** Somebody of the shop, with a key that the command line made. */
export async function openMerchant(databaseUrl: string, serverUrl: () => string) {
  const args = [CLI, 'keys:create', '--person', 'Lin', '--scopes', 'all']
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  const key = /^key\s+(\S+)$/m.exec(stdout)?.[1]
  if (!key) throw new Error(`keys:create printed no key: ${stdout}`)
  const ask = (method: string, path: string, body?: unknown) =>
    exchange(method, `${serverUrl()}/api/merchant${path}`, {
      body,
      headers: { Authorization: `Bearer ${key}`, 'Idempotency-Key': randomUUID() },
    })
  return {
    ask,
    refund: (orderId: string, amountFen: number) =>
      ask('POST', `/orders/${orderId}/refunds`, { amountFen, reason: '顾客改期' }),
  }
}
