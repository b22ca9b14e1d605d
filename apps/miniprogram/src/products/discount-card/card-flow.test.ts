import { cards } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { cardWith } from '../../testing/cards.ts'
import { type CardEvent, moves, step, type View, verdictOf } from './card-flow.ts'
import { viewWork } from './card-work.ts'

const views = Object.keys(moves) as View[]
const after = (view: View, ...events: CardEvent[]) =>
  events.reduce<View | undefined>((at, event) => at && step(at, event), view)

test('whoever comes back to the page asks WeChat, wherever the card stood', () => {
  for (const view of views.filter((one) => one !== 'hidden')) expect(after(view, 'hide', 'show')).toBe('checking')
})

test('every view that is seen can be asked for an answer of now, also while WeChat is being asked', () => {
  expect(views.filter((view) => step(view, 'ask') !== 'checking')).toEqual(['hidden'])
})

test('a page that nobody sees does nothing', () => {
  expect(viewWork.hidden).toBeUndefined()
  for (const event of ['ask', 'online', 'says-moving', 'says-over'] as const)
    expect(step('hidden', event)).toBeUndefined()
})

test('what WeChat takes its time for is watched, not asked for without an end', () => {
  expect(after('checking', 'says-moving', 'gave-up')).toBe('waiting')
  expect(after('waiting', 'says-moving')).toBe('waiting')
  expect(after('waiting', 'says-over')).toBe('over')
})

test('a question without an answer is said, and asked again when the network is back', () => {
  expect(after('checking', 'no-answer')).toBe('unreachable')
  expect(after('unreachable', 'online')).toBe('checking')
})

test('a network that comes back does not end the questions about what is owed', () => {
  expect(after('moving', 'online')).toBe('moving')
})

test('what WeChat has under way is told from what waits for its day, and from what is over', () => {
  const verdicts = cards.cardStatuses.map((status) => [status, verdictOf(cardWith({ status, dueFen: 0 }))])
  expect(Object.fromEntries(verdicts)).toEqual({
    prepared: 'says-quiet',
    ongoing: 'says-quiet',
    settling: 'says-quiet',
    finished: 'says-over',
    unfinished: 'says-over',
    owing: 'says-moving',
    paid: 'says-over',
    lapsed: 'says-over',
    failed: 'says-over',
    taken_by_other: 'says-over',
  })
  expect(verdictOf(cardWith({ status: 'unknown' }))).toBe('says-quiet')
})

test('whatever the card says, one that has to be confirmed is asked about', () => {
  for (const status of ['prepared', 'ongoing', 'settling', 'owing'] as const)
    expect(verdictOf(cardWith({ status, confirming: true }))).toBe('says-moving')
})

test('a promise that was not kept is over only where nothing is due', () => {
  expect(verdictOf(cardWith({ status: 'unfinished', dueFen: 1200 }))).toBe('says-moving')
})
