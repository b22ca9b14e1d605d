import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate, migrations } from './migrate.ts'

const names = migrations.map((one) => one.name)

describe.each([18, 15] as const)('PostgreSQL %i', (version) => {
  let database: TestDatabase
  let client: pg.Client

  beforeAll(async () => {
    database = await createTestDatabase({ version })
    client = new pg.Client({ connectionString: database.url })
    await client.connect()
  }, 120_000)
  afterAll(async () => {
    await client?.end()
    await database?.drop()
  })

  test('an empty database is migrated once, however many processes start at the same moment', async () => {
    const applied: string[] = []
    await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, (name) => applied.push(name))))
    expect(applied).toEqual(names)
    const { rows } = await client.query('select name from migration order by name')
    expect(rows.map((row) => row.name)).toEqual(names)
  })

  test('a second run has nothing to do', async () => {
    const applied: string[] = []
    await migrate(database.url, (name) => applied.push(name))
    expect(applied).toEqual([])
  })

  test('a migration that was edited after it was applied stops everything, by name', async () => {
    await client.query(`update migration set sha256 = 'of another text' where name = '0001-kernel'`)
    await expect(migrate(database.url)).rejects.toThrow(/migration 0001-kernel was edited/)
  })
})

test('migrations are numbered without gaps and are never taken back', () => {
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, i) => i + 1))
})

test('no migration takes business time from the database', () => {
  for (const { name, sql } of migrations) expect(sql, name).not.toMatch(/\bnow\(\)|current_timestamp/i)
})
