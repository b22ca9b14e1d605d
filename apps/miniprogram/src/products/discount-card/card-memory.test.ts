import { expect, test } from 'vitest'
import { cardWith, recordWith, untakenWith } from '../../testing/cards.ts'
import { createCardMemory } from './card-memory.ts'
import type { HeldCard } from './card-of.ts'

const ongoing = cardWith()
const finished = cardWith({ status: 'finished' })
const owing = cardWith({ status: 'owing', reason: 'quit' })
const paid = cardWith({ status: 'paid', reason: 'quit' })

function memoryWith(...shown: readonly HeldCard[]) {
  const memory = createCardMemory()
  for (const card of shown) memory.rememberCards(card)
  return memory
}

test.each<[string, HeldCard, HeldCard]>([
  ['a card that was taken', ongoing, untakenWith()],
  ['a card that somebody else took', untakenWith({ status: 'taken_by_other' }), untakenWith()],
  ['a card whose time is over', cardWith({ status: 'settling' }), ongoing],
  ['what was enjoyed since', cardWith({ records: [recordWith()] }), ongoing],
  ['a promise that was kept', finished, ongoing],
  ['a promise that was not', owing, ongoing],
  ['what is due', owing, cardWith({ status: 'unfinished' })],
  ['what was collected', paid, owing],
  ['money that went back', { ...paid, refundedFen: 100 }, paid],
])('%s stays so, whatever an older answer says', (_, newer, older) => {
  expect(memoryWith(newer, older).cardSeen('card-1')).toBe(newer)
  expect(memoryWith(older, newer).cardSeen('card-1')).toBe(newer)
})

test('a status that this version does not understand replaces what was known, and may be followed by any', () => {
  const unknown = cardWith({ status: 'unknown' })
  expect(memoryWith(ongoing, unknown).cardSeen('card-1')).toBe(unknown)
  expect(memoryWith(unknown, ongoing).cardSeen('card-1')).toBe(ongoing)
})

test('a card that was perhaps given up on WeChat’s page is in doubt, until WeChat was asked after the return', () => {
  const { noteVisit, noteReturn, asking, cardSeen } = memoryWith(ongoing)
  const isInDoubt = () => cardSeen('card-1')?.confirming
  const before = asking('card-1')
  noteVisit('card-1')
  const meanwhile = asking('card-1')
  noteReturn('card-1')
  for (const heard of [before, meanwhile]) heard()
  expect(isInDoubt()).toBe(true)
  asking('card-1')()
  expect(isInDoubt()).toBe(false)
})

test('a second visit is a new doubt, whatever is heard of the first', () => {
  const { noteVisit, noteReturn, asking, cardSeen } = memoryWith(ongoing)
  noteVisit('card-1')
  noteReturn('card-1')
  const heard = asking('card-1')
  noteVisit('card-1')
  heard()
  expect(cardSeen('card-1')).toMatchObject({ confirming: true })
})

test('whoever was not at WeChat’s page does not come back from it', () => {
  const { noteReturn, cardSeen } = memoryWith(ongoing)
  noteReturn('card-1')
  expect(cardSeen('card-1')).toBe(ongoing)
})

test('a card that can no longer be given up is in no doubt', () => {
  const { noteVisit, cardSeen } = memoryWith(finished)
  noteVisit('card-1')
  expect(cardSeen('card-1')).toBe(finished)
})

test('nothing is known of a card that was never shown', () => {
  expect(memoryWith().cardSeen('card-1')).toBeUndefined()
})
