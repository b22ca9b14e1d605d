import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { broken, END_AT, paying, TAKEN_AT } from '../../../testing/said-card.ts'
import { tellingCards, words } from '../../../testing/told-cards.ts'
import { listCardGoals, listCardRewards } from '../repository.ts'
import { type CardState, cardStates, cardTransitions, isOpen } from '../states.ts'
import type { Card } from '../table.ts'
import { getMerchantCard } from './merchant-get.ts'

let shop: CardShop
let cards: ReturnType<typeof tellingCards>
beforeAll(async () => {
  shop = await openCardShop()
  cards = tellingCards(shop)
}, 120_000)
afterAll(() => shop?.close())
afterEach(() => {
  shop.alarms.length = 0
})

type Change = Partial<schema.Card>
const told = Object.keys(words) as (keyof typeof words)[]
const pairs = cardStates.flatMap((from) => told.map((to) => [from, to] as const))
const mayMove = (from: CardState, to: CardState): boolean =>
  (cardTransitions[from] as readonly CardState[]).includes(to)
const isKept = (state: CardState) => state === 'finished'
const isBroken = (state: CardState) => ['unfinished', 'owing', 'paid'].includes(state)
const contradicts = (from: CardState, to: CardState) => (isKept(from) && isBroken(to)) || (isBroken(from) && isKept(to))

