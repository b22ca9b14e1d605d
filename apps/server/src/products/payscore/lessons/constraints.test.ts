import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, refusal, type TestDb } from '../../../testing/database.ts'
import { insertDeduction } from '../../../testing/deductions.ts'
import { type LessonState, lessonStates, lessonTransitions } from '../states.ts'
import type { Lesson } from '../table.ts'

const now = new Date('2026-11-21T10:00:00Z')

describe.each([18, 15] as const)('PostgreSQL %i refuses', (version) => {
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb(version)
  }, 120_000)
  afterAll(() => testDb?.close())

  const set = ({ id }: Pick<Lesson, 'id'>, values: Partial<Lesson>) =>
    testDb.db.updateTable('lesson').set(values).where('id', '=', id).execute()

  /** What every state needs besides its name. */
  const needs = (state: LessonState): Partial<Lesson> => ({
    ...(state !== 'unused' && { start_request: '{}' }),
    amount_fen: ['completing', 'deducting', 'paid'].includes(state) ? 0 : null,
    next_query_at: ['starting', 'completing', 'cancelling'].includes(state) ? now : null,
    paid_at: state === 'paid' ? now : null,
    cancelled_at: state === 'cancelled' ? now : null,
  })
  /** A course of which nothing was taken. */
  async function course(prices: readonly number[] = [1000, 1000, 0]): Promise<readonly Lesson[]> {
    const { subject_id } = await insertDeduction(testDb.db, { now })
    const { sign_plan_id: other } = await testDb.db
      .selectFrom('lesson')
      .select('sign_plan_id')
      .where('id', '=', subject_id)
      .executeTakeFirstOrThrow()
    const signPlan = await testDb.db
      .selectFrom('sign_plan')
      .selectAll()
      .where('id', '=', other)
      .executeTakeFirstOrThrow()
    const id = randomUUID()
    const fresh = { id, user_id: randomUUID(), merchant_sign_plan_no: id.slice(0, 30), sign_plan_id: id.slice(0, 30) }
    await testDb.db
      .insertInto('sign_plan')
      .values({ ...signPlan, ...fresh })
      .execute()
    return testDb.db
      .insertInto('lesson')
      .values(
        prices.map((price_fen, i) => ({
          id: randomUUID(),
          sign_plan_id: id,
          mchid: signPlan.mchid,
          number: i + 1,
          name: `第${i + 1}节课`,
          original_fen: 1000,
          price_fen,
          out_order_no: randomUUID().replaceAll('-', ''),
        })),
      )
      .returningAll()
      .execute()
  }
  const first = async (): Promise<Lesson> => (await course())[0] ?? expect.unreachable()
  /** Along the table, without a look at the rest. */
  async function walkTo(lesson: Lesson, to: LessonState): Promise<void> {
    const paths: Record<LessonState, readonly LessonState[]> = {
      unused: [],
      starting: ['starting'],
      in_service: ['starting', 'in_service'],
      completing: ['starting', 'in_service', 'completing'],
      deducting: ['starting', 'in_service', 'completing', 'deducting'],
      cancelling: ['starting', 'in_service', 'cancelling'],
      paid: ['starting', 'in_service', 'completing', 'paid'],
      cancelled: ['starting', 'cancelled'],
    }
    for (const state of paths[to]) await set(lesson, { state, ...needs(state) })
  }

  test.each(lessonStates)(
    'every move from %s that the table does not know, and takes every one that it does',
    async (from) => {
      for (const to of lessonStates.filter((state) => state !== from)) {
        const lesson = await first()
        await walkTo(lesson, from)
        const moved = set(lesson, { state: to, ...needs(to) })
        if (lessonTransitions[from].some((state) => state === to)) await moved
        else await expect(moved).rejects.toEqual(refusal('ZP001'))
      }
    },
  )

  test('a lesson before the one before it has ended, and two at a time', async () => {
    const [one = expect.unreachable(), two = expect.unreachable(), three = expect.unreachable()] = await course()
    const begin = (lesson: Lesson) => set(lesson, { state: 'starting', ...needs('starting') })
    await expect(begin(two)).rejects.toEqual(refusal('ZP003'))
    await walkTo(one, 'in_service')
    await expect(begin(two)).rejects.toEqual(refusal('ZP003'))
    await set(one, { state: 'cancelled', ...needs('cancelled') })
    await begin(two)
    await expect(begin(three)).rejects.toEqual(refusal('ZP003'))
  })

  test('an amount above the price, and a price above the original one', async () => {
    const lesson = await first()
    await walkTo(lesson, 'in_service')
    const completing = { state: 'completing', next_query_at: now } as const
    await expect(set(lesson, { ...completing, amount_fen: 1001 })).rejects.toEqual(refusal('23514'))
    await expect(set(lesson, { ...completing, amount_fen: null })).rejects.toEqual(
      refusal('23514', 'lesson_completed_has_an_amount'),
    )
    await expect(course([1001])).rejects.toEqual(refusal('23514'))
  })

  test('a paid lesson without what paid it, unless it was free', async () => {
    const lesson = await first()
    await walkTo(lesson, 'completing')
    const paid = { state: 'paid', next_query_at: null, paid_at: now } as const
    await expect(set(lesson, { ...paid, amount_fen: 500 })).rejects.toEqual(
      refusal('23514', 'lesson_paid_has_a_charge'),
    )
    await set(lesson, { ...paid, amount_fen: 0 })
  })

  test('one that is under way and that nobody asks about', async () => {
    const lesson = await first()
    await expect(set(lesson, { state: 'starting', start_request: '{}' })).rejects.toEqual(
      refusal('23514', 'lesson_under_way_is_queried'),
    )
    await expect(set(lesson, { state: 'starting', next_query_at: now })).rejects.toEqual(
      refusal('23514', 'lesson_taken_has_a_request'),
    )
  })

  test.each([
    ['price_fen', 1],
    ['original_fen', 1],
    ['number', 9],
    ['name', '别的'],
    ['out_order_no', 'other'],
    ['mchid', '1'],
  ] as const)('to change %s of a lesson', async (column, value) => {
    await expect(set(await first(), { [column]: value })).rejects.toEqual(refusal('ZP002'))
  })

  test('to delete a lesson', async () => {
    const { id } = await first()
    await expect(testDb.db.deleteFrom('lesson').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
  })
})
