import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { boundsOf, dayOf, isDay, readyMsOf, whyNoBillOf } from './day.ts'

const at = (time: string) => Date.parse(time)

describe('a day of bills', () => {
  test.each([
    ['2026-11-20T15:59:59.999Z', '2026-11-20'],
    ['2026-11-20T16:00:00.000Z', '2026-11-21'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2028-02-28T23:30:00.000Z', '2028-02-29'],
  ])('%s belongs to %s', (time, day) => {
    expect(dayOf(at(time))).toBe(day)
  })

  test('goes from midnight to midnight in Shanghai', () => {
    expect(boundsOf('2026-11-20')).toEqual({ fromMs: at('2026-11-19T16:00:00Z'), toMs: at('2026-11-20T16:00:00Z') })
    expect(() => boundsOf('2026-02-31')).toThrow(RangeError)
  })

  test('has its bill at that time of the next day, also over the end of a year', () => {
    expect(readyMsOf('2026-11-20', '10:00')).toBe(at('2026-11-21T02:00:00Z'))
    expect(readyMsOf('2025-12-31', '00:00')).toBe(at('2025-12-31T16:00:00Z'))
  })

  test.each([
    ['2026-11-20', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-11-31', false],
    ['2026-13-01', false],
    ['20261120', false],
    ['2026-1-1', false],
    ['', false],
  ])('%j is one: %s', (text, is) => {
    expect(isDay(text)).toBe(is)
  })
})

describe('a bill can be asked for', () => {
  const can = (day: string, now: string) => whyNoBillOf(day, at(now)) === undefined

  test('from the midnight after its day', () => {
    expect(can('2026-11-20', '2026-11-20T23:59:59+08:00')).toBe(false)
    expect(can('2026-11-20', '2026-11-21T00:00:00+08:00')).toBe(true)
    expect(can('2026-11-22', '2026-11-21T00:00:00+08:00')).toBe(false)
    expect(whyNoBillOf('2026-11-21', at('2026-11-21T12:00:00+08:00'))).toContain('2026-11-20')
  })

  test.each([
    ['2026-11-20T12:00:00+08:00', '2026-08-20', '2026-08-19'],
    ['2026-05-31T12:00:00+08:00', '2026-02-28', '2026-02-27'],
    ['2028-05-30T12:00:00+08:00', '2028-02-29', '2028-02-28'],
    ['2026-02-15T12:00:00+08:00', '2025-11-15', '2025-11-14'],
  ])('at %s back to %s, not to %s', (now, oldest, tooOld) => {
    expect([can(oldest, now), can(tooOld, now)]).toEqual([true, false])
    expect(whyNoBillOf(tooOld, at(now))).toContain(oldest)
  })
})

test('the day and the printed bill are the same in a process of any time zone', async () => {
  const script = `
    const { dayOf, readyMsOf, whyNoBillOf } = await import(${JSON.stringify(new URL('./day.ts', import.meta.url).href)})
    const { generateTradeRows } = await import(${JSON.stringify(new URL('./generate.ts', import.meta.url).href)})
    const { file } = await import(${JSON.stringify(import.meta.resolve('@shouyin/wechatpay-core/bills'))})
    const bill = { rows: 40, seed: 1, refundEvery: 4, mchid: '1900000001', appid: 'wx1', date: '2026-11-20' }
    const lines = [...file.formatTradeBill(generateTradeRows(bill), { type: 'REFUND' })]
    const now = Date.parse('2026-11-20T16:00:00Z')
    console.log(JSON.stringify([new Date(0).getHours(), dayOf(now), readyMsOf('2026-11-20', '10:00'), whyNoBillOf('2026-11-20', now) ?? null, lines]))`
  const run = async (zone: string) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ: zone },
    })
    return JSON.parse(stdout)
  }
  const [[hour, ...shanghai], [utcHour, ...utc], [newYorkHour, ...newYork]] = await Promise.all(
    ['Asia/Shanghai', 'UTC', 'America/New_York'].map(run),
  )
  expect([hour, utcHour, newYorkHour]).toEqual([8, 0, 19])
  expect(shanghai.slice(0, 3)).toEqual(['2026-11-21', Date.parse('2026-11-21T02:00:00Z'), null])
  expect([utc, newYork]).toEqual([shanghai, shanghai])
  expect(shanghai[3][4]).toContain('`2026-11-20 01:48:00,')
})