describe('every move', () => {
  test.each(pairs.filter(([from, to]) => mayMove(from, to)))('%s → %s is made', async (from, to) => {
    const card = await cards.cardIn(from)
    expect(await cards.tell(card, words[to])).toMatchObject({ kind: 'moved', card: { state: to } })
    const said = cards.say(card)
    expect(await shop.row(card)).toMatchObject({
      ...{ state: to, openid: said.openid, card_id: said.card_id, taken_at: new Date(TAKEN_AT) },
      ...{ begin_at: new Date(TAKEN_AT), end_at: new Date(END_AT), unconfirmed: false, problem: null },
      ended_at: isOpen(to) ? null : expect.any(Date),
      unfinished_reason: isBroken(to) ? 'DUE_TO_QUIT' : null,
      next_query_at: isOpen(to) ? expect.any(Date) : null,
    })
    expect(await listCardGoals(shop.ctx.db, [card.id])).toHaveLength(1)
    expect(await listCardRewards(shop.ctx.db, [card.id])).toHaveLength(1)
  })

  test.each(pairs.filter(([from, to]) => from !== to && !mayMove(from, to) && !contradicts(from, to)))(
    '%s → %s is none: it comes late and changes nothing',
    async (from, to) => {
      const card = await cards.cardIn(from)
      expect(await cards.tell(card, words[to])).toMatchObject({ kind: 'late' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(pairs.filter(([from, to]) => contradicts(from, to)))(
    '%s → %s is a contradiction: a kept promise is not broken, nor a broken one kept',
    async (from, to) => {
      const card = await cards.cardIn(from)
      expect(await cards.tell(card, words[to])).toMatchObject({ kind: 'refused' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarmsOf('card_mismatch')).toMatchObject([{ detail: { fields: ['state'] } }])
    },
  )

  test.each(told)('%s again changes nothing', async (state) => {
    const card = await cards.cardIn(state)
    expect(await cards.tell(card, words[state])).toMatchObject({ kind: 'same' })
    expect(await shop.row(card)).toEqual(card)
    expect(shop.alarms).toEqual([])
  })
})

describe('what is told is kept', () => {
  test('ids of goals and rewards, each as ours of that name', async () => {
    const card = await cards.cardIn('ongoing')
    expect(await listCardGoals(shop.ctx.db, [card.id])).toMatchObject([{ name: '下单三次', number: 1, times: 3 }])
    expect(await listCardRewards(shop.ctx.db, [card.id])).toMatchObject([
      { name: '全场八折', number: 1, times: null, amount_fen: 20_000 },
    ])
  })

  test('what was enjoyed so far, while it is open; silence takes nothing back', async () => {
    const card = await cards.cardIn('ongoing')
    await cards.tell(card, { total_amount: 580 })
    await cards.tell(card, {})
    expect(await shop.row(card)).toMatchObject({ state: 'ongoing', total_fen: 580 })
  })

  test('why it was not kept, also by a word that WeChat Pay adds tomorrow, or none', async () => {
    for (const [unfinished_reason, kept] of [
      ['EARLY_QUIT', 'EARLY_QUIT'],
      ['SOMETHING_NEW', 'SOMETHING_NEW'],
      [undefined, null],
    ] as const) {
      const card = await cards.cardIn('ongoing')
      await cards.tell(card, { ...paying(300), unfinished_reason })
      expect(await shop.row(card)).toMatchObject({ state: 'owing', unfinished_reason: kept })
    }
  })

  test('that it was not kept, and not yet what that costs: it is asked about until that is said', async () => {
    const [free, owed] = [await cards.cardIn('ongoing'), await cards.cardIn('ongoing')]
    for (const card of [free, owed]) {
      await cards.tell(card, { ...broken(0), total_amount: undefined })
      expect(await shop.row(card)).toMatchObject({ state: 'unfinished', next_query_at: expect.any(Date) })
      expect(await getMerchantCard(shop.lin, card)).toMatchObject({ status: 'unfinished', confirming: true })
    }
    expect(await cards.tell(free, broken(0))).toMatchObject({ kind: 'same' })
    expect(await shop.row(free)).toMatchObject({ state: 'unfinished', total_fen: 0, next_query_at: null })
    // It is said to cost something after all.
    expect(await cards.tell(free, broken(300))).toMatchObject({ kind: 'same' })
    expect(await shop.row(free)).toMatchObject({ total_fen: 300, next_query_at: expect.any(Date) })
    expect(await cards.tell(owed, paying(300))).toMatchObject({ kind: 'moved' })
    expect(await shop.row(owed)).toMatchObject({ state: 'owing', total_fen: 300, next_query_at: null })
  })
})

describe('terms that are not as the shop has them', () => {
  const goals = (card: Card, change: object) => ({
    objectives: cards.say(card).objectives.map((one) => ({ ...one, ...change })),
  })
  const rewards = (card: Card, change: object) => ({
    rewards: cards.say(card).rewards.map((one) => ({ ...one, ...change })),
  })

  test.each([
    ['a count', (card: Card) => goals(card, { count: 4 }), ['下单三次']],
    ['a sum', (card: Card) => rewards(card, { amount: 100 }), ['全场八折']],
    ['a limit', (card: Card) => rewards(card, { count_type: 'COUNT_LIMIT', count: 2 }), ['全场八折']],
    ['a name', (card: Card) => goals(card, { name: '到店三次' }), ['下单三次', '到店三次']],
    ['none', () => ({ rewards: [] }), ['全场八折']],
  ])('%s: the card is taken as WeChat Pay has it, and a person hears of it', async (_, change, fields) => {
    await shop.advance(86_400)
    const [card, other] = [await cards.untaken(), await cards.untaken()]
    expect(await cards.tell(card, change(card))).toMatchObject({ kind: 'moved' })
    expect(shop.alarmsOf('card_terms_differ')).toMatchObject([{ detail: { fields } }])
    const said = cards.say(card, change(card))
    expect((await listCardGoals(shop.ctx.db, [card.id])).map(({ name, times }) => [name, times])).toEqual(
      said.objectives.map(({ name, count }) => [name, count]),
    )
    // Once a day, however many take it.
    await cards.tell(other, change(other))
    expect(shop.alarms).toHaveLength(1)
  })

  test('whose name we do not have is none of ours', async () => {
    const card = await cards.untaken()
    await cards.tell(card, goals(card, { name: '到店三次' }))
    expect(await listCardGoals(shop.ctx.db, [card.id])).toMatchObject([{ name: '到店三次', number: null }])
  })
})

describe('what contradicts our record changes nothing, and a person hears of it', () => {
  const changes: readonly (readonly [field: string, change: Change])[] = [
    ['appid', { appid: 'wx0000000000000009' }],
    ['cardTemplateId', { card_template_id: 'another' }],
    ['openid', { openid: 'oSomebodyElse' }],
    ['cardId', { card_id: 'another' }],
  ]

  test.each(changes)('%s', async (field, change) => {
    for (const proof of ['query', 'notification'] as const) {
      const card = await cards.cardIn('ongoing')
      expect(await cards.tell(card, { ...paying(300), ...change }, proof)).toMatchObject({ kind: 'refused' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarms.splice(0)).toMatchObject([{ kind: 'card_mismatch', detail: { fields: [field], proof } }])
    }
  })

  test('WeChat’s number of another card', async () => {
    const [card, other] = [await cards.untaken(), await cards.cardIn('ongoing')]
    expect(await cards.tell(card, { card_id: other.card_id ?? '' })).toMatchObject({ kind: 'refused' })
    expect(shop.alarmsOf('card_mismatch')).toMatchObject([{ detail: { fields: ['cardIdOwner'] } }])
    expect(await shop.row(card)).toEqual(card)
  })

  test('a card, or a merchant, that is none of ours', async () => {
    const card = await cards.untaken()
    for (const change of [{ out_card_code: 'nobody' }, { mchid: '1900000999' }]) {
      expect(await cards.tell(card, change)).toMatchObject({ kind: 'refused' })
    }
    expect(shop.alarmsOf('unknown_card')).toHaveLength(2)
    expect(await shop.row(card)).toEqual(card)
  })

  test('a state that WeChat Pay adds tomorrow', async () => {
    const card = await cards.cardIn('ongoing')
    expect(await cards.tell(card, { state: 'FROZEN', total_amount: 999 })).toMatchObject({ kind: 'refused' })
    expect(await shop.row(card)).toEqual(card)
    expect(shop.alarmsOf('card_state_unknown')).toHaveLength(1)
  })
})
