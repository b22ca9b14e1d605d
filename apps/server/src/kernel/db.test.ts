import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { assertNoTransaction, createDb, inTransaction, isTransient, outsideTransaction, parseInt8 } from './db.ts'
import { outboundTransport } from './wechat.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())

const one = async <T>(query: ReturnType<typeof sql<{ value: T }>>) => (await query.execute(testDb.db)).rows[0]?.value

describe('what comes out of the database', () => {
  test('fen are numbers, times are dates', async () => {
    expect(await one(sql`select 100000000000::fen as value`)).toBe(100_000_000_000)
    expect(await one(sql`select timestamptz '2026-11-21T10:00:00+08:00' as value`)).toEqual(
      new Date('2026-11-21T02:00:00Z'),
    )
  })

  test('an amount that no number can hold is refused rather than rounded', async () => {
    expect(parseInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => parseInt8('9007199254740993')).toThrow(RangeError)
    await expect(one(sql`select 9007199254740993 as value`)).rejects.toThrow(RangeError)
  })
})

describe('every connection', () => {
  test.each([
    ['statement_timeout', '3s'],
    ['lock_timeout', '2s'],
    ['idle_in_transaction_session_timeout', '5s'],
    ['transaction_isolation', 'read committed'],
    ['timezone', 'UTC'],
  ])('has %s %s', async (setting, value) => {
    expect(await one(sql`select current_setting(${setting}) as value`)).toBe(value)
  })

  test('gives up waiting for a lock, which is worth another try', async () => {
    const blocked = inTransaction(testDb.db, async (tx) => {
      await sql`lock table wechat_user in access exclusive mode`.execute(tx)
      return outsideTransaction(() => testDb.db.selectFrom('wechat_user').selectAll().execute()).catch((error) => error)
    })
    const error: unknown = await blocked
    expect(error).toMatchObject({ code: '55P03' })
    expect(isTransient(error)).toBe(true)
  })
})

describe('a transaction', () => {
  test('is marked for all that it awaits, and for nothing else', async () => {
    await inTransaction(testDb.db, async (tx) => {
      await sql`select 1`.execute(tx)
      expect(() => assertNoTransaction()).toThrow(/inside a transaction/)
      expect(() => outsideTransaction(assertNoTransaction)).not.toThrow()
    })
    expect(() => assertNoTransaction()).not.toThrow()
  })

  test('holds no locks while somebody else is asked: nothing is sent from within', async () => {
    let sent = 0
    const transport = outboundTransport({
      async send() {
        sent++
        return { status: 204, headers: {}, body: new Uint8Array() }
      },
    })
    const request = { method: 'GET', url: new URL('http://127.0.0.1:9'), target: '/', headers: {}, body: undefined }
    const send = () => transport.send({ ...request, signal: AbortSignal.timeout(1000) })
    await expect(inTransaction(testDb.db, send)).rejects.toThrow(/inside a transaction/)
    expect(sent).toBe(0)
    await send()
    expect(sent).toBe(1)
  })

  test('is not opened within another', async () => {
    const nested = inTransaction(testDb.db, () => inTransaction(testDb.db, async () => 1))
    await expect(nested).rejects.toThrow(/inside a transaction/)
  })

  test('that throws leaves nothing', async () => {
    const user = { id: crypto.randomUUID(), appid: 'wx1', openid: 'o1', created_at: new Date() }
    const failing = inTransaction(testDb.db, async (tx) => {
      await tx.insertInto('wechat_user').values(user).execute()
      throw new Error('after all')
    })
    await expect(failing).rejects.toThrow('after all')
    expect(await testDb.db.selectFrom('wechat_user').selectAll().where('id', '=', user.id).execute()).toEqual([])
  })
})

test('a database that is away is worth another try, a wrong query is not', async () => {
  const away = createDb('postgres://nobody@127.0.0.1:9/none')
  const error: unknown = await sql`select 1`.execute(away).catch((e) => e)
  expect(isTransient(error)).toBe(true)
  await away.destroy()
  expect(isTransient(await sql`select nothing`.execute(testDb.db).catch((e) => e))).toBe(false)
})

test('a connection that breaks between two statements fails its transaction, not the process', async () => {
  const broken = Promise.withResolvers<Error>()
  const db = createDb(testDb.url, { onError: broken.resolve })
  const interrupted = inTransaction(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(testDb.db)
    await broken.promise
    await sql`select 1`.execute(tx)
  })
  expect(isTransient(await interrupted.catch((error) => error))).toBe(true)
  expect((await sql`select 1 as value`.execute(db)).rows).toEqual([{ value: 1 }])
  await db.destroy()
})
