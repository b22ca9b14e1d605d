import { readFileSync } from 'node:fs'
import { states as cardStates } from '@shouyin/wechatpay-core/discount-card'
import { states } from '@shouyin/wechatpay-core/payscore'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  answerFaults,
  billFaults,
  commonFaults,
  deliveryFaults,
  FaultRequest,
  refundFaults,
} from '../kernel/fault-kinds.ts'
import { Switches } from '../kernel/switches.ts'

interface Line {
  readonly text: string
  readonly end: string
}

interface Format {
  yuan(fen: number | null): string
  timeOfDay(instant: string | null): string
  dateTime(instant: string): string
  span(seconds: number): string
  until(instant: string | null, nowMs: number): string
  milliseconds(ms: number): string
  prettyBody(text: string | null): string
  visibleLines(text: string): Line[]
  matches(item: unknown, search: string): boolean
  statusTone(status: number | null): string
  lessonsOf(plan: object, signPlan: object | undefined, orders: readonly object[]): object[]
  readonly PLAN_STATES: object
  readonly SIGN_STATES: object
  readonly DETAIL_STATES: object
  readonly ORDER_PHASES: object
  readonly CANCEL_TYPES: object
  progressOf(card: object): string
  readonly CARD_STATES: object
  readonly PAY_STATES: object
  readonly QUIT_REASONS: object
}

interface Parameter {
  readonly name: string
  readonly value: string | number
  readonly json?: boolean
}

interface FaultTable {
  readonly FAULT_KINDS: readonly { kind: string; on: string; parameters?: readonly Parameter[] }[]
  remaining(fault: object): object[]
}

// Browser scripts have no types of their own; these two touch no DOM.
const script = (name: string): Promise<unknown> => import(new URL(`./public/${name}`, import.meta.url).href)
const format = (await script('format.js')) as Format
const faults = (await script('fault-kinds.js')) as FaultTable

