import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newMerchant, testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { listAudit, recordAudit } from './audit.ts'
import { manualClock } from './clock.ts'
import { inTransaction } from './db.ts'

const clock = manualClock()
let testDb: TestDb
let merchant: Awaited<ReturnType<typeof newMerchant>>
beforeAll(async () => {
  testDb = await openTestDb()
  merchant = await newMerchant(testCtx({ db: testDb.db, clock }), { person: '张会计' })
})
afterAll(() => testDb?.close())

const record = (subject: string, number = 0) => {
  const { keyId, person } = merchant.merchant
  const entry = { person, keyId, action: 'refund.create', subject, detail: { number }, requestId: 'r-1' }
  return inTransaction(testDb.db, (tx) => recordAudit(tx, entry, clock.now()))
}

describe('an entry', () => {
  test('says who did what to what, with which key, when, and on which request', async () => {
    const subject = randomUUID()
    await record(subject, 7)
    expect(await listAudit(merchant, { limit: 20, subject })).toEqual({
      entries: [
        {
          id: expect.any(String),
          at: clock.now().toISOString(),
          person: '张会计',
          keyId: merchant.merchant.keyId,
          action: 'refund.create',
          subject,
          detail: { number: 7 },
          requestId: 'r-1',
        },
      ],
      next: null,
    })
  })

  test('is not there when what it tells of was rolled back', async () => {
    const subject = randomUUID()
    const failing = inTransaction(testDb.db, async (tx) => {
      const entry = { person: 'cli', keyId: null, action: 'key.create', subject, detail: {}, requestId: null }
      await recordAudit(tx, entry, clock.now())
      throw new Error('after all not')
    })
    await expect(failing).rejects.toThrow('after all not')
    expect(await listAudit(merchant, { limit: 20, subject })).toEqual({ entries: [], next: null })
  })

  test.each([
    ['changed', sql`update audit_entry set person = 'somebody else'`],
    ['deleted', sql`delete from audit_entry`],
    ['emptied', sql`truncate audit_entry cascade`],
    ['emptied by the way', sql`truncate merchant_key cascade`],
  ])('cannot be %s', async (_, statement) => {
    await record(randomUUID())
    await expect(statement.execute(testDb.db)).rejects.toMatchObject({ code: 'ZP002' })
  })
})

test('making a key is the first thing that the audit tells of it', async () => {
  const { entries } = await listAudit(merchant, { limit: 20, subject: merchant.merchant.keyId })
  expect(entries).toMatchObject([{ person: 'cli', keyId: null, action: 'key.create', detail: { person: '张会计' } }])
})

describe('the list', () => {
  test('goes from the newest to the oldest, each entry once', async () => {
    const subject = randomUUID()
    for (let number = 0; number < 5; number++) await record(subject, number)
    const seen: unknown[] = []
    let after: string | undefined
    do {
      const { entries, next } = await listAudit(merchant, { limit: 2, subject, after })
      seen.push(...entries.map((entry) => entry.detail.number))
      after = next ?? undefined
    } while (after !== undefined)
    const { entries } = await listAudit(merchant, { limit: 20, subject })
    const ids = entries.map((entry) => entry.id)
    expect(ids).toEqual(ids.toSorted().reverse())
    expect(seen).toEqual(entries.map((entry) => entry.detail.number))
    expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  test('with a made-up cursor says which field is wrong', async () => {
    await expect(listAudit(merchant, { limit: 2, after: 'x' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'after',
    })
  })
})
