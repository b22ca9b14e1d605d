import { expect, test } from 'vitest'
import { courseWith } from '../../testing/courses.ts'
import { costOf, openLesson, owedLesson, progressWords, refundedOf } from './lessons-of.ts'

test('the lesson under way is the one that keeps the next one waiting', () => {
  const paid = { status: 'paid' } as const
  for (const status of ['starting', 'in_service', 'completing', 'deducting', 'cancelling'] as const)
    expect(openLesson(courseWith({}, paid, { status }))).toMatchObject({ number: 2, status })
  expect(openLesson(courseWith({}, paid, { status: 'cancelled' }, { status: 'unknown' }))).toBeUndefined()
})

test('owed is only what WeChat collects', () => {
  expect(owedLesson(courseWith({}, { status: 'deducting' }))).toMatchObject({ number: 1 })
  expect(owedLesson(courseWith({}, { status: 'completing' }))).toBeUndefined()
  expect(owedLesson(courseWith())).toBeUndefined()
})

test('a lesson costs what it was completed with, also nothing, else what was promised', () => {
  expect(costOf({ amountFen: null, priceFen: 12_000 })).toBe(12_000)
  expect(costOf({ amountFen: 6000, priceFen: 12_000 })).toBe(6000)
  expect(costOf({ amountFen: 0, priceFen: 12_000 })).toBe(0)
})

test('progress names the lesson under way, and counts what was taken in between', () => {
  expect(progressWords(courseWith())).toBe('上了 0 节，共 3 节')
  expect(progressWords(courseWith({}, { status: 'paid' }, { status: 'in_service' }))).toBe('第 2 节，共 3 节')
  expect(progressWords(courseWith({}, { status: 'paid' }, { status: 'cancelled' }))).toBe('上了 1 节，共 3 节')
})

test('what came back is counted over all lessons', () => {
  expect(refundedOf(courseWith({}, { refundedFen: 18_000 }, { refundedFen: 5000 }))).toBe(23_000)
})
