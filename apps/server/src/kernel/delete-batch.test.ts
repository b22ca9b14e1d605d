import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import type { Ctx } from './context.ts'
import { DELETE_BATCH } from './delete-batch.ts'
import { forgetKeys } from './idempotency.ts'
import { deleteOldNotifications } from './inbox.ts'
import { deleteEndedSessions } from './session.ts'

const OLD = new Date('2026-01-01T00:00:00Z')
const NOW = new Date('2026-11-21T00:00:00Z')
const COUNT = DELETE_BATCH + 7

let testDb: TestDb
let ctx: Ctx
beforeAll(async () => {
  testDb = await openTestDb()
  ctx = testCtx({ db: testDb.db, clock: { now: () => NOW } })
  const userId = randomUUID()
  const user = { id: userId, appid: 'wx1', openid: 'o1', created_at: OLD }
  await testDb.db.insertInto('wechat_user').values(user).execute()
  for (const [at, count] of [
    [OLD, COUNT],
    [NOW, 3],
  ] as const) {
    const n = sql`generate_series(1, ${count}::int) n`
    await sql`insert into session (token_sha256, user_id, created_at, last_used_at)
      select sha256(convert_to(${at.toISOString()} || n, 'UTF8')), ${userId}, ${at}, ${at} from ${n}`.execute(testDb.db)
    await sql`insert into idempotency_key (owner, key, request_sha256, created_at)
      select gen_random_uuid(), 'key-of-a-request-' || n, sha256('x'), ${at} from ${n}`.execute(testDb.db)
    await sql`insert into notification_inbox
      (mchid, notify_id, kind, event_type, create_time, resource, body, serial, state, received_at, finished_at)
      select '1900000001', ${at.toISOString()} || n, 'x', 'X', '', '{}', '', '', 'processed', ${at}, ${at}
      from ${n}`.execute(testDb.db)
  }
})
afterAll(() => testDb?.close())

describe.each([
  ['ended sessions', 'session', deleteEndedSessions],
  ['old Idempotency-Keys', 'idempotency_key', forgetKeys],
  ['old notifications', 'notification_inbox', deleteOldNotifications],
] as const)('%s', (_, table, clean) => {
  test('go in batches, also from several processes at once, and what is not old stays', async () => {
    expect(await clean(ctx)).toBe(DELETE_BATCH)
    const left = await Promise.all([clean(ctx), clean(ctx), clean(ctx)])
    expect(left.reduce((sum, count) => sum + count)).toBe(COUNT - DELETE_BATCH)
    expect(await clean(ctx)).toBe(0)
    const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(testDb.db)
    expect(rows).toEqual([{ count: 3 }])
  })
})
