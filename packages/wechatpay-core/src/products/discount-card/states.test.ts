import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { step, type Transitions } from '../../contract/state.ts'
import {
  CardState,
  cardStates,
  cardTransitions,
  countTypes,
  PayState,
  payStates,
  payTransitions,
  recordTypes,
  UnfinishedReason,
  unfinishedReasons,
} from './states.ts'

/** Every move that is legal, written out here a second time; everything else is refused. */
function describeTable<S extends string>(title: string, table: Transitions<S>, states: readonly S[], moves: string[]) {
  describe(title, () => {
    const pairs = states.flatMap((from) => states.map((to) => [from, to] as const))

    it.each(pairs)('%s → %s', (from, to) => {
      const expected = from === to ? 'same' : moves.includes(`${from} → ${to}`) ? 'move' : 'refused'
      expect(step(table, from, to).kind).toBe(expected)
    })

    it('has no state that its table forgets, and no move out of it', () => {
      expect(Object.keys(table).sort()).toEqual([...states].sort())
      expect(Object.values<readonly S[]>(table).flat()).toHaveLength(moves.length)
    })
  })
}

describeTable('先享卡', cardTransitions, cardStates, [
  'ONGOING → SETTLING',
  'ONGOING → FINISHED',
  'ONGOING → UNFINISHED',
  'SETTLING → FINISHED',
  'SETTLING → UNFINISHED',
])

describeTable('扣费', payTransitions, payStates, ['PAYING → PAID'])

it('what was kept is never taken back, and what was not kept never becomes kept', () => {
  expect(step(cardTransitions, 'FINISHED', 'UNFINISHED').kind).toBe('refused')
  expect(step(cardTransitions, 'UNFINISHED', 'FINISHED').kind).toBe('refused')
  expect(step(payTransitions, 'PAID', 'PAYING').kind).toBe('refused')
})

it.each([
  ['先享卡状态', CardState, cardStates],
  ['未完成约定原因', UnfinishedReason, unfinishedReasons],
  ['扣费状态', PayState, payStates],
] as const)('%s of tomorrow is narrowed to none, a known one to itself', (_, schema, known) => {
  for (const text of ['OF_TOMORROW', '', 'CREATED', 'NO_CHARGE', 'toString']) expect(v.is(schema, text)).toBe(false)
  for (const state of known) expect(v.parse(schema, state)).toBe(state)
})

it('has the words of the pages', () => {
  expect(unfinishedReasons).toEqual(['DUE_TO_QUIT', 'EARLY_QUIT'])
  expect(countTypes).toEqual(['COUNT_UNLIMITED', 'COUNT_LIMIT'])
  expect(recordTypes).toEqual(['INCREASE', 'DECREASE'])
})
