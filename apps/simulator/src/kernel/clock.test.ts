import { afterEach, describe, expect, test, vi } from 'vitest'
import { until } from '../testing/until.ts'
import { Clock, formatInstant } from './clock.ts'

const clocks: Clock[] = []
const makeClock = (offsetMs?: number) => {
  const clock = new Clock(offsetMs)
  clocks.push(clock)
  return clock
}

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.clear()
})

describe('the business clock', () => {
  test('shows wall time plus its offset', () => {
    const before = Date.now()
    const nowMs = makeClock(3_600_000).nowMs()
    expect(nowMs - 3_600_000).toBeGreaterThanOrEqual(before)
    expect(nowMs - 3_600_000).toBeLessThanOrEqual(Date.now())
  })

  test('advances by exactly the seconds that were asked for', async () => {
    const clock = makeClock(5000)
    await clock.advance(90)
    expect(clock.offsetMs).toBe(95_000)
    await clock.advance(0.5)
    expect(clock.offsetMs).toBe(95_500)
  })

  test('passes due moments in order, each at its time, also those that come up on the way', async () => {
    const clock = makeClock()
    const startMs = clock.nowMs()
    const seen: [string, number][] = []
    const note = (name: string) => async () => {
      seen.push([name, Math.floor((clock.nowMs() - startMs) / 1000)])
      return 1
    }
    clock.schedule(startMs + 30_000, note('late'))
    clock.schedule(startMs + 10_000, async (dueMs) => {
      clock.schedule(dueMs + 5000, note('born on the way'))
      return note('early')()
    })
    clock.schedule(startMs + 61_000, note('beyond'))
    expect(await clock.advance(60)).toBe(3)
    expect(seen).toEqual([
      ['early', 10],
      ['born on the way', 15],
      ['late', 30],
    ])
  })

  test('keeps the order of jobs that are due together', async () => {
    const clock = makeClock()
    const dueMs = clock.nowMs() + 1000
    const seen: number[] = []
    for (const number of [1, 2, 3]) {
      clock.schedule(dueMs, async () => seen.push(number))
    }
    await clock.advance(2)
    expect(seen).toEqual([1, 2, 3])
  })

  test('waits for a job that is still running before it passes the next moment', async () => {
    const clock = makeClock()
    const gate = Promise.withResolvers<void>()
    const seen: string[] = []
    clock.schedule(clock.nowMs(), async () => {
      await gate.promise
      seen.push('slow')
      return 1
    })
    clock.schedule(clock.nowMs() + 1000, async () => seen.push('next'))
    const advanced = clock.advance(10)
    gate.resolve()
    await advanced
    expect(seen).toEqual(['slow', 'next'])
  })

  test('counts what came due by real time while another answer was out', async () => {
    const clock = makeClock()
    const gate = Promise.withResolvers<void>()
    const startMs = clock.nowMs()
    clock.schedule(startMs + 5000, async () => {
      // A new job sets the timer, which then runs the next one beside this.
      clock.schedule(startMs + 60_000, async () => 1)
      await gate.promise
      return 1
    })
    clock.schedule(startMs + 5030, async () => {
      gate.resolve()
      return 2
    })
    expect(await clock.advance(10)).toBe(3)
  })

  test('queues calls: the second starts where the first ended', async () => {
    const clock = makeClock()
    const startMs = clock.nowMs()
    const seen: number[] = []
    for (const seconds of [5, 15]) {
      clock.schedule(startMs + seconds * 1000, async () => seen.push(seconds))
    }
    await Promise.all([clock.advance(10), clock.advance(10)])
    expect(seen).toEqual([5, 15])
    expect(clock.offsetMs).toBe(20_000)
  })

  test('goes on after a job that failed, and says so', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const clock = makeClock()
    clock.schedule(clock.nowMs() + 1000, () => Promise.reject(new Error('broken job')))
    clock.schedule(clock.nowMs() + 2000, async () => 1)
    expect(await clock.advance(3)).toBe(1)
    expect(logged).toHaveBeenCalledWith(new Error('broken job'))
    logged.mockRestore()
  })

  test('runs a job by itself when its moment comes', async () => {
    const clock = makeClock()
    let isRun = false
    clock.schedule(clock.nowMs() + 20, async () => {
      isRun = true
      return 0
    })
    expect(await until('the job', () => isRun || undefined)).toBe(true)
  })

  test('waits for a moment beyond the longest timer', () => {
    const clock = makeClock()
    let isRun = false
    clock.schedule(clock.nowMs() + 60 * 86_400_000, async () => {
      isRun = true
      return 0
    })
    expect(isRun).toBe(false)
  })

  test('once stopped, takes no job any more', async () => {
    const clock = makeClock()
    const run = vi.fn(async () => 1)
    clock.schedule(clock.nowMs() + 1000, run)
    clock.stop()
    clock.schedule(clock.nowMs() + 1000, run)
    expect(await clock.advance(5)).toBe(0)
    expect(run).not.toHaveBeenCalled()
  })

  test('forgets its jobs but not the time', async () => {
    const clock = makeClock()
    await clock.advance(100)
    let isRun = false
    clock.schedule(clock.nowMs() + 1000, async () => {
      isRun = true
      return 0
    })
    clock.clear()
    await clock.advance(10)
    expect(isRun).toBe(false)
    expect(clock.offsetMs).toBe(110_000)
  })
})

test('an instant is printed in Beijing time with milliseconds', () => {
  expect(formatInstant(new Date('2026-01-01T20:04:05.007Z'))).toBe('2026-01-02T04:04:05.007+08:00')
})
