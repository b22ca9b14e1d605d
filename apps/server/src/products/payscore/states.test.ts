import { states } from '@shouyin/wechatpay-core/payscore'
import { describe, expect, test } from 'vitest'
import { fromPlanState, fromSignState, openLessonStates, planTransitions, signPlanTransitions } from './states.ts'

test('every state of WeChat Pay has one of ours', () => {
  expect(states.planStates.map(fromPlanState)).toEqual(['on_sale', 'stopped'])
  expect(states.signStates.map(fromSignState)).toEqual(['unsigned', 'signed', 'cancelled', 'completed', 'expired'])
})

test.each(['PAUSED', 'signed', '', 'constructor', '__proto__'])(
  'a state that we do not know proves nothing: %j',
  (state) => {
    expect(fromPlanState(state)).toBe('unknown')
    expect(fromSignState(state)).toBe('unknown')
  },
)

describe('what WeChat Pay may do, our rows may follow', () => {
  const ends = (table: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(table).flatMap(([from, tos]) => tos.map((to) => [from, to] as const))

  test.each(ends(states.planTransitions))('plan: %s → %s', (from, to) => {
    expect(planTransitions[fromPlanState(from) as 'on_sale']).toContain(fromPlanState(to))
  })
  test.each(ends(states.signTransitions))('sign plan: %s → %s', (from, to) => {
    expect(signPlanTransitions[fromSignState(from) as 'signed']).toContain(fromSignState(to))
  })
})

test('a lesson that is open keeps the next one waiting', () => {
  expect(openLessonStates).not.toContain('unused')
  expect(openLessonStates).not.toContain('paid')
  expect(openLessonStates).not.toContain('cancelled')
})
