import { cards } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import {
  doubts,
  moves,
  polls,
  refusals,
  step,
  type TakeEvent,
  type Verdict,
  type View,
  verdictOf,
} from './take-flow.ts'
import { words } from './take-words.ts'

const views = Object.keys(moves) as View[]
const verdicts: Verdict[] = [
  'says-taken',
  'says-untaken',
  'says-confirming',
  'says-elsewhere',
  'says-lapsed',
  'says-ended',
  'says-stopped',
  'says-failed',
  'says-unknown',
]
const events: TakeEvent[] = [
  ...verdicts,
  'parameters',
  'take',
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
const after = (view: View, ...path: TakeEvent[]): View => path.reduce<View>((at, event) => step(at, event) ?? at, view)
const waysTo = (view: View) =>
  new Set(views.flatMap((from) => events.filter((event) => step(from, event) === view && from !== view)))

test('WeChat’s page opens from two views only, into which nothing leads but a token of the server', () => {
  expect(views.filter((view) => step(view, 'take'))).toEqual(['ready', 'again'])
  expect([waysTo('ready'), waysTo('again')]).toEqual([new Set(['parameters']), new Set(['parameters'])])
})

test('nothing but the word of the server makes a card taken', () => {
  expect([waysTo('taken'), waysTo('holding')]).toEqual([new Set(['says-taken']), new Set(['says-taken'])])
})

test('a second tap while the first is under way does nothing', () => {
  for (const view of ['preparing', 'opening', 'away', 'confirming', 'untaken'] as const)
    expect(step(view, 'take')).toBeUndefined()
})

test('the straight way: token, tap, WeChat’s page, return, question, taken', () => {
  expect(after('preparing', 'parameters', 'take', 'opened', 'shown', 'says-taken')).toBe('taken')
})

test('a return is a reason to ask, before and after WeChat says that its page is open', () => {
  expect(after('opening', 'shown')).toBe('confirming')
  expect(after('away', 'shown')).toBe('confirming')
  expect(after('away', 'ask')).toBe('confirming')
  expect(after('confirming', 'opened', 'shown')).toBe('confirming')
})

test('a return without the card says so, gets a new token, and offers to take it again', () => {
  expect(after('away', 'shown', 'says-untaken')).toBe('untaken')
  expect(after('untaken', 'parameters')).toBe('again')
  expect(after('again', 'take', 'opened', 'shown', 'says-taken')).toBe('taken')
})

test('a card that WeChat tells of late is found while taking is offered again', () => {
  expect(step('again', 'says-taken')).toBe('taken')
  expect(step('untaken', 'says-taken')).toBe('taken')
  expect(step('again', 'shown')).toBe('confirming')
  expect(step('again', 'says-untaken')).toBeUndefined()
})

test('a page that did not open is no card; what stopped it is asked for', () => {
  expect(after('opening', 'refused')).toBe('untaken')
  expect(after('opening', 'refused', 'says-stopped')).toBe('stopped')
  expect(after('opening', 'unsupported')).toBe('unsupported')
})

test('an offer that is withdrawn between the tap and the page is stopped, and taken no more', () => {
  expect(after('ready', 'take', 'opened', 'shown', 'says-untaken', 'says-stopped')).toBe('stopped')
  for (const event of events) expect(step('stopped', event)).toBeUndefined()
})

test('a token that is too old is renewed before the tap, and what was said stays', () => {
  expect(step('ready', 'stale')).toBe('preparing')
  expect(step('again', 'stale')).toBe('untaken')
})

test('without an answer nothing is called taken or not', () => {
  expect(after('preparing', 'no-answer')).toBe('unreachable')
  expect(after('unreachable', 'online', 'parameters')).toBe('ready')
  expect(after('confirming', 'no-answer', 'says-confirming', 'gave-up')).toBe('unconfirmed')
  expect(after('unconfirmed', 'online', 'says-taken')).toBe('taken')
})

test('what was taken before the page was opened is told from what was taken on it', () => {
  expect(after('preparing', 'says-taken')).toBe('holding')
  expect(after('confirming', 'says-taken')).toBe('taken')
})

test('a card is in doubt from the tap until the server is believed', () => {
  const doubtAfter = (...path: TakeEvent[]) =>
    path.reduce<boolean | undefined>(
      (doubt, _, index) => doubts[after('ready', ...path.slice(0, index + 1))] ?? doubt,
      undefined,
    )
  expect(doubtAfter('take')).toBe(true)
  expect(doubtAfter('take', 'opened', 'shown', 'no-answer', 'gave-up')).toBe(true)
  expect(doubtAfter('take', 'opened', 'shown', 'says-untaken')).toBe(false)
  expect(doubtAfter('take', 'opened', 'shown', 'says-taken')).toBe(false)
  expect(doubtAfter('take', 'refused')).toBe(false)
})

test('every view but the final ones has a way out', () => {
  const stuck = views.filter((view) => Object.keys(moves[view]).length === 0)
  expect(stuck).toEqual(['taken', 'holding', 'ended', 'stopped'])
})

test('every view can be reached and every target is a view', () => {
  const reached = new Set<View>(['preparing'])
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const view of reached) for (const event of events) reached.add(step(view, event) ?? view)
  }
  expect([...reached].sort()).toEqual([...views].sort())
})

