import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '../../../kernel/db.ts'
import { type Courses, CREATE_ORDER, openCourses } from '../../../testing/courses.ts'
import { catchUp } from '../catch-up.ts'
import type { Lesson } from '../table.ts'
import { cancelLesson } from './cancel.ts'
import { completeLesson } from './complete.ts'
import { queryDeduction } from './query-deduction.ts'
import { startLesson } from './start.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())

/** A process that dies when it is about to call WeChat Pay: its turn is not given back. */
async function dieAtCall(act: (by: Courses['lin']) => Promise<unknown>, lesson: Lesson): Promise<void> {
  const { db, clock } = courses.ctx
  const dying = () => {
    throw new Error('killed')
  }
  await expect(act({ ...courses.lin, wechat: dying })).rejects.toThrow('killed')
  const until = new Date(clock.now().getTime() + 40_000)
  await db.updateTable('lesson').set({ sending_until: until }).where('id', '=', lesson.id).execute()
}
async function later(): Promise<void> {
  for (const seconds of [60, 60]) {
    await courses.advance(seconds)
    await courses.sweep()
  }
}

describe('a process that dies after its wish is committed only delays', () => {
  test('a lesson that begins', async () => {
    const [lesson] = (await courses.signed()).lessons
    await dieAtCall((by) => startLesson(by, { id: lesson.id }), lesson)
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'starting' })
    await later()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service', sending_until: null })
  })

  test('a lesson that is completed', async () => {
    const [lesson] = (await courses.signed()).lessons
    await courses.start(lesson)
    await dieAtCall((by) => completeLesson(by, { id: lesson.id }), lesson)
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'completing', amount_fen: 18_000 })
    await later()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  })

  test('a lesson that is cancelled', async () => {
    const [lesson] = (await courses.signed()).lessons
    await courses.start(lesson)
    await dieAtCall((by) => cancelLesson(by, { id: lesson.id, reason: '不来了' }), lesson)
    await later()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'cancelled', cancel_reason: '不来了' })
  })
})

test('one that dies when it knows of the money and has not settled it only delays', async () => {
  const [lesson] = (await courses.signed()).lessons
  await courses.given(lesson)
  await courses.deduct(lesson)
  const { lesson: effect } = courses.ctx.effects
  const lock = () => Promise.reject(new Error('killed'))
  const dying = { ...courses.ctx, effects: { ...courses.ctx.effects, lesson: { ...effect, lock } } }
  const number = { mchid: lesson.mchid, outTradeNo: lesson.out_order_no }
  await expect(queryDeduction(dying, number)).rejects.toThrow('killed')
  await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ state: 'opened' }])
  await later()
  await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
})

test('four sweeps in two processes at once send every lesson once', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => courses.signed()))
  const lessons = all.map(({ lessons: [lesson] }) => lesson)
  for (const lesson of lessons) await dieAtCall((by) => startLesson(by, { id: lesson.id }), lesson)
  await courses.advance(60)
  const other = { ...courses.ctx, db: createDb(courses.databaseUrl) }
  const sweeps = [courses.ctx, other, courses.ctx, other].map(async (ctx) => {
    while ((await catchUp(ctx)) > 0);
  })
  await Promise.all(sweeps)
  await other.db.destroy()
  for (const lesson of lessons) {
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'in_service' })
    const requests = await courses.simulated.requests(lesson.out_order_no)
    expect(requests.filter(({ method, path }) => method === 'POST' && path === CREATE_ORDER)).toHaveLength(1)
  }
})
