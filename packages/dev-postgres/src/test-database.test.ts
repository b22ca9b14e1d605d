import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from './connect.ts'
import { findPostmaster } from './postmaster.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { launch, openFolder, query, start, until } from './testing/scratch.ts'

async function create(options?: Parameters<typeof createTestDatabase>[0]): Promise<TestDatabase> {
  const database = await createTestDatabase(options)
  onTestFinished(() => database.drop())
  return database
}

const names = async (url: string) =>
  (await query<{ datname: string }>(url, 'select datname from pg_database')).map(({ datname }) => datname)

test('two test databases do not see each other', async () => {
  const [one, two] = await Promise.all([create(), create()])
  await query(one.url, 'create table mine (id int)')
  await expect(query(two.url, 'select * from mine')).rejects.toThrow('does not exist')
})

test('a dropped database is gone, also when connections are open', async () => {
  const [kept, dropped] = await Promise.all([create(), createTestDatabase()])
  const client = await connect(dropped.url)
  await dropped.drop()
  await expect(client.query('select 1')).rejects.toThrow()
  expect(await names(kept.url)).not.toContain(new URL(dropped.url).pathname.slice(1))
})

test('dropping twice, or failing to create, takes the server from nobody', async () => {
  const version = 15 // of which the global setup holds none
  const [kept, twice] = [await create({ version }), await create({ version })]
  await twice.drop()
  await twice.drop()
  await expect(create({ version, template: { name: 'no-name', migrate: async () => {} } })).rejects.toThrow()
  expect(await query(kept.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a template is migrated once, however many ask for it at once, and its clones are independent', async () => {
  let migrations = 0
  const template = {
    name: 'once',
    async migrate(url: string) {
      migrations++
      await query(url, 'create table goods as select 1 as id')
    },
  }
  const clones = await Promise.all(Array.from({ length: 6 }, () => create({ template })))
  expect(migrations).toBe(1)
  await query(clones[0]?.url ?? '', 'delete from goods')
  expect(await query(clones[1]?.url ?? '', 'select id from goods')).toEqual([{ id: 1 }])
})

test('a failed migration is reported, and the next one starts from an empty database', async () => {
  const migrate = (sql: string) => async (url: string) => void (await query(url, sql))
  const failing = create({ template: { name: 'failing', migrate: migrate('create table half (id int); select 1/0') } })
  await expect(failing).rejects.toThrow('division by zero')
  const { url } = await create({ template: { name: 'failing', migrate: migrate('create table half (id int)') } })
  expect(await query(url, 'select * from half')).toEqual([])
})

test('a template name that could not stand in SQL is refused', async () => {
  const template = { name: 'Drop"it', migrate: async () => {} }
  await expect(createTestDatabase({ template })).rejects.toThrow('template name')
})

test('DATABASE_URL is honoured: the databases are made there', async () => {
  const { url: given } = await start({ dataDir: openFolder() })
  process.env.DATABASE_URL = given
  onTestFinished(() => void delete process.env.DATABASE_URL)
  const { url } = await create()
  expect(new URL(url).host).toBe(new URL(given).host)
  expect(await names(given)).toContain(new URL(url).pathname.slice(1))
})

test('test processes share one server and one template; it stops with the last of them', async () => {
  const TMPDIR = openFolder()
  const env = { TMPDIR, SHOUYIN_TEST_RUN: 'together' }
  const both = [launch('use-test-database.ts', [], env), launch('use-test-database.ts', [], env)]
  const [one, two] = await Promise.all(both.map(({ firstLine }) => firstLine))
  const url = String(one?.url)
  expect(new URL(String(two?.url)).host).toBe(new URL(url).host)
  expect(two?.migratedBy).toBe(one?.migratedBy)

  both[0]?.child.stdin?.end()
  await both[0]?.exited
  await query(String(two?.url), 'select 1')
  both[1]?.child.stdin?.end()
  await both[1]?.exited
  await expect(query(url, 'select 1')).rejects.toThrow('refuses the connection')
})

test('a killed test process leaves no server behind', async () => {
  const TMPDIR = openFolder()
  const { child, firstLine } = launch('use-test-database.ts', [], { TMPDIR })
  await firstLine
  const [cluster = ''] = readdirSync(TMPDIR)
  const data = join(TMPDIR, cluster, 'postgres', 'data')
  expect(findPostmaster(data)).toBeDefined()
  child.kill('SIGKILL')
  await until(() => !findPostmaster(data))
})
