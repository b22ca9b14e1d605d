import { spawn } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@shouyin/dev-postgres'
import { expect, test } from 'vitest'
import { startServer } from './start-server.ts'
import { eventually, startRunning } from './testing/running.ts'

test('a request under way is answered, the connection is closed after it, and nothing keeps the process', async () => {
  const running = await startRunning()
  const token = await running.logIn()
  const client = await running.pool.connect()
  await client.query('begin')
  await client.query('lock table orders in access exclusive mode')
  const agent = new Agent({ keepAlive: true })
  const answer = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}` }
    request(`${running.url}/api/orders`, { agent, headers }, (incoming) => {
      incoming.resume()
      resolve({ status: incoming.statusCode, connection: incoming.headers.connection })
    })
      .on('error', reject)
      .end()
  })
  await eventually('it waits for the lock', async () => {
    const { rows } = await running.pool.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)
    return rows.length > 0
  })
  const closed = running.close()
  await client.query('rollback')
  client.release()
  expect(await answer).toEqual({ status: 200, connection: 'close' })
  await closed
  agent.destroy()
  await expect(fetch(`${running.url}/livez`)).rejects.toThrow()
})

test('a sweep that waits for WeChat Pay does not keep the door open', async () => {
  const running = await startRunning()
  const token = await running.logIn()
  const order = await running.send('POST', '/api/orders', {
    token,
    body: { items: [{ goodsId: 'towel', quantity: 1 }] },
    headers: { 'Idempotency-Key': crypto.randomUUID() },
  })
  await running.send('POST', `/api/orders/${order.body.id}/payment`, { token, body: {} })
  const match = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' }
  const [hold] = await running.simulated.faults({ match, kind: 'hold-response' })
  await running.simulated.advance(11)
  await eventually('the sweep asks', async () => {
    const { faults } = await running.simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')
    return faults[0]?.fired === 1
  })
  const closed = running.close()
  await eventually('nobody is let in', () =>
    fetch(`${running.url}/livez`).then(
      () => false,
      () => true,
    ),
  )
  const released = await running.simulated.call('POST', `/faults/${hold?.id}/release`)
  expect(released, 'the sweep waited all the while').toEqual({ released: 1 })
  await closed
})

test('live does not start on a database that may forget a commit', async () => {
  const running = await startRunning()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = createPrivateKey(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const env = { ...running.env, live: true, merchant: { ...running.env.merchant, privateKey } }
  const { rows } = await running.pool.query<{ fsync: string }>('show fsync')
  if (rows[0]?.fsync === 'off') await expect(startServer(env)).rejects.toThrow(/fsync .*is off; alter system set fsync/)
  await running.pool.query(`alter database ${await nameOf(running.pool)} set synchronous_commit = off`)
  await expect(startServer(env)).rejects.toThrow(/synchronous_commit.* is off/)
  await running.close()
})

const nameOf = async (pool: { query(text: string): Promise<{ rows: { name: string }[] }> }) =>
  `"${(await pool.query('select current_database() as name')).rows[0]?.name}"`

const run = (file: string, args: readonly string[], env: Record<string, string>) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  return once(child, 'close').then(([code]) => ({ code: code as number, output }))
}

test('a start without settings ends with one message that names them', async () => {
  const { code, output } = await run('./main.ts', [], {})
  expect(code).toBe(1)
  expect(output).toMatch(/^the settings are not usable:\n {2}DATABASE_URL is not set/)
  expect(output).not.toMatch(/\n\s+at /)
})

test('the command line migrates, twice without harm, and explains itself', async () => {
  const database = await createTestDatabase()
  const first = await run('./cli.ts', ['migrate'], { DATABASE_URL: database.url })
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('applied 0001-kernel') })
  const second = await run('./cli.ts', ['migrate'], { DATABASE_URL: database.url })
  expect(second).toEqual({ code: 0, output: 'the database is up to date\n' })
  await database.drop()
  expect(await run('./cli.ts', ['nonsense'], {})).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^there is no command nonsense\nusage:/),
  })
  const wrong = await run('./cli.ts', ['migrate'], {})
  expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('DATABASE_URL is not set') })
})
