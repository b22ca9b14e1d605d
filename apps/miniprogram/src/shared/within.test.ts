import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { within } from './within.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const failure = { code: 'LOGIN_FAILED', message: 'login:no answer' } as const

test('a phone that never calls back is a failure after the limit, not a page that waits for good', async () => {
  const waiting = within(11_000, new Promise(() => {}), failure)
  const seen = expect(waiting).rejects.toMatchObject({ name: 'RequestFailed', ...failure })
  await vi.advanceTimersByTimeAsync(11_000)
  await seen
})

test.each([
  ['an answer', () => Promise.resolve('code'), { status: 'fulfilled', value: 'code' }],
  ['a failure', () => Promise.reject(new Error('no')), { status: 'rejected', reason: new Error('no') }],
])('%s in time comes through and leaves no timer behind', async (_, work, settled) => {
  expect(await Promise.allSettled([within(11_000, work(), failure)])).toEqual([settled])
  expect(vi.getTimerCount()).toBe(0)
})