describe('what the page writes', () => {
  test.each([
    [1, '¥0.01'],
    [10, '¥0.10'],
    [12800, '¥128.00'],
    [100000000001, '¥1000000000.01'],
    [0, '¥0.00'],
    [null, '–'],
  ])('%s fen are %s', (fen, text) => {
    expect(format.yuan(fen)).toBe(text)
  })

  test('times are those of Shanghai, whatever their offset', () => {
    expect(format.timeOfDay('2026-01-01T16:34:56.789Z')).toBe('00:34:56')
    expect(format.dateTime('2026-01-01T16:34:56Z')).toBe('2026-01-02 00:34:56')
    expect(format.timeOfDay(null)).toBe('–')
  })

  test('a countdown has two units and ends as due', () => {
    const nowMs = Date.parse('2026-01-01T00:00:00Z')
    expect(format.until('2026-01-01T00:03:20Z', nowMs)).toBe('in 3 min 20 s')
    expect(format.until('2026-01-02T01:00:05Z', nowMs)).toBe('in 1 d 1 h')
    expect(format.until('2026-01-01T00:00:00Z', nowMs)).toBe('due')
    expect(format.span(86_405)).toBe('1 d 5 s')
    expect(format.milliseconds(5003)).toBe('5.0 s')
  })

  test('JSON is indented and anything else stays as it was sent', () => {
    expect(format.prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(format.prettyBody('a=1&b')).toBe('a=1&b')
    expect(format.prettyBody(null)).toBe('')
  })

  test('every line shows how it ends, and a last line without an end shows none', () => {
    expect(format.visibleLines('POST\n/v3\r\n\n{}')).toEqual([
      { text: 'POST', end: '\\n' },
      { text: '/v3', end: '\\r\\n' },
      { text: '', end: '\\n' },
      { text: '{}', end: '' },
    ])
    expect(format.visibleLines('a\n')).toEqual([{ text: 'a', end: '\\n' }])
  })

  test('a search finds words in any member, in any case, in any order', () => {
    const item = { outTradeNo: 'A1B2', requestBody: '{"description":"羽毛球"}' }
    expect(format.matches(item, 'a1b2')).toBe(true)
    expect(format.matches(item, '羽毛球 a1')).toBe(true)
    expect(format.matches(item, '"description"')).toBe(true)
    expect(format.matches(item, 'a1 c3')).toBe(false)
    expect(format.matches(item, '  ')).toBe(true)
  })

  test('no answer is as bad as a refused one', () => {
    expect([204, 401, null].map(format.statusTone)).toEqual(['good', 'bad', 'bad'])
  })
})

describe('Pay Score', () => {
  test.each([
    ['PLAN_STATES', states.planStates],
    ['SIGN_STATES', states.signStates],
    ['DETAIL_STATES', states.detailStates],
    ['ORDER_PHASES', states.orderPhases],
    ['CANCEL_TYPES', states.cancelSignTypes],
  ] as const)('%s has a word for every state that WeChat knows', (name, known) => {
    expect(Object.keys(format[name]).sort()).toEqual([...known].sort())
  })

  const plan = {
    details: [
      { no: 1, name: '第一节课', actualFen: 18000 },
      { no: 2, name: '第二节课', actualFen: 12000 },
    ],
  }
  const details = [
    { no: 2, merchantNo: 'L2', state: 'NOT_USED', actualPayFen: 0 },
    { no: 1, merchantNo: 'L1', state: 'USING', actualPayFen: 0 },
  ]

  test('each lesson stands with its price, its state and its own order', () => {
    const mine = { signPlanId: 'S', detailNo: 1, outOrderNo: 'L1' }
    const orders = [{ signPlanId: 'OTHER', detailNo: 1, outOrderNo: 'X1' }, mine]
    expect(format.lessonsOf(plan, { signPlanId: 'S', details }, orders)).toEqual([
      { no: 1, name: '第一节课', actualFen: 18000, merchantNo: 'L1', state: 'USING', actualPayFen: 0, order: mine },
      { no: 2, name: '第二节课', actualFen: 12000, merchantNo: 'L2', state: 'NOT_USED', actualPayFen: 0, order: null },
    ])
  })
})

describe('discount cards', () => {
  test.each([
    ['CARD_STATES', ['PREPARED', ...cardStates.cardStates]],
    ['PAY_STATES', cardStates.payStates],
    ['QUIT_REASONS', cardStates.unfinishedReasons],
  ] as const)('%s has a word for every state that WeChat knows', (name, known) => {
    expect(Object.keys(format[name]).sort()).toEqual([...known].sort())
  })

  test('the goals of a card are one count, in which none makes up for another', () => {
    const objectives = [
      { completed: 5, count: 3 },
      { completed: 1, count: 2 },
    ]
    expect(format.progressOf({ objectives })).toBe('4 of 5')
    expect(format.progressOf({ state: 'PREPARED' })).toBe('–')
  })
})

test('every switch is explained, and offers what it takes', () => {
  const source = readFileSync(new URL('./public/switches.js', import.meta.url), 'utf8')
  for (const [name, { wrapped }] of Object.entries(Switches.entries)) {
    const explained = new RegExp(`^  ${name}: \\{[^}]*\\}`, 'm').exec(source)?.[0]
    expect(explained, name).toMatch(/what: '.+'/)
    for (const option of 'options' in wrapped ? wrapped.options : []) {
      if (typeof option === 'string') expect(explained, name).toContain(`'${option}'`)
    }
  }
})

describe('the form of faults', () => {
  test('it knows every kind of the simulator, and no other', () => {
    const known = [...deliveryFaults, ...answerFaults, ...billFaults, ...refundFaults, ...commonFaults].map(
      (schema) => schema.entries.kind.literal,
    )
    expect(faults.FAULT_KINDS.map((row) => row.kind).sort()).toEqual(known.sort())
  })

  test.each(faults.FAULT_KINDS)('its defaults for $kind are accepted as they are', ({ kind, parameters = [] }) => {
    const given = parameters.map(({ name, value, json }) => [name, json ? JSON.parse(String(value)) : value])
    const result = v.safeParse(FaultRequest, { kind, match: {}, count: 1, ...Object.fromEntries(given) })
    expect(result.issues).toBeUndefined()
  })

  test('a fault that is kept keeps only what it has left', () => {
    const fault = { id: 'fault-1', kind: 'rate-limit', match: {}, count: 3, fired: 1 }
    expect(faults.remaining(fault)).toEqual([{ kind: 'rate-limit', match: {}, count: 2 }])
    expect(faults.remaining({ ...fault, fired: 3 })).toEqual([])
    expect(faults.remaining({ id: 'f', kind: 'rate-limit', match: {}, probability: 0.5, fired: 9 })).toEqual([
      { kind: 'rate-limit', match: {}, probability: 0.5 },
    ])
  })
})
