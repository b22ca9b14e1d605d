import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createLogSink, eventually } from '../testing/running.ts'
import { startSimulated } from '../testing/simulated.ts'
import { type BusinessClock, startBusinessClock } from './business-clock.ts'
import { manualClock, systemClock } from './clock.ts'
import { createLogger } from './log.ts'

let simulated: Awaited<ReturnType<typeof startSimulated>>
let clock: BusinessClock | undefined
beforeAll(async () => {
  simulated = await startSimulated()
})
afterEach(() => clock?.stop())
afterAll(() => simulated?.close())

const sink = createLogSink()
const log = createLogger('info', sink.stream)
const aheadSeconds = () => ((clock?.now().getTime() ?? 0) - Date.now()) / 1000

test('business time follows the simulator, and a jump is reported once', async () => {
  let jumps = 0
  clock = await startBusinessClock(new URL('/_sim/clock', simulated.url), { log, onJump: () => jumps++ })
  expect(Math.abs(aheadSeconds())).toBeLessThan(1)
  await simulated.advance(3600)
  await eventually('the jump', () => jumps > 0)
  expect(aheadSeconds()).toBeCloseTo(3600, 0)
  expect(jumps).toBe(1)
})

test('a clock that was moved before the start is right from the first moment', async () => {
  await simulated.advance(60)
  clock = await startBusinessClock(new URL('/_sim/clock', simulated.url), { log, onJump: () => undefined })
  expect(aheadSeconds()).toBeGreaterThan(59)
})

test('while it cannot be read, time goes on with the last offset, and it is said once', async () => {
  let [asked, broken] = [0, false]
  const server = createServer((_, response) => {
    asked++
    response.end(broken ? 'nonsense' : '{"now":"2026-11-21T00:00:00Z","offsetSeconds":7200}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  clock = await startBusinessClock(url, { log, onJump: () => undefined })
  broken = true
  const before = asked
  await eventually('three more questions', () => asked >= before + 3)
  expect(aheadSeconds()).toBeCloseTo(7200, 0)
  expect(sink.lines().filter((line) => 'level' in line && line.level === 'warn')).toHaveLength(1)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('the clocks of a real server and of tests', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000)
  const manual = manualClock(new Date(0))
  manual.advance(90)
  expect(manual.now()).toEqual(new Date(90_000))
})
