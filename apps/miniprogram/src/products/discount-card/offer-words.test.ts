import { expect, test } from 'vitest'
import { goalWith, rewardWith } from '../../testing/cards.ts'
import { enjoyWords, foldWords, mostFen, promiseWords, termsOf } from './offer-words.ts'

test.each([
  [20, '八折'],
  [25, '七五折'],
  [5, '九五折'],
  [1, '九九折'],
  [50, '五折'],
  [90, '一折'],
  [91, '0.9 折'],
  [99, '0.1 折'],
])('%i %% off is written %s', (percentOff, words) => {
  expect(foldWords(percentOff)).toBe(words)
})

test('what is enjoyed says of what, how much less, and how much at most', () => {
  expect(enjoyWords(rewardWith({ goods: null, amountFen: 20_000 }))).toBe('全场八折，最多省 ¥200.00')
  expect(enjoyWords(rewardWith({ goods: ['泳镜', '泳帽'], times: 5 }))).toBe('泳镜、泳帽八折，最多省 ¥50.00，最多 5 次')
})

test('what is promised says how long, what and how often', () => {
  const offer = { durationDays: 30 }
  expect(promiseWords(offer, goalWith({ goods: null }))).toBe('30 天内下单 3 次')
  expect(promiseWords(offer, goalWith({ counts: 'uses', goods: ['游泳票'] }))).toBe('30 天内到店使用游泳票 3 次')
  expect(promiseWords(offer, goalWith({ counts: 'unknown', name: '签到' }))).toBe('30 天内签到 3 次')
})

test('the price of breaking the promise is said once, plainly, with the most that it can be', () => {
  const rewards = [rewardWith({ amountFen: 20_000 }), rewardWith({ name: '送水', amountFen: 500 })]
  expect(mostFen({ rewards })).toBe(20_500)
  const [price, ...others] = termsOf({ durationDays: 30, goals: [goalWith()], rewards }).filter(
    ({ isPrice }) => isPrice,
  )
  expect(others).toEqual([])
  expect(price?.words).toBe('微信会把已经省下的钱收回去，最多 ¥205.00。没有享受过优惠，就不收。')
})
