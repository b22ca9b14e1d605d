import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Course, type Courses, openCourses } from '../../../testing/courses.ts'

let courses: Courses
beforeAll(async () => {
  courses = await openCourses()
}, 120_000)
afterAll(() => courses?.close())

/** WeChat's attempt to deduct takes some seconds; then somebody asks. */
async function collected(): Promise<void> {
  await courses.advance(15)
  await courses.sweep()
}

const stateOf = async (course: Course, at: 0 | 1 | 2) => (await courses.row(course.lessons[at])).state

test('three lessons: each is collected after it was given, the last one is free, and the plan is complete', async () => {
  const course = await courses.signed()
  const [first, second, third] = course.lessons

  await expect(courses.start(first, '一号馆')).resolves.toMatchObject({ status: 'in_service', amountFen: null })
  await courses.advance(3600)
  await expect(courses.complete(first)).resolves.toMatchObject({ status: 'deducting', amountFen: 18_000 })
  await collected()
  expect(await stateOf(course, 0)).toBe('paid')

  await courses.given(second)
  await collected()
  expect(await stateOf(course, 1)).toBe('paid')

  await courses.start(third)
  await expect(courses.complete(third)).resolves.toMatchObject({ status: 'paid', amountFen: 0, paidBy: 'free' })

  await expect(courses.chargesOf(first)).resolves.toMatchObject([
    { source: 'payscore', out_trade_no: first.out_order_no, amount_fen: 18_000, state: 'succeeded' },
  ])
  await expect(courses.chargesOf(third)).resolves.toEqual([])
  await expect(courses.movedFen(first)).resolves.toEqual({ in: 18_000, out: 0 })
  await expect(courses.movedFen(second)).resolves.toEqual({ in: 12_000, out: 0 })
  await collected()
  await expect(courses.signPlan(course)).resolves.toMatchObject({ state: 'completed' })
  expect(courses.alarms).toEqual([])
})
