import { expect, test } from 'vitest'
import { goalWith, rewardWith } from '../../testing/cards.ts'
import {
  countWords,
  leftWords,
  missingWords,
  percentOf,
  progressOf,
  rewardWords,
  spokenProgress,
} from './progress-words.ts'

const running = { endedAt: null }

test('how much of a goal is done, for the eye and the ear', () => {
  const goal = goalWith({ done: 1 })
  expect([progressOf(goal), missingWords(goal, running), percentOf(goal)]).toEqual(['1/3 次', '还差 2 次', 33])
  expect(spokenProgress(goal)).toBe('一周打三次球，要 3 次，做到了 1 次')
})

test('more than was promised is kept all the same, and fills the bar once', () => {
  const goal = goalWith({ done: 5 })
  expect([progressOf(goal), missingWords(goal, running), percentOf(goal)]).toEqual(['5/3 次', '做到了', 100])
})

test('what was missing in the end can no longer be done', () => {
  expect(missingWords(goalWith({ done: 1 }), { endedAt: '2026-11-28T12:00:00+08:00' })).toBe('差了 2 次')
})

test('nothing is done less than never', () => {
  const goal = goalWith({ done: -1 })
  expect([progressOf(goal), missingWords(goal, running), percentOf(goal)]).toEqual(['0/3 次', '还差 3 次', 0])
})

test('what counts is said, of orders and of uses, of all goods and of some', () => {
  expect(countWords(goalWith({ goods: null }))).toBe('每付一笔订单算一次，全额退款的不算')
  expect(countWords(goalWith({ counts: 'uses', goods: ['羽毛球场 1 小时', '球拍'] }))).toBe(
    '到店每用一次算一次，全额退款的不算。只算羽毛球场 1 小时、球拍',
  )
  expect(countWords(goalWith({ counts: 'unknown', goods: null }))).toContain('更新小程序')
})

test('what a reward takes off, and what is left of it', () => {
  expect(rewardWords(rewardWith())).toBe('羽毛球场 1 小时减 20%')
  expect(rewardWords(rewardWith({ goods: null }))).toBe('全部商品减 20%')
  expect(rewardWords(rewardWith({ goods: null, percentOff: 0 }))).toBe('以微信的先享卡页面为准')
  expect(leftWords(rewardWith({ usedFen: 1200 }))).toBe('最多还可优惠 ¥38.00')
  expect(leftWords(rewardWith({ usedFen: 1200, used: 1, times: 4 }))).toBe('最多还可优惠 ¥38.00，3 次')
})

test('a reward is used up by its sum or by its times', () => {
  expect(leftWords(rewardWith({ usedFen: 5000 }))).toBe('用完了')
  expect(leftWords(rewardWith({ used: 4, times: 4 }))).toBe('用完了')
})
