import { states } from '@shouyin/wechatpay-core/discount-card'
import { describe, expect, test } from 'vitest'
import {
  cardStates,
  cardTransitions,
  endedCardStates,
  fromCardState,
  isOpen,
  openCardStates,
  untakenCardStates,
} from './states.ts'

test('every state of WeChat Pay has one of ours', () => {
  expect(states.cardStates.map(fromCardState)).toEqual(['ongoing', 'settling', 'finished', 'unfinished'])
})

test.each(['QUIT', 'ongoing', '', 'constructor', '__proto__'])(
  'a state that we do not know proves nothing: %j',
  (state) => {
    expect(fromCardState(state)).toBe('unknown')
  },
)

describe('what WeChat Pay may do, our rows may follow', () => {
  const moves = Object.entries(states.cardTransitions).flatMap(([from, tos]) => tos.map((to) => [from, to] as const))

  test.each(moves)('%s → %s', (from, to) => {
    expect(cardTransitions[fromCardState(from) as 'ongoing']).toContain(fromCardState(to))
  })

  test.each(untakenCardStates)('also all at once, when nothing was heard of it: %s', (state) => {
    for (const to of states.cardStates) expect(cardTransitions[state]).toContain(fromCardState(to))
  })
})

test('a card is nobody’s, open, or ended, and never two of these', () => {
  expect([...untakenCardStates, ...openCardStates, ...endedCardStates].sort()).toEqual([...cardStates].sort())
  expect(cardStates.filter(isOpen)).toEqual([...openCardStates])
})

test('what has ended does not become open again', () => {
  for (const state of endedCardStates) for (const to of cardTransitions[state]) expect(isOpen(to)).toBe(false)
})
