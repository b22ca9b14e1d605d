import { orders } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { doubts, moves, openingView, type PaymentEvent, polls, step, type View, verdictOf } from './flow.ts'
import { words } from './words.ts'

const views = Object.keys(moves) as View[]
const verdicts: PaymentEvent[] = [
  'says-payable',
  'says-confirming',
  'says-paid',
  'says-closing',
  'says-closed',
  'says-unknown',
]
const events: PaymentEvent[] = [
  ...verdicts,
  'pay',
  'parameters',
  'refused',
  'sheet-done',
  'sheet-cancelled',
  'cancel',
  'ask',
  'no-answer',
  'gave-up',
  'online',
]
const after = (view: View, ...path: PaymentEvent[]): View =>
  path.reduce<View>((at, event) => step(at, event) ?? at, view)

test('paying is possible from one view only, which only the word of the server opens', () => {
  expect(views.filter((view) => step(view, 'pay'))).toEqual(['payable'])
  const ways = views.flatMap((view) => events.filter((event) => step(view, event) === 'payable'))
  expect(new Set(ways)).toEqual(new Set(['says-payable']))
})

test('nothing but the word of the server makes an order paid', () => {
  const ways = views.flatMap((view) => events.filter((event) => step(view, event) === 'paid'))
  expect(new Set(ways)).toEqual(new Set(['says-paid']))
})

test('a second tap while the first is under way does nothing', () => {
  for (const view of ['starting', 'paying', 'checking', 'confirming', 'cancelling', 'closing'] as const) {
    expect(step(view, 'pay')).toBeUndefined()
    expect(step(view, 'cancel')).toBeUndefined()
  }
})

test('paid and closed are final', () => {
  for (const event of events) {
    expect(step('paid', event)).toBeUndefined()
    expect(step('closed', event)).toBeUndefined()
  }
})

test('the straight way: pay, sheet, question, paid', () => {
  expect(after('payable', 'pay', 'parameters', 'sheet-done', 'says-paid')).toBe('paid')
})

test('"unpaid" right after the sheet said otherwise is not believed; the shopper may ask again later', () => {
  expect(after('paying', 'sheet-done', 'says-payable')).toBe('confirming')
  expect(after('paying', 'sheet-done', 'says-payable', 'gave-up')).toBe('unconfirmed')
  expect(after('unconfirmed', 'ask', 'says-payable')).toBe('payable')
  expect(after('unconfirmed', 'ask', 'says-paid')).toBe('paid')
})

test('a sheet that was closed is asked about before paying is offered again', () => {
  expect(after('paying', 'sheet-cancelled')).toBe('checking')
  expect(after('paying', 'sheet-cancelled', 'says-payable')).toBe('payable')
  expect(after('paying', 'sheet-cancelled', 'says-paid')).toBe('paid')
})

test('a server that does not answer after the sheet leaves it unconfirmed, never unpaid', () => {
  expect(after('paying', 'sheet-done', 'no-answer', 'no-answer', 'gave-up')).toBe('unconfirmed')
  expect(after('paying', 'sheet-cancelled', 'no-answer')).toBe('unreachable')
  expect(after('unreachable', 'ask', 'says-payable')).toBe('payable')
})

test('a network that comes back makes the page ask again, without believing "unpaid" after the sheet', () => {
  expect(after('unreachable', 'online')).toBe('checking')
  expect(after('unconfirmed', 'online')).toBe('confirming')
  expect(after('confirming', 'online', 'says-payable', 'says-paid')).toBe('paid')
})

test('an order is in doubt from the sheet until the server is believed', () => {
  const doubtAfter = (...path: PaymentEvent[]) =>
    path.reduce<boolean | undefined>(
      (doubt, _, index) => doubts[after('paying', ...path.slice(0, index + 1))] ?? doubt,
      undefined,
    )
  expect(doubtAfter('sheet-cancelled', 'says-payable')).toBe(false)
  expect(doubtAfter('sheet-done')).toBe(true)
  expect(doubtAfter('sheet-done', 'gave-up', 'ask', 'no-answer')).toBe(true)
  expect(doubtAfter('sheet-done', 'gave-up', 'ask', 'says-payable')).toBe(false)
  expect(doubtAfter('sheet-done', 'says-paid')).toBe(false)
})

test('a cancelled order is closing until WeChat agrees, and paid if the money came first', () => {
  expect(after('payable', 'cancel', 'says-closing')).toBe('closing')
  expect(after('payable', 'cancel', 'says-closing', 'says-closed')).toBe('closed')
  expect(after('payable', 'cancel', 'says-closing', 'says-paid')).toBe('paid')
  expect(after('payable', 'cancel', 'refused', 'says-paid')).toBe('paid')
  expect(after('payable', 'cancel', 'refused', 'no-answer')).toBe('unreachable')
})

test('every view but the final ones has a way out', () => {
  const stuck = views.filter((view) => Object.keys(moves[view]).length === 0)
  expect(stuck).toEqual(['paid', 'closed'])
})

test('every view can be reached and every target is a view', () => {
  const reached = new Set<View>(['checking', 'starting'])
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const view of reached) for (const event of events) reached.add(step(view, event) ?? view)
  }
  expect([...reached].sort()).toEqual([...views].sort())
})

test('every view has words, and those that wait say not to pay again', () => {
  expect(Object.keys(words).sort()).toEqual([...views].sort())
  for (const view of ['confirming', 'unconfirmed', 'unknown', 'unreachable'] as const)
    expect(words[view].hint).toContain('不要重复支付')
})

test.each([
  [{ status: 'pending', confirming: false }, 'says-payable'],
  [{ status: 'pending', confirming: true }, 'says-confirming'],
  [{ status: 'closing', confirming: false }, 'says-closing'],
  [{ status: 'closing', confirming: true }, 'says-closing'],
  [{ status: 'paid', confirming: false }, 'says-paid'],
  [{ status: 'closed', confirming: false }, 'says-closed'],
  [{ status: 'unknown', confirming: false }, 'says-unknown'],
] as const)('%o %s', (order, verdict) => {
  expect(verdictOf(order)).toBe(verdict)
})

test('an order that is final opens without a question, every other one with one', () => {
  const opening = [...orders.orderStatuses, 'unknown' as const].map((status) => openingView({ status }))
  expect(opening).toEqual(['checking', 'checking', 'paid', 'closed', 'checking'])
})

test('asking stops after half a minute', () => {
  for (const delaysMs of Object.values<readonly number[]>(polls))
    expect(delaysMs.reduce((sum, ms) => sum + ms, 0)).toBe(30_000)
})
