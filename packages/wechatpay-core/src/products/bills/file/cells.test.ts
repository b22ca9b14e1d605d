import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decimalAt,
  FEE_DECIMALS,
  fenAt,
  optionalTimeAt,
  printDecimal,
  printFen,
  printFlowText,
  printText,
  printTime,
  printTotal,
  textAt,
  timeAt,
} from './cells.ts'

const fen = (text: string) => fenAt([text], 0)

describe('元 becomes 分 digit by digit', () => {
  it.each<[string, number]>([
    ['0.01', 1],
    ['10000000.00', 1_000_000_000],
    ['45.0', 4500],
    ['0.01000', 1],
    ['1', 100],
    ['0', 0],
    ['-0.06', -6],
    ['-0.00', 0],
    ['0.29', 29],
    ['1.15', 115],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['00012.30', 1230],
    ['.5', 50],
    ['7.', 700],
  ])('%s', (text, expected) => {
    expect(fen(text)).toBe(expected)
  })

  it.each<[string, string]>([
    ['0.015', 'more than 2 decimals'],
    ['0.01001', 'more than 2 decimals'],
    ['', 'not a number'],
    ['-', 'not a number'],
    ['.', 'not a number'],
    ['1,000.00', 'not a number'],
    ['1.2.3', 'not a number'],
    ['1e3', 'not a number'],
    ['0x10', 'not a number'],
    [' 1', 'not a number'],
    ['+1', 'not a number'],
    ['１', 'not a number'],
    ['NaN', 'not a number'],
    ['90071992547409.92', 'out of range'],
    ['9'.repeat(400), 'out of range'],
  ])('%j is refused', (text, message) => {
    expect(() => fen(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(message), column: 0 }))
  })

  it('a refusal shows no more of a value than a line holds', () => {
    expect(() => fen('x'.repeat(10_000))).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/x{41}/) }),
    )
  })

  it('fees have five decimals, counts have none', () => {
    expect(decimalAt(['0.01000'], 0, FEE_DECIMALS)).toBe(1000)
    expect(decimalAt(['-0.00006'], 0, FEE_DECIMALS)).toBe(-6)
    expect(decimalAt(['45.0'], 0, 0)).toBe(45)
    expect(decimalAt(['48'], 0, 0)).toBe(48)
    expect(() => decimalAt(['45.5'], 0, 0)).toThrow('more than 0 decimals')
  })

  it('what is printed is read again, for every amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 5 }), (units, decimals) => {
        // 0 and -0 are one amount.
        expect(decimalAt([printDecimal(units, decimals)], 0, decimals)).toBe(units + 0)
        expect(decimalAt([printTotal(units, decimals)], 0, decimals)).toBe(units + 0)
      }),
    )
  })

  it.each([
    [45, 0, '45.0'],
    [40, 0, '40.0'],
    [0, 2, '0.0'],
    [47, 2, '0.47'],
    [50, 2, '0.5'],
    [1000, 5, '0.01'],
    [-1000, 2, '-10.0'],
  ])('a total of %i with %i decimals is printed as %s', (units, decimals, expected) => {
    expect(printTotal(units, decimals)).toBe(expected)
  })

  it('prints an amount with both decimals', () => {
    expect([0, 1, 10, 100, -6].map(printFen)).toEqual(['0.00', '0.01', '0.10', '1.00', '-0.06'])
  })
})

describe('times are of Asia/Shanghai', () => {
  it('whatever the zone of the process', () => {
    const zone = process.env.TZ
    try {
      for (const name of ['UTC', 'America/New_York', 'Asia/Shanghai']) {
        process.env.TZ = name
        expect(timeAt(['2019-02-19 00:00:00'], 0).toISOString()).toBe('2019-02-18T16:00:00.000Z')
        expect(printTime(new Date('2019-02-18T16:00:00Z'))).toBe('2019-02-19 00:00:00')
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('what is printed is read again', () => {
    const range = { min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }
    fc.assert(
      fc.property(fc.date(range), (at) => {
        expect(timeAt([printTime(at)], 0).getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000)
      }),
    )
  })

  it.each([
    '',
    '2019-02-19',
    '2019-13-19 05:01:46',
    '2019-02-32 05:01:46',
    '2019-02-19 24:00:00',
    '2019/02/19 05:01:46',
  ])('%j is none', (text) => {
    expect(() => timeAt([text], 0)).toThrow('not a time')
  })

  it('may be missing where a bill may lack them', () => {
    expect(optionalTimeAt([''], 0)).toBeNull()
    expect(optionalTimeAt(['x'], -1)).toBeNull()
  })
})

describe('text', () => {
  it('a comma and a line break are printed as WeChat prints them', () => {
    expect(printText('a,b')).toBe('a\\ b')
    expect(printText('a\r\nb\nc\rd')).toBe('a\\nb\\nc\\nd')
    expect(printText('纯文字')).toBe('纯文字')
  })

  it('in a fund flow keeps CR and LF apart and loses U+0001', () => {
    expect(printFlowText('a\u0001b\r\nc,d')).toBe('a b\\r\\nc\\ d')
    expect(printFlowText('缺货')).toBe('缺货')
  })

  it('of a column that is not there is empty', () => {
    expect(textAt(['x'], -1)).toBe('')
  })
})
