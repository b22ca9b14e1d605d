import { describe, expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { type FundChange, FundStore, type StoredFundEntry } from './funds.ts'

const MCHID = '1900000001'
const MINUTE_MS = 60_000

const change = (amountFen: number, changes: Partial<FundChange> = {}): FundChange => ({
  mchid: MCHID,
  account: 'BASIC',
  businessNo: '4200',
  businessName: '交易',
  businessType: '交易',
  amountFen,
  applicant: 'system',
  remark: '',
  voucherNo: 'ORDER-1',
  outTradeNo: 'ORDER-1',
  ...changes,
})
const entry = (atMs: number, amountFen: number): StoredFundEntry => ({ ...change(amountFen), atMs, flowNo: `${atMs}` })
const makeStore = (clock = new Clock()) => new FundStore(clock)

describe('an account', () => {
  test('is empty at first', () => {
    const store = makeStore()
    expect(store.balanceFen(MCHID, 'BASIC')).toBe(0)
    expect(store.entries(MCHID, 'FEES', 0, Number.POSITIVE_INFINITY)).toEqual([])
    expect(store.openingBalance(MCHID, 'OPERATION', 0)).toBe(0)
  })

  test('has its own balance, apart from other accounts and merchants', () => {
    const store = makeStore()
    store.book(change(100), change(7, { account: 'FEES' }), change(30, { mchid: '1900000002' }))
    store.book(change(-40))
    expect(store.balanceFen(MCHID, 'BASIC')).toBe(60)
    expect(store.balanceFen(MCHID, 'FEES')).toBe(7)
    expect(store.balanceFen('1900000002', 'BASIC')).toBe(30)
  })

  test('numbers every entry and shows the balance after each', () => {
    const store = makeStore()
    store.book(change(100), change(-1))
    store.book(change(-40))
    const entries = store.entries(MCHID, 'BASIC', 0, Number.POSITIVE_INFINITY)
    expect(entries.map(({ amountFen, balanceFen }) => [amountFen, balanceFen])).toEqual([
      [100, 100],
      [-1, 99],
      [-40, 59],
    ])
    expect(new Set(entries.map(({ flowNo }) => flowNo)).size).toBe(3)
    for (const { flowNo } of entries) expect(flowNo).toMatch(/^1900000001\d{18}$/)
  })

  test('takes no change of nothing', () => {
    const store = makeStore()
    store.book(change(100), change(0))
    expect(store.entries(MCHID, 'BASIC', 0, Number.POSITIVE_INFINITY)).toHaveLength(1)
  })

  test('any span of time closes with its opening and its rows', async () => {
    const clock = new Clock()
    const store = makeStore(clock)
    const startMs = clock.nowMs()
    for (const amountFen of [100, 20, -30, 5, -90]) {
      store.book(change(amountFen))
      await clock.advance(60)
    }
    const bounds = [0, 1, 2, 3, 4, 5].map((minute) => startMs + minute * MINUTE_MS)
    for (const fromMs of bounds) {
      for (const toMs of bounds.filter((bound) => bound >= fromMs)) {
        const rows = store.entries(MCHID, 'BASIC', fromMs, toMs)
        const opening = store.openingBalance(MCHID, 'BASIC', fromMs)
        const closing = store.openingBalance(MCHID, 'BASIC', toMs)
        expect(closing).toBe(opening + rows.reduce((total, { amountFen }) => total + amountFen, 0))
        if (rows.length > 0) expect(rows.at(-1)?.balanceFen).toBe(closing)
      }
    }
    expect(store.openingBalance(MCHID, 'BASIC', startMs)).toBe(0)
    expect(store.openingBalance(MCHID, 'BASIC', clock.nowMs() + 1)).toBe(store.balanceFen(MCHID, 'BASIC'))
  })

  test('runs in one direction of time, even after entries of a later clock', () => {
    const store = makeStore()
    const laterMs = Date.now() + 3600_000
    store.restore({ openings: [], entries: [entry(laterMs, 100)] })
    store.book(change(5))
    expect(store.entries(MCHID, 'BASIC', 0, Number.POSITIVE_INFINITY).map(({ atMs }) => atMs)).toEqual([
      laterMs,
      laterMs,
    ])
  })
})

describe('a checkpoint', () => {
  test('takes back what came for its order, and only that', () => {
    const store = makeStore()
    store.book(change(100), change(50, { outTradeNo: 'ORDER-2' }))
    const restore = store.checkpoint(MCHID, 'ORDER-1')
    store.book(change(-100), change(-10, { outTradeNo: 'ORDER-2' }), change(1, { outTradeNo: null }))
    restore()
    expect(store.entries(MCHID, 'BASIC', 0, Number.POSITIVE_INFINITY).map((one) => one.balanceFen)).toEqual([
      100, 150, 140, 141,
    ])
    expect(store.balanceFen(MCHID, 'BASIC')).toBe(141)
  })

  test('leaves an equal number of another merchant alone', () => {
    const store = makeStore()
    const restore = store.checkpoint(MCHID, 'ORDER-1')
    store.book(change(7, { mchid: '1900000002' }))
    restore()
    expect(store.balanceFen('1900000002', 'BASIC')).toBe(7)
  })
})

test('what is stored comes back as it was', () => {
  const store = makeStore()
  store.restore({
    openings: [{ mchid: MCHID, account: 'BASIC', balanceFen: 1000 }],
    entries: [entry(1, 100), entry(2, -30)],
  })
  const copy = makeStore()
  copy.restore(JSON.parse(JSON.stringify(store.store())))
  expect(copy.store()).toEqual(store.store())
  expect(copy.balanceFen(MCHID, 'BASIC')).toBe(1070)
  expect(copy.entries(MCHID, 'BASIC', 2, 3)).toMatchObject([{ amountFen: -30, balanceFen: 1070 }])
  copy.clear()
  expect(copy.balanceFen(MCHID, 'BASIC')).toBe(0)
})

test('the oldest entries become part of the opening balance when there are more than a hundred thousand', () => {
  const store = makeStore()
  store.restore({ openings: [], entries: Array.from({ length: 100_001 }, (_, i) => entry(i, 1)) })
  expect(store.balanceFen(MCHID, 'BASIC')).toBe(100_001)
  expect(store.openingBalance(MCHID, 'BASIC', 0)).toBe(10_000)
  const entries = store.entries(MCHID, 'BASIC', 0, Number.POSITIVE_INFINITY)
  expect(entries).toHaveLength(90_001)
  expect(entries[0]).toMatchObject({ atMs: 10_000, balanceFen: 10_001 })
  expect(entries.at(-1)?.balanceFen).toBe(100_001)
})
