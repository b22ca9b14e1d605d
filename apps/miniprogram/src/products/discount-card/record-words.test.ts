import { cards } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { recordWith } from '../../testing/cards.ts'
import { changeOf, recordWords, spokenChange, statusWords } from './record-words.ts'

test('what was enjoyed, and what was taken back of it, stand there with their signs', () => {
  const back = recordWith({ times: -1, amountFen: -1200 })
  expect([recordWords(recordWith()), changeOf(recordWith()), spokenChange(recordWith())]).toEqual([
    '享受优惠',
    '+¥12.00',
    '12元',
  ])
  expect([recordWords(back), changeOf(back)]).toEqual(['退款，减掉', '−¥12.00'])
})

test('what was done, and what was undone', () => {
  const done = recordWith({ kind: 'goal', times: 2, amountFen: null })
  const undone = { ...done, times: -2 }
  expect([recordWords(done), changeOf(done), spokenChange(done)]).toEqual(['做到', '+2', ' 2 次'])
  expect([recordWords(undone), changeOf(undone)]).toEqual(['退款或撤销，减掉', '−2'])
})

test('a record of a kind that this version does not understand promises nothing', () => {
  expect(recordWords(recordWith({ kind: 'unknown' }))).toContain('更新小程序')
})

test('only a record that WeChat has says nothing more', () => {
  const statuses = cards.CardRecord.entries.status.options
  const told = statuses.map((status) => statusWords({ status }))
  expect(new Set(told).size).toBe(statuses.length)
  expect(statuses.filter((status) => statusWords({ status }) === '')).toEqual(['recorded'])
  for (const status of ['refused', 'too_late'] as const) expect(statusWords({ status })).toContain('联系商家')
})