test('a card that somebody else took says so, is in doubt no more, and another one may be taken', () => {
  expect(after('confirming', 'says-elsewhere')).toBe('elsewhere')
  expect(after('again', 'says-elsewhere')).toBe('elsewhere')
  expect(doubts.elsewhere).toBe(false)
  expect(after('elsewhere', 'ask', 'parameters')).toBe('ready')
})

test('a card that ended before anybody asked what became of it is looked at, not taken anew', () => {
  expect(after('confirming', 'says-ended')).toBe('ended')
  for (const event of events) expect(step('ended', event)).toBeUndefined()
})

test('every view has words, and wherever nothing is taken they say so, and that no money moved', () => {
  expect(Object.keys(words).sort()).toEqual([...views].sort())
  for (const view of ['untaken', 'again', 'elsewhere', 'lapsed', 'failed', 'unsupported'] as const)
    expect(words[view].hint).toMatch(/没有收|没有领到，也没有收钱/)
  // Here the shopper may hold the card already.
  for (const view of ['preparing', 'opening', 'confirming', 'unconfirmed', 'unreachable'] as const)
    expect(Object.values(words[view]).join()).not.toMatch(/没有领到|没有收/)
  for (const view of ['untaken', 'again'] as const) expect(words[view].title).toBe('还没有领到')
})

test('the price of breaking the promise is within sight of the tap', () => {
  expect(words.ready.hint).toBe('现在不收钱。没做到，微信会把已经省下的钱收回去')
})

test('both refusals that WeChat’s page gives in its own words have an explanation here', () => {
  expect(words.again.hint).toMatch(/未通过申请.*未开放领取.*联系商家/)
})

test.each([
  [{ status: 'prepared', confirming: false }, 'says-untaken'],
  [{ status: 'prepared', confirming: true }, 'says-confirming'],
  [{ status: 'ongoing', confirming: false }, 'says-taken'],
  [{ status: 'ongoing', confirming: true }, 'says-taken'],
  [{ status: 'settling', confirming: false }, 'says-taken'],
  [{ status: 'finished', confirming: false }, 'says-ended'],
  [{ status: 'unfinished', confirming: false }, 'says-ended'],
  [{ status: 'owing', confirming: true }, 'says-ended'],
  [{ status: 'paid', confirming: false }, 'says-ended'],
  [{ status: 'taken_by_other', confirming: false }, 'says-elsewhere'],
  [{ status: 'lapsed', confirming: false }, 'says-lapsed'],
  [{ status: 'failed', confirming: false }, 'says-failed'],
  [{ status: 'unknown', confirming: false }, 'says-unknown'],
] as const)('%o %s', (card, verdict) => {
  expect(verdictOf(card)).toBe(verdict)
})

test('every final refusal of the server is known, and one that may pass is none', () => {
  const { CARD_ALREADY_TAKEN, WECHATPAY_UNAVAILABLE, ...final } = cards.prepareCard.errors
  expect(Object.keys(refusals).sort()).toEqual(Object.keys(final).sort())
})

test('asking stops after a while', () => {
  for (const delaysMs of Object.values<readonly number[]>(polls)) {
    const wholeMs = delaysMs.reduce((sum, ms) => sum + ms, 0)
    expect(wholeMs).toBeGreaterThan(10_000)
    expect(wholeMs).toBeLessThan(15_000)
  }
})
