import { expect, test } from 'vitest'
import { courseWith } from '../../testing/courses.ts'
import { createCourseMemory } from './course-memory.ts'
import type { Course } from './lessons-of.ts'

const owed = courseWith({}, { status: 'deducting', amountFen: 18_000, orderId: 'order-1' })
const paid = courseWith({ paidFen: 18_000 }, { status: 'paid', amountFen: 18_000, orderId: 'order-1' })

function memoryWith(...shown: readonly Course[]) {
  const payable = new Set<string>()
  const memory = createCourseMemory({ mayBePaid: (id) => payable.has(id) })
  for (const course of shown) memory.rememberCourses(course)
  return { ...memory, payable }
}

test.each<[string, Course, Course]>([
  ['a lesson that is paid', paid, owed],
  ['a lesson that was cancelled', courseWith({}, { status: 'cancelled' }), courseWith({}, { status: 'in_service' })],
  ['money that went back', courseWith({}, { status: 'paid', refundedFen: 100 }), courseWith({}, { status: 'paid' })],
  ['a plan that is signed', courseWith(), courseWith({ status: 'unsigned' })],
  ['a plan that has ended', courseWith({ status: 'cancelled' }), courseWith({ status: 'cancelling' })],
])('%s stays so, whatever an older answer says', (_, newer, older) => {
  expect(memoryWith(newer, older).courseSeen('course-1')).toBe(newer)
  expect(memoryWith(older, newer).courseSeen('course-1')).toBe(newer)
})

test('a lesson that is taken back may begin again', () => {
  const unused = courseWith()
  expect(memoryWith(courseWith({}, { status: 'starting' }), unused).courseSeen('course-1')).toBe(unused)
})

test('a lesson that was perhaps paid on WeChat’s page is not called unpaid, until WeChat was asked', () => {
  const { noteVisit, noteReturn, asking, courseSeen } = memoryWith(owed)
  const isInDoubt = () => courseSeen('course-1')?.confirming
  const before = asking('course-1')
  noteVisit('course-1')
  const meanwhile = asking('course-1')
  noteReturn('course-1')
  for (const heard of [before, meanwhile]) heard()
  expect(isInDoubt()).toBe(true)
  const after = asking('course-1')
  noteVisit('course-1')
  after()
  expect(isInDoubt()).toBe(true)
  noteReturn('course-1')
  asking('course-1')()
  expect(isInDoubt()).toBe(false)
})

test('whoever was not at WeChat’s page does not come back from it', () => {
  const { noteReturn, courseSeen } = memoryWith(owed)
  noteReturn('course-1')
  expect(courseSeen('course-1')).toBe(owed)
})

test('nor is one whose order may be paid without the server knowing it; what is paid is in no doubt', () => {
  const { payable, courseSeen, rememberCourses } = memoryWith(owed)
  payable.add('order-1')
  expect(courseSeen('course-1')).toMatchObject({ confirming: true })
  rememberCourses(paid)
  expect(courseSeen('course-1')).toBe(paid)
})

test('nothing is known of a course that was never shown', () => {
  expect(memoryWith().courseSeen('course-1')).toBeUndefined()
})
