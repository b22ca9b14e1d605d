import { expect, test } from 'vitest'
import { createAhead } from './ahead.ts'

test('a page that was prepared is not fetched again when it is taken', async () => {
  const asked: string[] = []
  const ahead = createAhead(async (after) => {
    asked.push(after)
    return `after ${after}`
  })
  ahead.prepare('a')
  ahead.prepare('a')
  expect(await ahead.take('a')).toBe('after a')
  expect(asked).toEqual(['a'])
})

test('a page that was not prepared is fetched when it is taken', async () => {
  const ahead = createAhead(async (after) => `after ${after}`)
  ahead.prepare('a')
  expect(await ahead.take('b')).toBe('after b')
})

test('preparing that fails says nothing, and taking asks once more', async () => {
  let isOnline = false
  const ahead = createAhead(async (after) => {
    if (!isOnline) throw new Error('offline')
    return `after ${after}`
  })
  ahead.prepare('a')
  await expect(ahead.take('a')).rejects.toThrow('offline')
  isOnline = true
  expect(await ahead.take('a')).toBe('after a')
})

test('a page that was forgotten is fetched anew', async () => {
  let fetched = 0
  const ahead = createAhead(async () => ++fetched)
  ahead.prepare('a')
  ahead.forget()
  expect(await ahead.take('a')).toBe(2)
})
