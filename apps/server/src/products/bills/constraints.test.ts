import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../../testing/database.ts'
import { copyLine } from './import/copy-text.ts'

const AT = '2026-11-21T10:00:00Z'

describe.each([18, 15] as const)('PostgreSQL %i', (version) => {
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb(version)
    await run(`insert into bill_day (mchid, date, bill, next_attempt_at) values ('1', '2026-11-20', 'trade', '${AT}')`)
  }, 120_000)
  afterAll(() => testDb?.close())

  const run = (text: string) => sql.raw(text).execute(testDb.db)
  const code = (text: string) =>
    run(text).then(
      () => undefined,
      (error) => Reflect.get(error, 'code') ?? error,
    )
  const set = (text: string) => code(`update bill_day set ${text}`)
  const row = (id: string, values: string) => `insert into difference
    (bill_day_id, kind, reference, delta_fen, detail, created_at, ${id}) values (1, 'other', 'x', 1, '{}', '${AT}', ${values})`

  test('a day has one bill of a kind, and it goes on only', async () => {
    const again = `insert into bill_day (mchid, date, bill, next_attempt_at) values ('1', '2026-11-20', 'trade', '${AT}')`
    expect(await code(again)).toBe('23505')
    expect(await code('delete from bill_day')).toBe('ZP002')
    expect(await set(`date = '2026-11-21'`)).toBe('ZP002')
    expect(
      await set(`state = 'reconciled', next_attempt_at = null, finished_at = '${AT}', rows = 0, sum_fen = 0`),
    ).toBe('ZP001')
  })

  test.each([
    ['imported without the hash of its file', `state = 'imported', rows = 1, sum_fen = 1`],
    ['imported without its sums', `state = 'imported', sha1 = repeat('0', 40)`],
    ['empty with rows', `state = 'empty', rows = 1, sum_fen = 0`],
    ['unfinished and never taken up again', 'next_attempt_at = null'],
    ['unfinished with an end', `finished_at = '${AT}'`],
  ])('a bill is not %s', async (_, values) => {
    expect(await set(values)).toBe('23514')
  })

  test('a difference is one row, is resolved once and with an explanation, and stays', async () => {
    expect(await code(row('state', `'open'`))).toBeUndefined()
    expect(await code(row('state', `'open'`))).toBe('23505')
    expect(await code(`update difference set state = 'resolved', resolved_at = '${AT}'`)).toBe('23514')
    expect(await code(`update difference set resolved_by = 'somebody'`)).toBe('23514')
    expect(await code('update difference set delta_fen = 0')).toBe('ZP002')
    expect(await code(`update difference set state = 'resolved', resolved_at = '${AT}', note = 'seen'`)).toBeUndefined()
    expect(await code(`update difference set state = 'open', resolved_at = null, note = null`)).toBe('ZP001')
    expect(await code('delete from difference')).toBe('ZP002')
  })

  test('a row of a bill stands there once', async () => {
    const insert = `insert into fund_flow_row values (1, 1, 'other', '${AT}', '', 'f', '', '', -5, 0, '')`
    expect(await code(insert)).toBeUndefined()
    expect(await code(insert)).toBe('23505')
  })
})

test('a line for COPY keeps what a value may contain', () => {
  expect(copyLine(['a', '', null, -5, new Date(AT)])).toBe(`a\t\t\\N\t-5\t${new Date(AT).toISOString()}\n`)
  expect(copyLine(['tab\t', 'back\\slash', 'two\r\nlines', '\\N', 'nul\0', '、😀'])).toBe(
    'tab\\t\tback\\\\slash\ttwo\\r\\nlines\t\\\\N\tnul\t、😀\n',
  )
})
