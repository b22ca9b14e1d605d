import { describe, expect, it } from 'vitest'
import { step } from '../../contract/state.ts'
import { tradeStates, tradeTransitions } from './states.ts'

describe('交易状态', () => {
  it('a paid order is never unpaid, closed or paid again', () => {
    for (const to of tradeStates) {
      const expected = to === 'SUCCESS' ? 'same' : to === 'REFUND' ? 'move' : 'refused'
      expect(step(tradeTransitions, 'SUCCESS', to).kind, to).toBe(expected)
    }
  })

  it.each(['CLOSED', 'REFUND', 'REVOKED'] as const)('%s is final', (from) => {
    for (const to of tradeStates) expect(step(tradeTransitions, from, to).kind).toBe(from === to ? 'same' : 'refused')
  })
})
