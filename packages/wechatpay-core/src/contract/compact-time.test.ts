import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CompactTime, formatCompact, parseCompact } from './time.ts'

const MS_MAX = Date.UTC(9999, 11, 31) - 1

describe('yyyyMMddHHmmss and yyyyMMdd, the times of Pay Score', () => {
  it('are in Asia/Shanghai, whatever zone the machine has', () => {
    expect(parseCompact('20091225091010').toISOString()).toBe('2009-12-25T01:10:10.000Z')
    expect(formatCompact(new Date('2009-12-25T01:10:10.999Z'))).toBe('20091225091010')
    expect(formatCompact(new Date('2009-12-31T16:00:00Z'))).toBe('20100101000000')
  })

  it('of a day is its first second', () => {
    expect(parseCompact('20091225').toISOString()).toBe('2009-12-24T16:00:00.000Z')
  })

  it.each(['20240229', '20240229235959', '20091225000000'])('%s is one', (text) => {
    expect(v.is(CompactTime, text)).toBe(true)
  })

  it.each([
    '20260231',
    '20260231101010',
    '20230229',
    '20091325',
    '20090025',
    '20091200',
    '20091225240000',
    '20091225096010',
    '20091225091060',
    '2009122509',
    '200912250910',
    '0091225',
    '2009-12-25',
    '2009-12-25T09:10:10+08:00',
    'OnAccept',
    ' 20091225',
    '20091225\n',
    '２００９１２２５',
    '',
  ])('%j is none', (text) => {
    expect(v.is(CompactTime, text)).toBe(false)
    expect(() => parseCompact(text)).toThrow(RangeError)
  })

  it('what is written is read back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MS_MAX }), (ms) => {
        const text = formatCompact(new Date(ms))
        expect(v.is(CompactTime, text)).toBe(true)
        expect(parseCompact(text).getTime()).toBe(ms - (ms % 1000))
        expect(parseCompact(text.slice(0, 8)).getTime()).toBeLessThanOrEqual(ms)
      }),
    )
  })

  it('fourteen digits are one exactly if the calendar has that second', () => {
    const part = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(part(13), part(32), part(25), part(61), part(61), (...parts) => {
        const text = `2024${parts.map((n) => String(n).padStart(2, '0')).join('')}`
        const [month, day, hours, minutes, seconds] = parts
        const at = new Date(Date.UTC(2024, month - 1, day, hours, minutes, seconds))
        const back = at.toISOString().slice(0, 19).replace(/\D/g, '')
        expect(v.is(CompactTime, text)).toBe(back === text)
      }),
      { numRuns: 500 },
    )
  })
})
