import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import { cutPage, isUuid, readCursor } from './page.ts'

const rows = ['e', 'd', 'c'].map((id) => ({ id }))

test('one row more than a page means that there is a next one, after the last row shown', () => {
  expect(cutPage(rows, 2)).toEqual({ page: [{ id: 'e' }, { id: 'd' }], next: 'd' })
})

test.each([[3], [4]])('no row more than %i is the last page', (limit) => {
  expect(cutPage(rows, limit)).toEqual({ page: rows, next: null })
})

test('no rows are one empty page', () => {
  expect(cutPage([], 2)).toEqual({ page: [], next: null })
})

test('a cursor is an id of ours, or there is none', () => {
  const id = randomUUIDv7()
  expect([readCursor(id), readCursor(undefined)]).toEqual([id, undefined])
})

test.each(['', 'x', "' or 1=1", `${randomUUID()} `, randomUUID().toUpperCase(), randomUUID().slice(1)])(
  '%j is no cursor, and the field is named',
  (text) => {
    expect(isUuid(text)).toBe(false)
    expect(() => readCursor(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', field: 'after' }))
  },
)
