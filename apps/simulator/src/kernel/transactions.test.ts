import { afterEach, describe, expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { Events, type SimulatorEvent } from './events.ts'
import { type StoredTransaction, TransactionStore } from './transactions.ts'

const clock = new Clock()
afterEach(() => clock.clear())

const order = (changes: Partial<StoredTransaction> = {}): StoredTransaction => ({
  mchid: '1900000001',
  appid: 'wx1',
  openid: 'o1',
  outTradeNo: 'ORDER-1',
  tradeType: 'JSAPI',
  description: '羽毛球',
  attach: null,
  notifyUrl: 'https://pay.example.com/n',
  amountFen: 100,
  deviceId: null,
  parameters: 'x',
  createdAtMs: clock.nowMs(),
  expiresAtMs: clock.nowMs() + 60_000,
  prepays: [],
  namesPublicKey: false,
  tradeState: 'NOTPAY',
  transactionId: null,
  payerTotalFen: null,
  coupon: null,
  successAtMs: null,
  ...changes,
})
const paid = { transactionId: '4200', payerTotalFen: 100, successAtMs: 1 }
const makeStore = () => new TransactionStore(clock, new Events())

describe('a transaction', () => {
  test.each([
    ['NOTPAY', 'SUCCESS', true],
    ['NOTPAY', 'CLOSED', true],
    ['SUCCESS', 'REFUND', true],
    ['SUCCESS', 'CLOSED', false],
    ['SUCCESS', 'NOTPAY', false],
    ['SUCCESS', 'SUCCESS', false],
    ['CLOSED', 'SUCCESS', false],
    ['CLOSED', 'NOTPAY', false],
    ['REFUND', 'SUCCESS', false],
  ] as const)('moves from %s to %s: %s', (from, to, isMoved) => {
    const store = makeStore()
    const transaction = order({ tradeState: from })
    store.add(transaction)
    expect(store.move(transaction, to, { payerTotalFen: 7 })).toBe(isMoved)
    expect(transaction).toMatchObject(
      isMoved ? { tradeState: to, payerTotalFen: 7 } : { tradeState: from, payerTotalFen: null },
    )
  })

  test('is found by its numbers, each for what it is', () => {
    const store = makeStore()
    const transaction = order()
    store.add(transaction)
    store.addPrepay(transaction, { id: 'wx-prepay', issuedAtMs: 1 })
    store.move(transaction, 'SUCCESS', paid)
    expect(store.find('1900000001', 'ORDER-1')).toBe(transaction)
    expect(store.find('1900000002', 'ORDER-1')).toBeUndefined()
    expect(store.findByPrepayId('wx-prepay')).toBe(transaction)
    expect(store.findByPrepayId('4200')).toBeUndefined()
    expect(store.findByTransactionId('1900000001', '4200')).toBe(transaction)
    expect(store.findByTransactionId('1900000001', 'wx-prepay')).toBeUndefined()
    expect(store.findByTransactionId('1900000002', '4200')).toBeUndefined()
  })
})

describe('a checkpoint', () => {
  test('puts an order back as it was, in its place', () => {
    const store = makeStore()
    const transaction = order()
    store.add(transaction)
    store.addPrepay(transaction, { id: 'wx-first', issuedAtMs: 1 })
    store.add(order({ outTradeNo: 'ORDER-2' }))
    const restore = store.checkpoint('1900000001', 'ORDER-1')
    store.addPrepay(transaction, { id: 'wx-second', issuedAtMs: 2 })
    store.move(transaction, 'SUCCESS', paid)
    restore()
    const restored = store.find('1900000001', 'ORDER-1')
    expect(restored).toMatchObject({ tradeState: 'NOTPAY', transactionId: null, prepays: [{ id: 'wx-first' }] })
    expect(store.findByPrepayId('wx-first')).toBe(restored)
    expect(store.findByPrepayId('wx-second')).toBeUndefined()
    expect(store.findByTransactionId('1900000001', '4200')).toBeUndefined()
    expect(store.list().map(({ outTradeNo }) => outTradeNo)).toEqual(['ORDER-2', 'ORDER-1'])
  })

  test('takes away an order that was not there', () => {
    const store = makeStore()
    const restore = store.checkpoint('1900000001', 'ORDER-1')
    store.add(order())
    restore()
    expect(store.list()).toEqual([])
  })
})

test('listeners hear of every change in the shape of the list', () => {
  const events = new Events()
  const heard: SimulatorEvent[] = []
  events.subscribe((event) => heard.push(event))
  const store = new TransactionStore(clock, events)
  const transaction = order()
  store.add(transaction)
  store.move(transaction, 'SUCCESS', paid)
  store.move(transaction, 'CLOSED')
  expect(heard.map(({ type, tradeState }) => [type, tradeState])).toEqual([
    ['transaction', 'NOTPAY'],
    ['transaction', 'SUCCESS'],
  ])
  expect(heard[1]).toMatchObject({ outTradeNo: 'ORDER-1', successTime: '1970-01-01T08:00:00+08:00', prepayIds: [] })
})

test('the oldest order goes when there are more than a hundred thousand', () => {
  const store = makeStore()
  store.restore(Array.from({ length: 100_001 }, (_, i) => order({ outTradeNo: `ORDER-${i}`, tradeState: 'CLOSED' })))
  expect(store.find('1900000001', 'ORDER-0')).toBeUndefined()
  expect(store.find('1900000001', 'ORDER-1')).toBeDefined()
  expect(store.list()).toHaveLength(100_000)
})
