import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { takeAlarmTurn } from './alarm-turn.ts'
import { manualClock } from './clock.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())

const turn = { kind: 'test', subject: 'one', everySeconds: 3600 }

test('one turn an hour, whoever asks how often, and another subject has its own', async () => {
  const clock = manualClock()
  const ctx = testCtx({ db: testDb.db, clock })
  const together = await Promise.all(Array.from({ length: 20 }, () => takeAlarmTurn(ctx, turn)))
  expect(together.filter((taken) => taken)).toHaveLength(1)
  clock.advance(3599)
  expect(await takeAlarmTurn(ctx, turn)).toBe(false)
  expect(await takeAlarmTurn(ctx, { ...turn, subject: 'two' })).toBe(true)
  clock.advance(1)
  const later = await Promise.all(Array.from({ length: 20 }, () => takeAlarmTurn(ctx, turn)))
  expect(later.filter((taken) => taken)).toHaveLength(1)
})
