import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../migrate.ts'

const CHARGE = '0190a8f0-0000-7000-8000-000000000001'
const AT = new Date('2026-11-20T10:00:00Z')

const sqlOf = (from: string, to: string) =>
  migrations
    .filter(({ name }) => name >= from && name < to)
    .map((migration) => migration.sql)
    .join('\n')

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

  test('money that waited to go back in an older database goes back in this one', async () => {
    await client.query(sqlOf('0001', '0005'))
    await client.query(
      `insert into charge (id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen, currency,
         description, created_at, expires_at, state, settlement, transaction_id, success_time, refund_reserved_fen,
         refund_count)
       values ($1, 'payments', 'order', $1, '1900000001', 'old-order', 'wx', 'o', 700, 'CNY', '游泳票', $2,
         $2::timestamptz + interval '1 h', 'succeeded', 'paid_twice', 'tx-1', $2, 700, 1)`,
      [CHARGE, AT],
    )
    await client.query(`insert into refund_intent values ($1, 'paid_twice', 700, 'waiting', $2)`, [CHARGE, AT])
    await client.query(sqlOf('0005', '0006'))

    const { rows } = await client.query('select * from refund')
    expect(rows).toMatchObject([
      { charge_id: CHARGE, mchid: '1900000001', cause: 'paid_twice', amount_fen: '700', state: 'waiting' },
    ])
    expect(rows[0].out_refund_no).toBe(`R${rows[0].id.replaceAll('-', '')}`)
    expect(rows[0].next_query_at).toEqual(AT)
    expect((await client.query(`select to_regclass('refund_intent') as gone`)).rows).toEqual([{ gone: null }])
  })
})
