import { expect, test } from 'vitest'
import { findPostgres, startPostgres } from './start-postgres.ts'
import { openFolder, query, start } from './testing/scratch.ts'

const SETTINGS = `select name, setting from pg_settings where name in
  ('server_version_num', 'server_encoding', 'TimeZone', 'listen_addresses', 'unix_socket_directories', 'fsync')`

async function settingsOf(url: string): Promise<Record<string, string>> {
  const rows = await query<{ name: string; setting: string }>(url, SETTINGS)
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}

test('a first start gives a real PostgreSQL 18, UTF-8 and UTC, that listens on loopback only', async () => {
  const { url, adopted, note } = await start({ dataDir: openFolder() })
  expect({ adopted, note }).toEqual({ adopted: false, note: undefined })
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect(await settingsOf(url)).toEqual({
    server_version_num: expect.stringMatching(/^18/),
    server_encoding: 'UTF8',
    TimeZone: 'UTC',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
  })
})

test('PostgreSQL 15 is there too', async () => {
  const { url } = await start({ dataDir: openFolder(), version: 15 })
  expect(await settingsOf(url)).toMatchObject({ server_version_num: expect.stringMatching(/^15/) })
})

test('a second start has the data of the first', async () => {
  const dataDir = openFolder()
  const first = await start({ dataDir })
  await query(first.url, 'create table kept as select 7 as fen')
  await first.stop()
  expect(await findPostgres({ dataDir })).toBeUndefined()

  const second = await start({ dataDir })
  expect(second.adopted).toBe(false)
  expect(await query(second.url, 'select fen from kept')).toEqual([{ fen: 7 }])
})

test('a server that runs already is adopted, and stopped by whoever stops first', async () => {
  const dataDir = openFolder()
  const first = await start({ dataDir })
  const second = await startPostgres({ dataDir })
  expect(second).toMatchObject({ adopted: true, url: first.url })
  await second.stop()
  await expect(query(first.url, 'select 1')).rejects.toThrow('refuses the connection')
  await first.stop()
})

test('several starts at once on an empty folder end with one server', async () => {
  const dataDir = openFolder()
  const all = await Promise.all(Array.from({ length: 4 }, () => start({ dataDir })))
  expect(new Set(all.map(({ url }) => url)).size).toBe(1)
  expect(all.filter(({ adopted }) => !adopted)).toHaveLength(1)
})

test('a running server with other settings than asked for is started again', async () => {
  const dataDir = openFolder()
  const quick = await start({ dataDir })
  const durable = await start({ dataDir, durable: true })
  expect(durable.adopted).toBe(false)
  expect(await settingsOf(durable.url)).toMatchObject({ fsync: 'on' })

  const port = Number(new URL(quick.url).port)
  const moved = await start({ dataDir, durable: true, port })
  expect(moved).toMatchObject({ adopted: false, url: quick.url })
})

test('a taken port is named', async () => {
  const other = await start({ dataDir: openFolder() })
  const port = Number(new URL(other.url).port)
  await expect(start({ dataDir: openFolder(), port })).rejects.toThrow(`port ${port} may be taken`)
})
