import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { commands } from '../commands/index.ts'
import { testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { createLogSink } from '../testing/running.ts'
import { recordAudit } from './audit.ts'
import { sealAudit, verifyAudit, watchAudit } from './audit-seal.ts'
import { manualClock } from './clock.ts'
import type { Ctx } from './context.ts'
import { inTransaction } from './db.ts'
import { createLogger } from './log.ts'

const clock = manualClock()
let testDb: TestDb
let sink: ReturnType<typeof createLogSink>
let alarms: { kind: string; problem: unknown }[]
let ctx: Ctx
beforeEach(async () => {
  testDb = await openTestDb()
  sink = createLogSink()
  alarms = []
  const alarm: Ctx['alarm'] = (kind, { problem }) => alarms.push({ kind, problem })
  ctx = testCtx({ db: testDb.db, clock, log: createLogger('info', sink.stream), alarm })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await testDb?.close()
})

const write = (amountFen: number) => {
  const entry = { person: '张会计', keyId: null, action: 'refund.create', subject: randomUUID(), requestId: null }
  return inTransaction(testDb.db, (tx) => recordAudit(tx, { ...entry, detail: { amountFen } }, clock.now()))
}
/** In the order in which they are sealed. */
const ids = async () => {
  const rows = await testDb.db.selectFrom('audit_entry').select('id').orderBy('id').execute()
  return rows.map((row) => row.id)
}
async function threeSealed() {
  for (const amountFen of [100, 200, 300]) await write(amountFen)
  expect(await sealAudit(ctx)).toBe(3)
  return ids()
}

/** As somebody who owns the database. */
async function behindTheBack(statement: ReturnType<typeof sql>): Promise<void> {
  await testDb.db.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db)
    await statement.execute(db)
    await sql`set session_replication_role = origin`.execute(db)
  })
}

describe('the chain', () => {
  test('holds over several sealings, each entry once, by however many processes', async () => {
    await threeSealed()
    for (let i = 0; i < 5; i++) await write(i)
    const sealed = await Promise.all([sealAudit(ctx), sealAudit(ctx), sealAudit(ctx)])
    expect(sealed.toSorted()).toEqual([0, 0, 5])
    expect(await verifyAudit(testDb.db)).toMatchObject({ entries: 8, changed: [] })
  })

  test('is longer than a batch', async () => {
    await sql`insert into audit_entry (id, at, person, action, subject, detail)
      select gen_random_uuid(), ${clock.now()}, 'somebody', 'key.create', 'x', '{}' from generate_series(1, 1200)`.execute(
      testDb.db,
    )
    expect([await sealAudit(ctx), await sealAudit(ctx), await sealAudit(ctx)]).toEqual([500, 500, 200])
    expect(await verifyAudit(testDb.db)).toMatchObject({ entries: 1200, changed: [] })
  })

  test('has its last hash in the log, where it cannot be rewritten together with the table', async () => {
    await threeSealed()
    const { lastSha256 } = await verifyAudit(testDb.db)
    expect(sink.lines()).toEqual([expect.objectContaining({ msg: 'audit sealed', count: 3, sha256: lastSha256 })])
  })
})

describe('an owner of the database cannot', () => {
  test.each([
    ['change what was done', sql`update audit_entry set detail = '{"amountFen": 1}'`],
    ['change who did it', sql`update audit_entry set person = 'somebody else'`],
    ['change when', sql`update audit_entry set at = at - interval '1 day'`],
    ['delete it', sql`delete from audit_entry`],
  ])('%s without being named', async (_, statement) => {
    const [, changed] = await threeSealed()
    await behindTheBack(sql`${statement} where id = ${changed}`)
    expect((await verifyAudit(testDb.db)).changed).toEqual([changed])
    await watchAudit(ctx)
    expect(alarms).toEqual([{ kind: 'audit_changed', problem: changed }])
  })

  test('delete an entry with its seal: the next one does not fit any more', async () => {
    const [, deleted, next] = await threeSealed()
    await behindTheBack(sql`delete from audit_seal where entry_id = ${deleted}`)
    await behindTheBack(sql`delete from audit_entry where id = ${deleted}`)
    expect((await verifyAudit(testDb.db)).changed).toEqual([next])
  })

  test('do either through the triggers', async () => {
    await threeSealed()
    for (const statement of [sql`update audit_seal set sha256 = sha256`, sql`truncate audit_seal`]) {
      await expect(statement.execute(testDb.db)).rejects.toMatchObject({ code: 'ZP002' })
    }
  })
})

test('audit:verify names what was changed and ends with 1', async () => {
  const [first] = await threeSealed()
  vi.stubEnv('DATABASE_URL', testDb.url)
  const lines: string[] = []
  const verify = () => commands['audit:verify']?.run([], (line) => lines.push(line))
  expect(await verify()).toBe(0)
  await behindTheBack(sql`update audit_entry set person = 'x' where id = ${first}`)
  expect(await verify()).toBe(1)
  expect(lines.join('\n')).toMatch(new RegExp(`^3 sealed entries; .*\nentry ${first} was changed`))
})
