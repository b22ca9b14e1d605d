import { cards } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { cardWith, goalWith, recordWith } from '../../testing/cards.ts'
import type { HeldCard } from './card-of.ts'
import { cardSum, cardWords, quitWords } from './card-words.ts'

const statuses = [...cards.cardStatuses, 'unknown'] as const
const kept = [goalWith({ done: 3 })]
const hint = (members: Partial<HeldCard>) => cardWords(cardWith(members)).hint

/** Everything that a card may be, in each of its statuses. */
const variants = [false, true].flatMap((confirming) =>
  [0, 1200].flatMap((dueFen) =>
    [null, 'quit', 'expired', 'unknown'].flatMap((reason) =>
      [kept, [goalWith()]].map(
        (goals) => ({ confirming, dueFen, savedFen: dueFen, reason, goals }) as Partial<HeldCard>,
      ),
    ),
  ),
)
const every = statuses.flatMap((status) => variants.map((members) => cardWith({ ...members, status })))

test('every status of the contract has a word of its own', () => {
  const said = statuses.map((status) => cardWords(cardWith({ status })).title)
  expect(new Set(said).size).toBe(statuses.length)
})

test('whatever a card is, it has a title and says what comes next', () => {
  for (const card of every) {
    const words = cardWords(card)
    expect(words.title.length).toBeGreaterThan(2)
    expect(words.hint.length).toBeGreaterThan(4)
    expect(words.hint).not.toMatch(/undefined|null|NaN|。。|，，|，。|^[，。]|。$/)
  }
})

test('every sum is written as money, and none that is not the card’s', () => {
  for (const card of every)
    for (const text of [cardWords(card).hint, quitWords(card) ?? ''])
      for (const sum of text.match(/¥[\d.,]*\d|\d+ ?[元分]/g) ?? [])
        expect(sum).toBe(card.dueFen === 0 ? '¥0.00' : '¥12.00')
})

test('of a card that has to be confirmed nothing is said of money that moves, nor that none does', () => {
  for (const status of ['ongoing', 'settling', 'unfinished', 'owing'] as const)
    for (const text of [
      cardWords(cardWith({ status, confirming: true })).hint,
      quitWords(cardWith({ status, confirming: true })),
    ])
      expect(text ?? '').not.toMatch(/¥|不收钱|微信会自动|都归你/)
})

test.each(['sending', 'refused', 'unknown'] as const)(
  'a sum that WeChat has not been told (%s) is not called WeChat’s',
  (status) => {
    const records = [recordWith({ times: -1, amountFen: -1200, status })]
    for (const dueFen of [0, 1200])
      for (const open of ['ongoing', 'settling'] as const) {
        const card = cardWith({ status: open, records, dueFen })
        expect(cardWords(card).hint + (quitWords(card) ?? '')).not.toMatch(/¥|不收钱|没有要收回/)
      }
  },
)

test('money back that WeChat heard of too late is not called what was enjoyed', () => {
  const records = [recordWith({ times: -1, amountFen: -1200, status: 'too_late' })]
  for (const status of ['owing', 'paid'] as const)
    expect(hint({ status, records })).toMatch(/¥12.00，有的记录微信没有记上，有疑问请联系商家/)
})

test('no time is promised for what WeChat does in its own', () => {
  for (const card of every) expect(cardWords(card).hint).not.toMatch(/分钟|小时内|天内|马上|立刻|很快|工作日/)
})

test('what is over for good is said, also while WeChat is being asked', () => {
  for (const status of ['finished', 'paid', 'lapsed', 'failed', 'taken_by_other'] as const)
    expect(cardWords(cardWith({ status, confirming: true }))).toEqual(cardWords(cardWith({ status })))
})

test('a card that runs says until when, and what it costs not to keep it', () => {
  expect(hint({})).toMatch(/^11月28日 12:00 前做到约定，优惠都归你。没有做到.*到期后自动收回.*现在是 ¥12.00$/)
  expect(hint({ dueFen: 0 })).toMatch(/到期后自动收回享受过的优惠，现在没有要收回的$/)
})

test('a promise that is kept by our books is not called kept before WeChat says so', () => {
  for (const status of ['ongoing', 'settling'] as const)
    expect(hint({ status, goals: kept })).toMatch(/目标都做到了，等微信确认/)
})

test('a promise whose record WeChat refused is not called kept', () => {
  const records = [recordWith({ kind: 'goal', amountFen: null, status: 'refused' })]
  const card = cardWith({ goals: kept, records })
  expect(cardWords(card).hint + quitWords(card)).not.toContain('都做到了')
})

test('one without goals that this app knows is never kept', () => {
  expect(hint({ goals: [] })).not.toContain('都做到了')
})

test('after its time a card says what is collected if the promise was not kept, and that nothing is where nothing was enjoyed', () => {
  expect(hint({ status: 'settling' })).toContain('核对以后会自动收回优惠的 ¥12.00')
  expect(hint({ status: 'settling', dueFen: 0 })).toContain('不收钱')
})

test('who left is told so, and who was late', () => {
  expect(hint({ status: 'owing', reason: 'quit' })).toMatch(/^你提前退出了约定，微信会自动扣 ¥12.00/)
  expect(hint({ status: 'owing', reason: 'expired' })).toMatch(/^到期时约定没有做到/)
  expect(hint({ status: 'unfinished', dueFen: 0, reason: 'quit' })).toBe('你提前退出了约定。没有要收回的优惠，不收钱')
  expect(hint({ status: 'unfinished', reason: 'quit' })).toContain('微信还没有说收多少')
})

test('what was collected says how much and when; what went back of it changes the word', () => {
  const paid = { status: 'paid', reason: 'expired', paidAt: '2026-11-29T12:00:05+08:00' } as const
  expect(cardWords(cardWith(paid))).toMatchObject({
    title: '优惠已收回',
    hint: '到期时约定没有做到。11月29日 12:00 微信扣了 ¥12.00，就是享受过的优惠',
  })
  expect(cardWords(cardWith({ ...paid, refundedFen: 500 }))).toMatchObject({
    title: '部分退款',
    hint: expect.stringContaining('退回了 ¥5.00'),
  })
  expect(cardWords(cardWith({ ...paid, refundedFen: 1200 }))).toMatchObject({
    title: '已退款',
    hint: expect.stringContaining('都退回了'),
  })
})

test('the sum in a list is what was saved, until it is taken back', () => {
  const saved = { label: '已优惠', fen: 1200 }
  for (const status of ['ongoing', 'settling', 'finished'] as const)
    expect(cardSum(cardWith({ status }))).toEqual(saved)
  for (const status of ['owing', 'unfinished'] as const)
    expect(cardSum(cardWith({ status }))).toEqual({ label: '要收回', fen: 1200 })
  expect(cardSum(cardWith({ status: 'unfinished', dueFen: 0 }))).toEqual(saved)
  expect(cardSum(cardWith({ status: 'paid' }))).toEqual({ label: '已扣', fen: 1200 })
})

test('what leaving costs is said before it, and only where a card can be left', () => {
  expect(quitWords(cardWith())).toMatch(/在微信的先享卡页面里办.*自动扣 ¥12.00.*不能恢复/)
  expect(quitWords(cardWith({ dueFen: 0 }))).toContain('现在退出不收钱')
  expect(quitWords(cardWith({ goals: kept }))).toMatch(/^目标都做到了，不用退出。/)
  expect(statuses.filter((status) => quitWords(cardWith({ status })))).toEqual(['ongoing'])
})
