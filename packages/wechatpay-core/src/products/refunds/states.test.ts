import { describe, expect, it } from 'vitest'
import { step } from '../../contract/state.ts'
import { refundStatuses, refundTransitions } from './states.ts'

const moves = (from: (typeof refundStatuses)[number]) =>
  refundStatuses.filter((to) => step(refundTransitions, from, to).kind === 'move')

describe('退款状态', () => {
  it.each(['SUCCESS', 'CLOSED'] as const)('%s is final: a late notice changes nothing', (from) => {
    expect(moves(from)).toEqual([])
    expect(step(refundTransitions, from, from).kind).toBe('same')
  })

  it('PROCESSING ends in each of the others', () => {
    expect(moves('PROCESSING')).toEqual(['SUCCESS', 'CLOSED', 'ABNORMAL'])
  })

  it('ABNORMAL is not the end: it is sent to another account', () => {
    expect(moves('ABNORMAL')).toEqual(['PROCESSING', 'SUCCESS', 'CLOSED'])
  })
})
