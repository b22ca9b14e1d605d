import { plans } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import {
  doubts,
  moves,
  polls,
  refusals,
  type SignEvent,
  step,
  type Verdict,
  type View,
  verdictOf,
} from './sign-flow.ts'
import { words } from './sign-words.ts'

const views = Object.keys(moves) as View[]
const verdicts: Verdict[] = [
  'says-signed',
  'says-unsigned',
  'says-confirming',
  'says-lapsed',
  'says-ended',
  'says-stopped',
  'says-failed',
  'says-unknown',
]
const events: SignEvent[] = [
  ...verdicts,
  'parameters',
  'sign',
  'stale',
  'opened',
  'refused',
  'unsupported',
  'shown',
  'ask',
  'no-answer',
  'gave-up',
  'online',
]
const after = (view: View, ...path: SignEvent[]): View => path.reduce<View>((at, event) => step(at, event) ?? at, view)
const waysTo = (view: View) =>
  new Set(views.flatMap((from) => events.filter((event) => step(from, event) === view && from !== view)))

test('WeChat’s page opens from two views only, into which nothing leads but parameters of the server', () => {
  expect(views.filter((view) => step(view, 'sign'))).toEqual(['ready', 'again'])
  expect([waysTo('ready'), waysTo('again')]).toEqual([new Set(['parameters']), new Set(['parameters'])])
})

test('nothing but the word of the server makes a plan signed', () => {
  expect([waysTo('signed'), waysTo('enrolled')]).toEqual([new Set(['says-signed']), new Set(['says-signed'])])
})

test('a second tap while the first is under way does nothing', () => {
  for (const view of ['preparing', 'opening', 'away', 'confirming', 'unsigned'] as const)
    expect(step(view, 'sign')).toBeUndefined()
})

test('the straight way: parameters, tap, WeChat’s page, return, question, signed', () => {
  expect(after('preparing', 'parameters', 'sign', 'opened', 'shown', 'says-signed')).toBe('signed')
})

test('a return is a reason to ask, before and after WeChat says that its page is open', () => {
  expect(after('opening', 'shown')).toBe('confirming')
  expect(after('away', 'shown')).toBe('confirming')
  expect(after('away', 'ask')).toBe('confirming')
  expect(after('confirming', 'opened', 'shown')).toBe('confirming')
})

test('a return without a signature says so, gets new parameters, and offers to sign again', () => {
  expect(after('away', 'shown', 'says-unsigned')).toBe('unsigned')
  expect(after('unsigned', 'parameters')).toBe('again')
  expect(after('again', 'sign', 'opened', 'shown', 'says-signed')).toBe('signed')
})

test('a signature that WeChat tells of late is found while signing is offered again', () => {
  expect(step('again', 'says-signed')).toBe('signed')
  expect(step('unsigned', 'says-signed')).toBe('signed')
  expect(step('again', 'shown')).toBe('confirming')
  expect(step('again', 'says-unsigned')).toBeUndefined()
})

test('a page that did not open is no signature; what stopped it is asked for', () => {
  expect(after('opening', 'refused')).toBe('unsigned')
  expect(after('opening', 'refused', 'says-stopped')).toBe('stopped')
  expect(after('opening', 'unsupported')).toBe('unsupported')
})

test('a plan that is taken off sale between the tap and the page is stopped, and signs no more', () => {
  expect(after('ready', 'sign', 'opened', 'shown', 'says-unsigned', 'says-stopped')).toBe('stopped')
  for (const event of events) expect(step('stopped', event)).toBeUndefined()
})

test('parameters that are too old are renewed before the tap, and what was said stays', () => {
  expect(step('ready', 'stale')).toBe('preparing')
  expect(step('again', 'stale')).toBe('unsigned')
})

