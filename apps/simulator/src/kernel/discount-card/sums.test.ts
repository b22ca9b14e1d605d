import { expect, test } from 'vitest'
import type { StoredCard } from './stored.ts'
import { completedCount, isKept, totalFen, usedCount, usedFen } from './sums.ts'

const goal = (objectiveId: string, count: number) => ({ objectiveId, name: '', count, unit: '次', description: null })
const done = (objectiveId: string, count: number, type: 'INCREASE' | 'DECREASE' = 'INCREASE') => ({
  serialNo: '',
  objectiveId,
  time: '',
  type,
  description: '',
  count,
  remark: null,
})
const used = (rewardId: string, count: number, amountFen: number, type: 'INCREASE' | 'DECREASE' = 'INCREASE') => ({
  serialNo: '',
  rewardId,
  time: '',
  type,
  description: '',
  count,
  amountFen,
  remark: null,
})

const sums = { objectives: [goal('a', 3), goal('b', 1)] } as const
const withRecords = (completions: StoredCard['completions'], usages: StoredCard['usages'] = []) =>
  ({ ...sums, completions, usages }) as unknown as StoredCard

test('what was done counts goal by goal, less what was undone', () => {
  const card = withRecords([done('a', 2), done('b', 1), done('a', 1, 'DECREASE'), done('a', 4)])
  expect([completedCount(card, 'a'), completedCount(card, 'b'), completedCount(card, 'c')]).toEqual([5, 1, 0])
})

test('what was enjoyed counts reward by reward, in times and in fen, and in all', () => {
  const card = withRecords([], [used('r', 1, 500), used('s', 2, 70), used('r', 1, 200, 'DECREASE')])
  expect([usedCount(card, 'r'), usedFen(card, 'r'), usedCount(card, 's'), usedFen(card, 's')]).toEqual([0, 300, 2, 70])
  expect(totalFen(card)).toBe(370)
})

test('a promise is kept when every goal is reached, not when one is by far', () => {
  expect(isKept(withRecords([done('a', 9)]))).toBe(false)
  expect(isKept(withRecords([done('a', 2), done('b', 1)]))).toBe(false)
  expect(isKept(withRecords([done('a', 3), done('b', 1)]))).toBe(true)
  expect(isKept(withRecords([done('a', 3), done('b', 1), done('a', 1, 'DECREASE')]))).toBe(false)
})
