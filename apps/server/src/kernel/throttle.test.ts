import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from './throttle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function counting() {
  let runs = 0
  return Object.assign(
    throttle(100, () => runs++),
    { runs: () => runs },
  )
}

test('a call alone runs at once, and once', () => {
  const call = counting()
  call()
  expect(call.runs()).toBe(1)
  vi.advanceTimersByTime(1000)
  expect(call.runs()).toBe(1)
})

test('a flood runs once every 100 ms, and its last call is not missed', () => {
  const call = counting()
  for (let ms = 0; ms < 1000; ms++) {
    call()
    vi.advanceTimersByTime(1)
  }
  expect(call.runs()).toBe(11)
  vi.advanceTimersByTime(1000)
  expect(call.runs()).toBe(11)
})

test('after a pause it runs at once again', () => {
  const call = counting()
  call()
  vi.advanceTimersByTime(100)
  call()
  expect(call.runs()).toBe(2)
})

test('what was put off does not run after the stop', () => {
  const call = counting()
  call()
  call()
  call.stop()
  vi.advanceTimersByTime(1000)
  expect(call.runs()).toBe(1)
})
