import { randomUUID } from 'node:crypto'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { broken, END_AT, PAID_AT, paid, paying, saidOf, TAKEN_AT } from '../../../testing/said-card.ts'
import { listCardGoals, listCardRewards } from '../repository.ts'
import { type CardState, cardStates, cardTransitions, isOpen, untakenCardStates } from '../states.ts'
import type { Card } from '../table.ts'
import { applyCard } from './apply-card.ts'

let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(() => {
  shop.alarms.length = 0
})

type Change = Partial<schema.Card>
const id32 = () => randomUUID().replaceAll('-', '')
const say = (card: Card, change: Change = {}) => saidOf(card, shop.offer.cardTemplateId, change)
const tell = (card: Card, change: Change = {}, proof: 'query' | 'notification' = 'query') =>
  applyCard(shop.ctx, { said: say(card, change), proof })

/** What WeChat Pay has a word for, and the word. */
const words = {
  ongoing: {},
  settling: { state: 'SETTLING', total_amount: 0 },
  finished: { state: 'FINISHED', total_amount: 0 },
  unfinished: broken(0),
  owing: paying(300),
} as const satisfies Partial<Record<CardState, Change>>
type Said = keyof typeof words
const told = Object.keys(words) as Said[]

/** A card that nobody has taken, as far as we know. */
async function untaken(state: 'preparing' | 'prepared' | 'refused' | 'lapsed' = 'prepared'): Promise<Card> {
  const { ctx, offer } = shop
  const { mchid, appid } = ctx.config
  const [id, now] = [randomUUID(), ctx.clock.now()]
  const isLive = state === 'preparing' || state === 'prepared'
  return ctx.db
    .insertInto('card')
    .values({
      ...{ id, template_id: offer.id, mchid, appid, out_card_code: id32(), asked_by: randomUUID(), request: '{}' },
      ...{ state, created_at: now, next_query_at: isLive ? new Date('2100-01-01') : null },
      ...(state === 'prepared' && { token: 'token', token_at: now }),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A card that came to this state by what WeChat Pay said. */
async function cardIn(state: CardState): Promise<Card> {
  if (state === 'preparing' || state === 'prepared' || state === 'refused' || state === 'lapsed') return untaken(state)
  const card = await untaken()
  await tell(card)
  if (state === 'paid') await tell(card, paid(300, id32()))
  else if (state !== 'ongoing') await tell(card, words[state])
  shop.alarms.length = 0
  return shop.row(card)
}

const pairs = cardStates.flatMap((from) => told.map((to) => [from, to] as const))
const mayMove = (from: CardState, to: CardState): boolean =>
  (cardTransitions[from] as readonly CardState[]).includes(to)
const isKept = (state: CardState) => state === 'finished'
const isBroken = (state: CardState) => ['unfinished', 'owing', 'paid'].includes(state)
const contradicts = (from: CardState, to: CardState) => (isKept(from) && isBroken(to)) || (isBroken(from) && isKept(to))

describe('every move', () => {
  test.each(pairs.filter(([from, to]) => mayMove(from, to)))('%s → %s is made', async (from, to) => {
    const card = await cardIn(from)
    expect(await tell(card, words[to])).toMatchObject({ kind: 'moved', card: { state: to } })
    const said = say(card)
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
      const card = await cardIn(from)
      expect(await tell(card, words[to])).toMatchObject({ kind: 'late' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(pairs.filter(([from, to]) => contradicts(from, to)))(
    '%s → %s is a contradiction: a kept promise is not broken, nor a broken one kept',
    async (from, to) => {
      const card = await cardIn(from)
      expect(await tell(card, words[to])).toMatchObject({ kind: 'refused' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarmsOf('card_mismatch')).toMatchObject([{ detail: { fields: ['state'] } }])
    },
  )

  test.each(told)('%s again changes nothing', async (state) => {
    const card = await cardIn(state)
    expect(await tell(card, words[state])).toMatchObject({ kind: 'same' })
    expect(await shop.row(card)).toEqual(card)
    expect(shop.alarms).toEqual([])
  })
})

describe('what is told is kept', () => {
  test('ids of goals and rewards, each as ours of that name', async () => {
    const card = await cardIn('ongoing')
    expect(await listCardGoals(shop.ctx.db, [card.id])).toMatchObject([{ name: '下单三次', number: 1, times: 3 }])
    expect(await listCardRewards(shop.ctx.db, [card.id])).toMatchObject([
      { name: '全场八折', number: 1, times: null, amount_fen: 20_000 },
    ])
  })

  test('what was enjoyed so far, while it is open; silence takes nothing back', async () => {
    const card = await cardIn('ongoing')
    await tell(card, { total_amount: 580 })
    await tell(card, {})
    expect(await shop.row(card)).toMatchObject({ state: 'ongoing', total_fen: 580 })
  })

  test('why it was not kept, also by a word that WeChat Pay adds tomorrow, or none', async () => {
    for (const [unfinished_reason, kept] of [
      ['EARLY_QUIT', 'EARLY_QUIT'],
      ['SOMETHING_NEW', 'SOMETHING_NEW'],
      [undefined, null],
    ] as const) {
      const card = await cardIn('ongoing')
      await tell(card, { ...paying(300), unfinished_reason })
      expect(await shop.row(card)).toMatchObject({ state: 'owing', unfinished_reason: kept })
    }
  })

  test('that it was not kept, and not yet what that costs: it is asked about until that is said', async () => {
    const [free, owed] = [await cardIn('ongoing'), await cardIn('ongoing')]
    for (const card of [free, owed]) {
      await tell(card, { ...broken(0), total_amount: undefined })
      expect(await shop.row(card)).toMatchObject({ state: 'unfinished', next_query_at: expect.any(Date) })
    }
    expect(await tell(free, broken(0))).toMatchObject({ kind: 'same' })
    expect(await shop.row(free)).toMatchObject({ state: 'unfinished', total_fen: 0, next_query_at: null })
    expect(await tell(owed, paying(300))).toMatchObject({ kind: 'moved' })
    expect(await shop.row(owed)).toMatchObject({ state: 'owing', total_fen: 300, next_query_at: null })
  })
})

describe('terms that are not as the shop has them', () => {
  const goals = (card: Card, change: object) => ({
    objectives: say(card).objectives.map((one) => ({ ...one, ...change })),
  })
  const rewards = (card: Card, change: object) => ({
    rewards: say(card).rewards.map((one) => ({ ...one, ...change })),
  })

  test.each([
    ['a count', (card: Card) => goals(card, { count: 4 }), ['下单三次']],
    ['a sum', (card: Card) => rewards(card, { amount: 100 }), ['全场八折']],
    ['a limit', (card: Card) => rewards(card, { count_type: 'COUNT_LIMIT', count: 2 }), ['全场八折']],
    ['a name', (card: Card) => goals(card, { name: '到店三次' }), ['下单三次', '到店三次']],
    ['none', () => ({ rewards: [] }), ['全场八折']],
  ])('%s: the card is taken as WeChat Pay has it, and a person hears of it', async (_, change, fields) => {
    await shop.advance(86_400)
    const [card, other] = [await untaken(), await untaken()]
    expect(await tell(card, change(card))).toMatchObject({ kind: 'moved' })
    expect(shop.alarmsOf('card_terms_differ')).toMatchObject([{ detail: { fields } }])
    const said = say(card, change(card))
    expect((await listCardGoals(shop.ctx.db, [card.id])).map(({ name, times }) => [name, times])).toEqual(
      said.objectives.map(({ name, count }) => [name, count]),
    )
    // Once a day, however many take it.
    await tell(other, change(other))
    expect(shop.alarms).toHaveLength(1)
  })

  test('whose name we do not have is none of ours', async () => {
    const card = await untaken()
    await tell(card, goals(card, { name: '到店三次' }))
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
      const card = await cardIn('ongoing')
      expect(await tell(card, { ...paying(300), ...change }, proof)).toMatchObject({ kind: 'refused' })
      expect(await shop.row(card)).toEqual(card)
      expect(shop.alarms.splice(0)).toMatchObject([{ kind: 'card_mismatch', detail: { fields: [field], proof } }])
    }
  })

  test('WeChat’s number of another card', async () => {
    const [card, other] = [await untaken(), await cardIn('ongoing')]
    expect(await tell(card, { card_id: other.card_id ?? '' })).toMatchObject({ kind: 'refused' })
    expect(shop.alarmsOf('card_mismatch')).toMatchObject([{ detail: { fields: ['cardIdOwner'] } }])
    expect(await shop.row(card)).toEqual(card)
  })

  test('a card, or a merchant, that is none of ours', async () => {
    const card = await untaken()
    for (const change of [{ out_card_code: 'nobody' }, { mchid: '1900000999' }]) {
      expect(await tell(card, change)).toMatchObject({ kind: 'refused' })
    }
    expect(shop.alarmsOf('unknown_card')).toHaveLength(2)
    expect(await shop.row(card)).toEqual(card)
  })

  test('a state that WeChat Pay adds tomorrow', async () => {
    const card = await cardIn('ongoing')
    expect(await tell(card, { state: 'FROZEN', total_amount: 999 })).toMatchObject({ kind: 'refused' })
    expect(await shop.row(card)).toEqual(card)
    expect(shop.alarmsOf('card_state_unknown')).toHaveLength(1)
  })
})

describe('what WeChat Pay collects', () => {
  test.each([...untakenCardStates, 'ongoing', 'settling', 'unfinished'] as const)(
    'of a card that is %s here is a charge, and settles as soon as it is paid',
    async (from) => {
      const card = await cardIn(from)
      const transactionId = id32()
      await tell(card, paying(300))
      expect(await shop.chargesOf(card)).toMatchObject([
        {
          ...{ source: 'discount-card', state: 'opened', amount_fen: 300, out_trade_no: card.out_card_code },
          ...{ openid: say(card).openid, description: '羽毛球先享卡' },
        },
      ])
      await tell(card, paid(300, transactionId))
      await tell(card, paid(300, transactionId))
      expect(await shop.row(card)).toMatchObject({ state: 'paid', paid_at: new Date(PAID_AT) })
      expect(await shop.chargesOf(card)).toMatchObject([{ state: 'succeeded', transaction_id: transactionId }])
      expect(await shop.collectedFen(card)).toBe(300)
    },
  )

  test('and has collected before we heard anything is booked at once', async () => {
    const card = await untaken()
    expect(await tell(card, paid(300, id32()))).toMatchObject({ kind: 'moved', card: { state: 'paid' } })
    expect(await shop.collectedFen(card)).toBe(300)
  })

  test('without its number or its time is not booked until both are said', async () => {
    for (const missing of ['transaction_id', 'pay_time'] as const) {
      const card = await cardIn('owing')
      const word = paid(300, id32())
      const pay_information = word.pay_information && { ...word.pay_information, [missing]: undefined }
      await tell(card, { ...word, ...(pay_information && { pay_information }) })
      expect(await shop.row(card)).toMatchObject({ state: 'owing' })
      expect(shop.alarms.splice(0)).toMatchObject([{ kind: 'evidence_incomplete' }])
      await tell(card, word)
      expect(await shop.row(card)).toMatchObject({ state: 'paid' })
    }
  })

  test('another sum than it said, or by another transaction, is not booked: a person hears of it', async () => {
    const [owing, settled] = [await cardIn('owing'), await cardIn('paid')]
    await tell(owing, paid(299, id32()))
    await tell(settled, paid(300, id32()))
    expect(shop.alarmsOf('evidence_mismatch').map(({ detail }) => detail.fields)).toEqual([
      ['amountFen'],
      ['transactionId'],
    ])
    expect([await shop.collectedFen(owing), await shop.collectedFen(settled)]).toEqual([0, 300])
  })

  test('from who has kept the promise: a person hears of it', async () => {
    const card = await cardIn('ongoing')
    await tell(card, { ...paying(300), state: 'FINISHED', unfinished_reason: undefined })
    expect(await shop.row(card)).toMatchObject({ state: 'finished' })
    expect(shop.alarmsOf('card_charged_though_kept')).toMatchObject([{ detail: { amountFen: 300 } }])
  })
})

describe('its sum', () => {
  test('that is not ours is collected as WeChat Pay says, and noted once', async () => {
    const card = await cardIn('ongoing')
    for (const word of [{ ...broken(300) }, paying(300), paying(300)]) await tell(card, word)
    expect(await shop.chargesOf(card)).toMatchObject([{ amount_fen: 300 }])
    expect(shop.alarmsOf('card_total_mismatch')).toMatchObject([{ detail: { ours: 0, theirs: 300 } }])
    const noted = shop.ctx.db.selectFrom('anomaly').selectAll().where('out_trade_no', '=', card.out_card_code)
    expect(await noted.execute()).toMatchObject([
      { kind: 'card_total_mismatch', detail: { ours: 0, theirs: 300 }, times: 1 },
    ])
  })

  test('what is collected counts, where it is not what was enjoyed', async () => {
    const card = await cardIn('ongoing')
    await tell(card, { ...paying(200), total_amount: 300 })
    expect(await shop.row(card)).toMatchObject({ state: 'owing', total_fen: 200 })
    expect(await shop.chargesOf(card)).toMatchObject([{ amount_fen: 200 }])
  })
})