test('without an answer nothing is called signed or unsigned', () => {
  expect(after('preparing', 'no-answer')).toBe('unreachable')
  expect(after('unreachable', 'online', 'parameters')).toBe('ready')
  expect(after('confirming', 'no-answer', 'says-confirming', 'gave-up')).toBe('unconfirmed')
  expect(after('unconfirmed', 'online', 'says-signed')).toBe('signed')
})

test('what was signed before the page was opened is told from what was signed on it', () => {
  expect(after('preparing', 'says-signed')).toBe('enrolled')
  expect(after('confirming', 'says-signed')).toBe('signed')
})

test('a signing is in doubt from the tap until the server is believed', () => {
  const doubtAfter = (...path: SignEvent[]) =>
    path.reduce<boolean | undefined>(
      (doubt, _, index) => doubts[after('ready', ...path.slice(0, index + 1))] ?? doubt,
      undefined,
    )
  expect(doubtAfter('sign')).toBe(true)
  expect(doubtAfter('sign', 'opened', 'shown', 'no-answer', 'gave-up')).toBe(true)
  expect(doubtAfter('sign', 'opened', 'shown', 'says-unsigned')).toBe(false)
  expect(doubtAfter('sign', 'opened', 'shown', 'says-signed')).toBe(false)
  expect(doubtAfter('sign', 'refused')).toBe(false)
})

test('every view but the final ones has a way out', () => {
  const stuck = views.filter((view) => Object.keys(moves[view]).length === 0)
  expect(stuck).toEqual(['signed', 'enrolled', 'stopped'])
})

test('every view can be reached and every target is a view', () => {
  const reached = new Set<View>(['preparing'])
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const view of reached) for (const event of events) reached.add(step(view, event) ?? view)
  }
  expect([...reached].sort()).toEqual([...views].sort())
})

test('every view has words, and wherever nothing is signed they say so, and that no money moved', () => {
  expect(Object.keys(words).sort()).toEqual([...views].sort())
  for (const view of ['unsigned', 'again', 'lapsed', 'failed', 'unsupported'] as const)
    expect(words[view].hint).toMatch(/没有收钱/)
  // Here the shopper may have signed long ago.
  for (const view of ['preparing', 'opening', 'confirming', 'unconfirmed', 'unreachable'] as const)
    expect(Object.values(words[view]).join()).not.toMatch(/没有签约|没有收钱/)
  for (const view of ['unsigned', 'again'] as const) expect(words[view].title).toBe('没有签约')
})

test.each([
  [{ status: 'unsigned', confirming: false }, 'says-unsigned'],
  [{ status: 'unsigned', confirming: true }, 'says-confirming'],
  [{ status: 'signed', confirming: false }, 'says-signed'],
  [{ status: 'signed', confirming: true }, 'says-signed'],
  [{ status: 'cancelling', confirming: true }, 'says-signed'],
  [{ status: 'completed', confirming: false }, 'says-ended'],
  [{ status: 'cancelled', confirming: false }, 'says-ended'],
  [{ status: 'expired', confirming: false }, 'says-ended'],
  [{ status: 'lapsed', confirming: false }, 'says-lapsed'],
  [{ status: 'failed', confirming: false }, 'says-failed'],
  [{ status: 'unknown', confirming: false }, 'says-unknown'],
] as const)('%o %s', (signPlan, verdict) => {
  expect(verdictOf(signPlan)).toBe(verdict)
})

test('every final refusal of the server is known, and one that may pass is none', () => {
  const { PLAN_ALREADY_SIGNED, WECHATPAY_UNAVAILABLE, ...final } = plans.createSignPlan.errors
  expect(Object.keys(refusals).sort()).toEqual(Object.keys(final).sort())
})

test('asking stops after a while', () => {
  for (const delaysMs of Object.values<readonly number[]>(polls)) {
    const wholeMs = delaysMs.reduce((sum, ms) => sum + ms, 0)
    expect(wholeMs).toBeGreaterThan(10_000)
    expect(wholeMs).toBeLessThan(15_000)
  }
})
