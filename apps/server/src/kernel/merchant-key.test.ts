import { scopes } from '@shouyin/contracts/merchant'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { manualClock } from './clock.ts'
import { inTransaction } from './db.ts'
import { issueMerchantKey, type NewMerchantKey, revokeMerchantKey } from './issue-merchant-key.ts'
import { authenticateMerchant, isWellFormed, newMerchantKey } from './merchant-key.ts'
import { createMetrics } from './metrics.ts'

const clock = manualClock()
let testDb: TestDb
let metrics = createMetrics()
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())
beforeEach(() => {
  metrics = createMetrics()
})

const issue = (given: Partial<NewMerchantKey> = {}) => {
  const wanted: NewMerchantKey = { person: '张会计', name: 'desk', scopes, expiresAt: null, ...given }
  return inTransaction(testDb.db, (tx) => issueMerchantKey(tx, wanted, clock.now()))
}
const revoke = (idOrKey: string) => inTransaction(testDb.db, (tx) => revokeMerchantKey(tx, idOrKey, clock.now()))
const show = (authorization: string | undefined) =>
  authenticateMerchant({ ...testCtx({ db: testDb.db, clock }), metrics }, authorization)
const rowOf = (id: string) =>
  testDb.db.selectFrom('merchant_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const counted = async () => {
  const { values } = await metrics.merchantKeys.get()
  return Object.fromEntries(values.map(({ labels, value }) => [labels.result, value]))
}
const refused = (about: RegExp) =>
  expect.objectContaining({ code: 'UNAUTHENTICATED', message: expect.stringMatching(about) })

describe('a key', () => {
  test('has 256 random bits, a prefix for secret scanners, and a checksum', () => {
    const keys = new Set(Array.from({ length: 100 }, newMerchantKey))
    expect(keys.size).toBe(100)
    for (const key of keys) {
      expect(key).toMatch(/^sk_shouyin_[0-9a-f]{72}$/)
      expect(isWellFormed(key)).toBe(true)
    }
  })

  test('with any one character changed, or cut off, is seen to be no key', () => {
    const key = newMerchantKey()
    for (let at = 0; at < key.length; at++) {
      const other = key[at] === '0' ? '1' : '0'
      expect(isWellFormed(key.slice(0, at) + other + key.slice(at + 1)), String(at)).toBe(false)
      expect(isWellFormed(key.slice(0, at))).toBe(false)
    }
  })

  test('is kept as a hash only', async () => {
    const { key } = await issue()
    const { rows } = await sql<{ text: string }>`
      select t::text as text from merchant_key t union all select t::text from audit_entry t`.execute(testDb.db)
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.map((row) => row.text).join()).not.toContain(key.slice('sk_shouyin_'.length, -8))
  })

  test('says whose it is and what it may do', async () => {
    const { id, key } = await issue({ person: '李店长', scopes: ['refunds:write', 'orders:read'] })
    expect(await show(`Bearer ${key}`)).toEqual({
      keyId: id,
      person: '李店长',
      scopes: ['orders:read', 'refunds:write'],
    })
  })

  test('that has a scope of a later version is good for the others', async () => {
    const { id, key } = await issue({ scopes: ['orders:read', 'moon:write' as 'orders:read'] })
    expect(await show(`Bearer ${key}`)).toMatchObject({ keyId: id, scopes: ['orders:read'] })
  })

  test('notes its use to the minute', async () => {
    const { id, key } = await issue()
    expect(await rowOf(id)).toMatchObject({ last_used_at: null })
    await show(`Bearer ${key}`)
    const first = clock.now()
    clock.advance(59)
    await show(`Bearer ${key}`)
    expect(await rowOf(id)).toMatchObject({ last_used_at: first })
    clock.advance(2)
    await show(`Bearer ${key}`)
    expect(await rowOf(id)).toMatchObject({ last_used_at: clock.now() })
  })
})

describe('refused, with words that help, and counted', () => {
  test.each([
    ['nothing', undefined, 'missing'],
    ['another scheme', 'Basic c2s6', 'missing'],
    ['a session', `Bearer ${'A'.repeat(43)}`, 'malformed'],
    ['a typo', `Bearer ${newMerchantKey().slice(0, -1)}x`, 'malformed'],
    ['two keys', `Bearer ${newMerchantKey()} ${newMerchantKey()}`, 'missing'],
    ['a key that nobody made', `Bearer ${newMerchantKey()}`, 'unknown'],
  ])('%s', async (_, authorization, result) => {
    await expect(show(authorization)).rejects.toThrow(refused(/merchant key/))
    expect(await counted()).toEqual({ [result]: 1 })
  })

  test('a key after its last moment, by business time', async () => {
    const { key } = await issue({ expiresAt: new Date(clock.now().getTime() + 1000) })
    await show(`Bearer ${key}`)
    clock.advance(1)
    await expect(show(`Bearer ${key}`)).rejects.toThrow(refused(/expired/))
    expect(await counted()).toEqual({ ok: 1, expired: 1 })
  })

  test.each(['id', 'key'] as const)('a key from the moment on that it is revoked by its %s', async (by) => {
    const issued = await issue()
    await show(`Bearer ${issued.key}`)
    expect(await revoke(issued[by])).toBe(issued.id)
    await expect(show(`Bearer ${issued.key}`)).rejects.toThrow(refused(/revoked/))
    expect(await revoke(issued[by])).toBeUndefined()
  })

  test('a typo without asking the database', async () => {
    const ctx = { ...testCtx({ db: undefined as never, clock }), metrics }
    await expect(authenticateMerchant(ctx, 'Bearer sk_shouyin_0')).rejects.toThrow(refused(/typo/))
  })
})

describe('the database refuses', () => {
  test.each([
    ['a key for another person', sql`update merchant_key set person = 'other'`],
    ['more scopes', sql`update merchant_key set scopes = '{refunds:approve}'`],
    ['a later end', sql`update merchant_key set expires_at = null`],
    ['to revive a revoked key', sql`update merchant_key set revoked_at = null where revoked_at is not null`],
    ['to forget a key', sql`delete from merchant_key`],
  ])('%s', async (_, statement) => {
    await revoke((await issue()).id)
    await expect(statement.execute(testDb.db)).rejects.toMatchObject({ code: 'ZP002' })
  })

  test('a key that may do nothing', async () => {
    await expect(issue({ scopes: [] })).rejects.toMatchObject({ code: '23514' })
  })
})
