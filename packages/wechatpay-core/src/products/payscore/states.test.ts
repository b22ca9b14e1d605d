import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { describeTable } from '../../testing/describe-table.ts'
import {
  cancelSignTypes,
  DetailState,
  detailStates,
  detailTransitions,
  type OrderPhase,
  orderPhases,
  orderTransitions,
  PlanState,
  phaseFields,
  phaseOf,
  planStates,
  planTransitions,
  SignState,
  signStates,
  signTransitions,
} from './states.ts'

describeTable('支付分计划', planTransitions, planStates, ['NORMAL → STOP'])

describeTable('签约计划', signTransitions, signStates, [
  'UNSIGNED → SIGNED',
  'UNSIGNED → SIGN_PLAN_CANCEL',
  'SIGNED → COMPLETE',
  'SIGNED → SIGN_PLAN_CANCEL',
  'SIGNED → EXPIRE',
])

describeTable('计划详情', detailTransitions, detailStates, [
  'NOT_USED → USING',
  'USING → USED',
  'USING → SIGN_PLAN_DETAIL_CANCEL',
])

describeTable('服务订单', orderTransitions, orderPhases, [
  'created → in_service',
  'created → revoked',
  'created → expired',
  'in_service → paying',
  'in_service → done',
  'in_service → revoked',
  'paying → done',
  'paying → revoked',
])

it('a state of tomorrow is narrowed to none, a known one to itself', () => {
  for (const [schema, states] of [
    [PlanState, planStates],
    [SignState, signStates],
    [DetailState, detailStates],
  ] as const) {
    expect(v.is(schema, 'OF_TOMORROW')).toBe(false)
    for (const state of states) expect(v.is(schema, state)).toBe(true)
  }
  expect(cancelSignTypes).toEqual(['NOT_CANCEL', 'USER', 'MERCHANT', 'REVOKE_SERVICE'])
})

describe('the three fields of a service order', () => {
  it.each(orderPhases)('%s is read from the fields that it is printed with', (phase) => {
    const { state, description, collection } = phaseFields[phase]
    const fields = { state, state_description: description, collection: collection && { state: collection } }
    expect(phaseOf(fields)).toBe(phase)
  })

  /** Which phase for a collection of: none, without a state, USER_PAYING, USER_PAID, one of tomorrow. */
  const table: readonly (readonly [string, string | undefined, ...(OrderPhase | 'unknown')[]])[] = [
    ['CREATED', undefined, 'created', 'created', 'unknown', 'unknown', 'created'],
    ['CREATED', 'USER_CONFIRM', 'created', 'created', 'unknown', 'unknown', 'created'],
    ['CREATED', 'MCH_COMPLETE', 'created', 'created', 'unknown', 'unknown', 'created'],
    ['DOING', undefined, 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
    ['DOING', 'USER_CONFIRM', 'in_service', 'in_service', 'unknown', 'unknown', 'in_service'],
    ['DOING', 'MCH_COMPLETE', 'paying', 'paying', 'paying', 'unknown', 'paying'],
    ['DOING', 'OF_TOMORROW', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
    ['DONE', undefined, 'done', 'unknown', 'unknown', 'done', 'unknown'],
    ['DONE', 'MCH_COMPLETE', 'done', 'unknown', 'unknown', 'done', 'unknown'],
    ['REVOKED', undefined, 'revoked', 'revoked', 'revoked', 'unknown', 'revoked'],
    ['REVOKED', 'MCH_COMPLETE', 'revoked', 'revoked', 'revoked', 'unknown', 'revoked'],
    ['EXPIRED', undefined, 'expired', 'expired', 'expired', 'unknown', 'expired'],
    ['CLOSED', undefined, 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
    ['', 'MCH_COMPLETE', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
  ]
  const collections = [undefined, {}, { state: 'USER_PAYING' }, { state: 'USER_PAID' }, { state: 'OF_TOMORROW' }]
  const cases = table.flatMap(([state, state_description, ...phases]) =>
    phases.map((phase, i) => [{ state, state_description, collection: collections[i] }, phase] as const),
  )

  it.each(cases)('%j → %s', (fields, phase) => {
    expect(phaseOf(fields)).toBe(phase)
  })

  it('money that was collected is never read as an order that can still be cancelled or was', () => {
    for (const [fields, phase] of cases) {
      if (fields.collection?.state === 'USER_PAID') expect(['done', 'unknown']).toContain(phase)
    }
  })
})
