import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { findPostgres, identify } from '@shouyin/dev-postgres'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { exchange, freePort } from '../support/http.ts'

type Dev = { child: ChildProcessByStdio<null, Readable, Readable>; said(): string; exit: Promise<number | null> }

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'shouyin-dev-'))
chmodSync(dataDir, 0o755) // so that root's database can live in it

afterAll(async () => {
  await (await findPostgres({ dataDir }))?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const [serverPort, simulatorPort] = await Promise.all([freePort(), freePort()])

/** `pnpm dev --no-preview`, in a process group of its own as a shell would start it. */
function dev(command = [process.execPath, 'scripts/dev.ts', '--no-preview']): Dev {
  const [file = '', ...args] = command
  const env = { ...process.env, SERVER_PORT: `${serverPort}`, SIMULATOR_PORT: `${simulatorPort}`, DATA_DIR: dataDir }
  const child = spawn(file, args, {
    cwd: repository,
    detached: true,
    env: { ...env, DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  onTestFinished(() => signal(child.pid, 'SIGKILL'))
  return { child, said: () => output, exit: once(child, 'exit').then(([code]) => code) }
}

function signal(groupId: number | undefined, name: NodeJS.Signals): void {
  try {
    if (groupId !== undefined) process.kill(-groupId, name)
  } catch {
    // it has ended already
  }
}

async function ready({ child, said }: Dev): Promise<void> {
  await expect.poll(() => child.exitCode !== null || /^ready$/m.test(said()), { timeout: 60_000 }).toBe(true)
  expect(said()).toMatch(/^ready$/m)
}

/** Every process of the run that dev.json describes, and its database. */
function processes(): number[] {
  const record: { pid: number; children: { pid: number }[] } = JSON.parse(read('dev.json'))
  return [
    record.pid,
    ...record.children.map(({ pid }) => pid),
    Number.parseInt(read('postgres/data/postmaster.pid'), 10),
  ]
}

const read = (file: string) => readFileSync(join(dataDir, file), 'utf8')
const alive = (pids: number[]) => pids.filter((pid) => identify(pid))
const status = async (port: number, path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status

test('it is ready when everything answers, and Ctrl-C leaves no process', async () => {
  const run = dev()
  await ready(run)
  expect(await status(serverPort, '/readyz')).toBe(200)
  expect(await status(simulatorPort, '/_sim/health')).toBe(200)
  expect(await status(serverPort, '/api/goods')).toBe(200)

  const pids = processes()
  expect(alive(pids)).toHaveLength(4)
  signal(run.child.pid, 'SIGINT')
  expect(await run.exit).toBe(0)
  expect(alive(pids)).toEqual([])
  expect(existsSync(join(dataDir, 'dev.json'))).toBe(false)
})

type Order = { id: string; status: string; outTradeNo: string }

/** Somebody logs in, orders, and pays on the simulated phone. Returns how to look at that order. */
async function payForSomething(): Promise<() => Promise<{ order: Order; transaction: unknown }>> {
  const ask = async (method: string, port: number, path: string, body?: unknown, headers = {}) =>
    (await exchange(method, `http://127.0.0.1:${port}${path}`, { body, headers })).body
  const { code } = (await ask('POST', simulatorPort, '/_sim/client/login', {})) as { code: string }
  const { token } = (await ask('POST', serverPort, '/api/session', { code })) as { token: string }
  const { goods } = (await ask('GET', serverPort, '/api/goods')) as { goods: { id: string }[] }
  const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': 'journey-of-dev-001' }
  const items = [{ goodsId: goods[0]?.id, quantity: 1 }]
  const { id } = (await ask('POST', serverPort, '/api/orders', { items }, headers)) as Order
  await ask('POST', serverPort, `/api/orders/${id}/payment`, {}, headers)
  const look = async () => {
    const order = (await ask('GET', serverPort, `/api/orders/${id}`, undefined, headers)) as Order
    return { order, transaction: await ask('GET', simulatorPort, `/_sim/transactions/${order.outTradeNo}`) }
  }
  const { order } = await look()
  await ask('POST', simulatorPort, `/_sim/transactions/${order.outTradeNo}/pay`, {})
  return look
}

test('an order is paid, and a second start has it with everything that WeChat knows of it', async () => {
  const first = dev()
  await ready(first)
  const look = await payForSomething()
  await expect.poll(async () => (await look()).order.status, { timeout: 20_000 }).toBe('paid')
  const before = await look()
  signal(first.child.pid, 'SIGTERM')
  await first.exit

  const second = dev()
  await ready(second)
  expect(second.said()).toContain('(warm)')
  expect(await look()).toEqual(before)
  signal(second.child.pid, 'SIGTERM')
  expect(await second.exit).toBe(0)
})

test('two persons have keys of the merchant API, in a file of ours alone, and the same after a second start', async () => {
  const file = join(dataDir, 'merchant-keys.json')
  const keys = (): Record<string, string> => JSON.parse(read('merchant-keys.json'))
  const answers = async () => {
    const ask = (key: string) =>
      fetch(`http://127.0.0.1:${serverPort}/api/merchant/orders`, { headers: { Authorization: `Bearer ${key}` } })
    return Promise.all(Object.values(keys()).map(async (key) => (await ask(key)).status))
  }
  const first = dev()
  await ready(first)
  const before = keys()
  expect(Object.keys(before)).toEqual(['dev', 'second'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await answers()).toEqual([200, 200])
  expect(first.said()).not.toContain(before.dev)
  signal(first.child.pid, 'SIGTERM')
  await first.exit

  // As after a restored backup: what does not work any more is replaced, the rest stays.
  writeFileSync(file, JSON.stringify({ ...before, second: `${before.dev}x` }))
  const second = dev()
  await ready(second)
  expect(keys()).toMatchObject({ dev: before.dev })
  expect(await answers()).toEqual([200, 200])
  signal(second.child.pid, 'SIGTERM')
  await second.exit
})

test('after a kill, the next start ends the leftovers and has the same merchant', async () => {
  const killed = dev()
  await ready(killed)
  const left = processes()
  const key = read('keys/merchant_private_key.pem')
  signal(killed.child.pid, 'SIGKILL')
  await killed.exit
  expect(alive(left)).toHaveLength(3)

  const next = dev()
  await ready(next)
  expect(next.said()).toMatch(/^Ended what a killed run had left: .*server \(\d+\)/)
  expect(alive(left)).toEqual([])
  expect(read('keys/merchant_private_key.pem')).toBe(key)
  signal(next.child.pid, 'SIGTERM')
  expect(await next.exit).toBe(0)
})

test('a second start on the same folder is refused while the first runs', async () => {
  const first = dev()
  await ready(first)
  const second = dev()
  expect(await second.exit).toBe(1)
  expect(second.said()).toMatch(/^dev runs already on .*\n$/)
  expect(alive(processes())).toHaveLength(4)
  signal(first.child.pid, 'SIGINT')
  await first.exit
})

test('when a part crashes, everything stops and its last lines are shown', async () => {
  const run = dev()
  await ready(run)
  const pids = processes()
  const server: { name: string; pid: number } = JSON.parse(read('dev.json')).children.find(
    (child: { name: string }) => child.name === 'server',
  )
  process.kill(server.pid, 'SIGKILL')
  expect(await run.exit).toBe(1)
  expect(run.said()).toMatch(/server ended by SIGKILL, so everything was stopped: see .*server\.log\n$/)
  expect(alive(pids)).toEqual([])
})

const byShell = `"${process.execPath}" scripts/dev.ts --no-preview & wait`

test.each([
  ['its parent', byShell],
  ['npx, which started pnpm', `sh -c '${byShell}; : pnpm'; : npx pnpm`],
])('it stops when %s is gone', async (_, command) => {
  const run = dev(['sh', '-c', command])
  await ready(run)
  const pids = processes()
  run.child.kill('SIGKILL')
  await expect.poll(() => alive(pids), { timeout: 20_000 }).toEqual([])
})
