import { describe, expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { Events, type SimulatorEvent } from './events.ts'
import { RefundStore, type StoredRefund } from './refunds.ts'

const refund = (changes: Partial<StoredRefund> = {}): StoredRefund => ({
  mchid: '1900000001',
  refundId: `50000-${changes.outRefundNo ?? 'REFUND-1'}`,
  outRefundNo: 'REFUND-1',
  outTradeNo: 'ORDER-1',
  transactionId: '4200',
  amountFen: 30,
  totalFen: 100,
  payerRefundFen: 30,
  payerTotalFen: 100,
  coupon: null,
  settlementRefundFen: 30,
  settlementTotalFen: 100,
  feeRefundFen: 0,
  reason: null,
  notifyUrl: null,
  source: 'API',
  fundsAccount: 'UNSETTLED',
  from: [],
  namesPublicKey: false,
  createdAtMs: 1,
  status: 'PROCESSING',
  statusAtMs: 1,
  isFunded: true,
  channel: 'ORIGINAL',
  userReceivedAccount: '支付用户零钱',
  dueAtMs: 6,
  successAtMs: null,
  ...changes,
})
const makeStore = () => new RefundStore(new Clock(), new Events())

describe('a refund', () => {
  test.each([
    ['PROCESSING', 'SUCCESS', true],
    ['PROCESSING', 'CLOSED', true],
    ['PROCESSING', 'ABNORMAL', true],
    ['ABNORMAL', 'PROCESSING', true],
    ['ABNORMAL', 'SUCCESS', true],
    ['ABNORMAL', 'CLOSED', true],
    ['SUCCESS', 'CLOSED', false],
    ['SUCCESS', 'PROCESSING', false],
    ['SUCCESS', 'SUCCESS', false],
    ['CLOSED', 'PROCESSING', false],
    ['CLOSED', 'SUCCESS', false],
  ] as const)('moves from %s to %s: %s', (from, to, isMoved) => {
    const store = makeStore()
    const one = refund({ status: from })
    store.add(one)
    expect(store.move(one, to, { successAtMs: 7 })).toBe(isMoved)
    expect(one).toMatchObject(isMoved ? { status: to, successAtMs: 7 } : { status: from, successAtMs: null })
  })

  test('is found by its numbers, for its merchant only', () => {
    const store = makeStore()
    const one = refund()
    store.add(one)
    expect(store.find('1900000001', 'REFUND-1')).toBe(one)
    expect(store.find('1900000002', 'REFUND-1')).toBeUndefined()
    expect(store.findByRefundId('1900000001', one.refundId)).toBe(one)
    expect(store.findByRefundId('1900000002', one.refundId)).toBeUndefined()
    expect(store.findByRefundId('1900000001', 'REFUND-1')).toBeUndefined()
    expect(store.ofOrder('1900000001', 'ORDER-1')).toEqual([one])
    expect(store.ofOrder('1900000002', 'ORDER-1')).toEqual([])
  })
})

describe('a checkpoint', () => {
  test('puts the refunds of an order back as they were', () => {
    const store = makeStore()
    const one = refund({ status: 'ABNORMAL', dueAtMs: null })
    store.add(one)
    store.add(refund({ outRefundNo: 'REFUND-2', outTradeNo: 'ORDER-2' }))
    const restore = store.checkpoint('1900000001', 'ORDER-1')
    store.move(one, 'PROCESSING', { channel: 'OTHER_BANKCARD' })
    store.set(one, { dueAtMs: 99 })
    const added = refund({ outRefundNo: 'REFUND-3' })
    store.add(added)
    restore()
    expect(store.ofOrder('1900000001', 'ORDER-1')).toEqual([one])
    expect(one).toMatchObject({ status: 'ABNORMAL', channel: 'ORIGINAL', dueAtMs: null })
    expect(store.find('1900000001', 'REFUND-3')).toBeUndefined()
    expect(store.findByRefundId('1900000001', added.refundId)).toBeUndefined()
    expect(store.find('1900000001', 'REFUND-2')).toBeDefined()
  })
})

test('listeners hear of every change in the shape of the list', () => {
  const events = new Events()
  const heard: SimulatorEvent[] = []
  events.subscribe((event) => heard.push(event))
  const store = new RefundStore(new Clock(), events)
  const one = refund()
  store.add(one)
  store.move(one, 'SUCCESS', { successAtMs: 0, dueAtMs: null })
  store.move(one, 'CLOSED')
  expect(heard.map(({ type, status }) => [type, status])).toEqual([
    ['refund', 'PROCESSING'],
    ['refund', 'SUCCESS'],
  ])
  expect(heard[1]).toMatchObject({ outRefundNo: 'REFUND-1', successTime: '1970-01-01T08:00:00+08:00', dueAt: null })
})

test('the newest come first, and the oldest goes when there are more than a hundred thousand', () => {
  const store = makeStore()
  store.restore(
    Array.from({ length: 100_001 }, (_, i) => refund({ outRefundNo: `REFUND-${i}`, outTradeNo: `ORDER-${i}` })),
  )
  expect(store.find('1900000001', 'REFUND-0')).toBeUndefined()
  expect(store.findByRefundId('1900000001', '50000-REFUND-0')).toBeUndefined()
  expect(store.ofOrder('1900000001', 'ORDER-0')).toEqual([])
  const all = store.list()
  expect(all).toHaveLength(100_000)
  expect([all[0]?.outRefundNo, all.at(-1)?.outRefundNo]).toEqual(['REFUND-100000', 'REFUND-1'])
})
