import * as v from 'valibot'
import { expect, it } from 'vitest'
import { step } from '../../contract/state.ts'
import { describeTable } from '../../testing/describe-table.ts'
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
