import { plans } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { courseWith } from '../../testing/courses.ts'
import { type CourseEvent, moves, step, unsure, type View, verdictOf } from './course-flow.ts'
import { viewWork } from './course-work.ts'

const views = Object.keys(moves) as View[]
const after = (view: View, ...path: CourseEvent[]): View =>
  path.reduce<View>((at, event) => step(at, event) ?? at, view)

test('a second tap while the first is under way does nothing', () => {
  for (const view of ['ordering', 'cancelling'] as const)
    for (const tap of ['pay', 'cancel', 'ask'] as const) expect(step(view, tap)).toBeUndefined()
})

test('every view that is seen can be hidden, a hidden one hears nothing but that it is shown, and then asks', () => {
  expect(views.filter((view) => view !== 'hidden' && step(view, 'hide') !== 'hidden')).toEqual([])
  expect(Object.keys(moves.hidden)).toEqual(['show'])
  expect(after('hidden', 'says-over', 'ask', 'pay', 'online', 'show')).toBe('checking')
  expect(viewWork.hidden).toBeUndefined()
})

test('nobody is led to paying on an answer of before', () => {
  expect(views.filter((view) => step(view, 'pay') === 'ordering')).toEqual(['moving', 'waiting', 'quiet'])
  expect(unsure.filter((view) => step(view, 'pay'))).toEqual([])
})

test('an action that was refused makes the page look how the course stands', () => {
  expect(after('moving', 'pay', 'refused')).toBe('checking')
  expect(after('quiet', 'cancel', 'refused')).toBe('checking')
})

test('what WeChat has to do is asked for until it is done, or the shopper asks again', () => {
  expect(after('checking', 'says-moving', 'says-moving', 'no-answer')).toBe('moving')
  expect(after('moving', 'says-quiet')).toBe('quiet')
  expect(after('moving', 'gave-up', 'says-moving')).toBe('waiting')
  expect(after('waiting', 'ask', 'says-moving')).toBe('moving')
  expect(after('waiting', 'says-over')).toBe('over')
})

test('a lesson that the shop begins and ends while the page is open is followed', () => {
  expect(after('quiet', 'says-quiet', 'says-moving')).toBe('moving')
})

test('out of reach there is a way back, also by a network that returns', () => {
  expect(after('checking', 'no-answer')).toBe('unreachable')
  expect(after('unreachable', 'ask')).toBe('checking')
  expect(after('unreachable', 'online')).toBe('checking')
})

test('a course that is over can neither be cancelled nor paid', () => {
  expect([step('over', 'cancel'), step('over', 'pay')]).toEqual([undefined, undefined])
  expect(viewWork.over).toBeUndefined()
})

test('what WeChat has under way is told from what waits for the shop, and from what is over', () => {
  const verdicts = plans.lessonStatuses.map((status) => [status, verdictOf(courseWith({}, { status }))])
  expect(Object.fromEntries(verdicts)).toEqual({
    unused: 'says-quiet',
    starting: 'says-moving',
    in_service: 'says-quiet',
    completing: 'says-moving',
    deducting: 'says-moving',
    cancelling: 'says-moving',
    paid: 'says-quiet',
    cancelled: 'says-quiet',
  })
  expect(verdictOf(courseWith({ status: 'unsigned' }))).toBe('says-quiet')
  expect(verdictOf(courseWith({ status: 'unsigned', confirming: true }))).toBe('says-moving')
  expect(verdictOf(courseWith({ status: 'cancelling' }))).toBe('says-moving')
  expect(verdictOf(courseWith({ status: 'unknown' }))).toBe('says-quiet')
  for (const status of ['completed', 'cancelled', 'expired', 'lapsed', 'failed'] as const)
    expect(verdictOf(courseWith({ status }))).toBe('says-over')
})

test('a cancelled plan is not over while a lesson of it is charged', () => {
  expect(verdictOf(courseWith({ status: 'cancelled' }, { status: 'deducting', amountFen: 18_000 }))).toBe('says-moving')
  expect(verdictOf(courseWith({ status: 'cancelled' }, { status: 'in_service' }))).toBe('says-quiet')
})
