import { describe, expect, test } from 'vitest'
import { missing, type Told } from './missing.ts'
import { enjoyedFen, type Truth } from './truth.ts'

const now = new Date('2026-11-21T10:00:00Z')
const paidAt = new Date('2026-11-20T10:00:00Z')
const truth = (kind: Truth['kind'], times: number, fen = 0, orderId = 'a'): Truth => ({
  ...{ orderId, kind, of: kind === 'goal' ? 'g' : 'r', times, fen, happenedAt: paidAt },
})
const told = (of: 'g' | 'r', times: number, fen = 0, orderId = 'a'): Told => ({ orderId, of, times, fen })
const brief = (truths: readonly Truth[], before: readonly Told[]) =>
  missing(truths, before, now).map(({ orderId, of, direction, times, fen }) =>
    [orderId, of, direction === 'INCREASE' ? '+' : '-', times, fen ?? '·'].join(' '),
  )

describe('what has to be told', () => {
  test.each([
    ['nothing of nothing', [truth('goal', 0), truth('reward', 0)], [], []],
    ['nothing of what was told', [truth('goal', 2), truth('reward', 1, 5)], [told('g', 2), told('r', 1, 5)], []],
    ['all that is new, rewards first', [truth('goal', 2), truth('reward', 1, 5)], [], ['a r + 1 5', 'a g + 2 ·']],
    ['the difference of a goal', [truth('goal', 1)], [told('g', 3)], ['a g - 2 ·']],
    ['a smaller sum by taking all back', [truth('reward', 1, 3)], [told('r', 1, 5)], ['a r - 1 5', 'a r + 1 3']],
    ['nothing left by taking all back', [truth('reward', 0)], [told('r', 1, 5)], ['a r - 1 5']],
    ['each order by itself', [truth('reward', 1, 5, 'b')], [told('r', 1, 5)], ['b r + 1 5']],
  ])('%s', (_, truths, before, changes) => {
    expect(brief(truths, before)).toEqual(changes)
  })

  test('what is taken back comes before what is added, whosever it is', () => {
    const truths = [truth('goal', 1), truth('reward', 1, 5), truth('goal', 0, 0, 'b'), truth('reward', 0, 0, 'b')]
    expect(brief(truths, [told('g', 1, 0, 'b'), told('r', 1, 7, 'b')])).toEqual([
      ...['b r - 1 7', 'a r + 1 5', 'b g - 1 ·', 'a g + 1 ·'],
    ])
  })

  test('what is added happened when it did, what is taken back happens now', () => {
    const [back, rest] = missing([truth('reward', 1, 3)], [told('r', 1, 5)], now)
    expect([back?.happenedAt, rest?.happenedAt]).toEqual([now, paidAt])
  })
})

describe('what stays enjoyed of a discount', () => {
  test.each([
    [580, 5220, 0, 580],
    [580, 5220, 2610, 290],
    [580, 5220, 1, 580],
    [580, 5220, 9, 579],
    [580, 5220, 5219, 1],
    [580, 5220, 5220, 0],
    [1, 1, 1, 0],
    [99, 1, 0, 99],
    [9_000_000_000_000, 9_007_199_254_740_991, 9_007_199_254_740_990, 1],
  ])('of %i fen, with %i paid and %i back: %i', (discountFen, paidFen, refundedFen, fen) => {
    expect(enjoyedFen(discountFen, { paidFen, refundedFen })).toBe(fen)
  })
})
