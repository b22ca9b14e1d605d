import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { broken, PAID_AT, paid, paying } from '../../../testing/said-card.ts'
import { id32, tellingCards } from '../../../testing/told-cards.ts'
import { untakenCardStates } from '../states.ts'

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

describe('what WeChat Pay collects', () => {
  test.each([...untakenCardStates, 'ongoing', 'settling', 'unfinished'] as const)(
    'of a card that is %s here is a charge, and settles as soon as it is paid',
    async (from) => {
      const card = await cards.cardIn(from)
      const transactionId = id32()
      await cards.tell(card, paying(300))
      expect(await shop.chargesOf(card)).toMatchObject([
        {
          ...{ source: 'discount-card', state: 'opened', amount_fen: 300, out_trade_no: card.out_card_code },
          ...{ openid: cards.say(card).openid, description: '羽毛球先享卡' },
        },
      ])
      await cards.tell(card, paid(300, transactionId))
      await cards.tell(card, paid(300, transactionId))
      expect(await shop.row(card)).toMatchObject({ state: 'paid', paid_at: new Date(PAID_AT) })
      expect(await shop.chargesOf(card)).toMatchObject([{ state: 'succeeded', transaction_id: transactionId }])
      expect(await shop.collectedFen(card)).toBe(300)
    },
  )

  test('and has collected before we heard anything is booked at once', async () => {
    const card = await cards.untaken()
    expect(await cards.tell(card, paid(300, id32()))).toMatchObject({ kind: 'moved', card: { state: 'paid' } })
    expect(await shop.collectedFen(card)).toBe(300)
  })

  test('without its number or its time is not booked until both are said', async () => {
    for (const missing of ['transaction_id', 'pay_time'] as const) {
      const card = await cards.cardIn('owing')
      const word = paid(300, id32())
      const pay_information = word.pay_information && { ...word.pay_information, [missing]: undefined }
      await cards.tell(card, { ...word, ...(pay_information && { pay_information }) })
      expect(await shop.row(card)).toMatchObject({ state: 'owing' })
      expect(shop.alarms.splice(0)).toMatchObject([{ kind: 'evidence_incomplete' }])
      await cards.tell(card, word)
      expect(await shop.row(card)).toMatchObject({ state: 'paid' })
    }
  })

  test('another sum than it said, or by another transaction, is not booked: a person hears of it', async () => {
    const [owing, settled] = [await cards.cardIn('owing'), await cards.cardIn('paid')]
    await cards.tell(owing, paid(299, id32()))
    await cards.tell(settled, paid(300, id32()))
    expect(shop.alarmsOf('evidence_mismatch').map(({ detail }) => detail.fields)).toEqual([
      ['amountFen'],
      ['transactionId'],
    ])
    expect([await shop.collectedFen(owing), await shop.collectedFen(settled)]).toEqual([0, 300])
  })

  test('by a transaction that paid something else is not booked: a person hears of it', async () => {
    const [owing, settled, transactionId] = [await cards.cardIn('owing'), await cards.cardIn('owing'), id32()]
    await cards.tell(settled, paid(300, transactionId))
    await cards.tell(owing, paid(300, transactionId))
    expect(shop.alarmsOf('evidence_mismatch').map(({ detail }) => detail.fields)).toEqual([['transactionHolder']])
    expect([await shop.collectedFen(owing), await shop.row(owing)]).toMatchObject([0, { state: 'owing' }])
  })

  test('from who has kept the promise: a person hears of it', async () => {
    const card = await cards.cardIn('ongoing')
    await cards.tell(card, { ...paying(300), state: 'FINISHED', unfinished_reason: undefined })
    expect(await shop.row(card)).toMatchObject({ state: 'finished' })
    expect(shop.alarmsOf('card_charged_though_kept')).toMatchObject([{ detail: { amountFen: 300 } }])
  })
})

describe('its sum', () => {
  test('that is not ours is collected as WeChat Pay says, and noted once', async () => {
    const card = await cards.cardIn('ongoing')
    for (const word of [{ ...broken(300) }, paying(300), paying(300)]) await cards.tell(card, word)
    expect(await shop.chargesOf(card)).toMatchObject([{ amount_fen: 300 }])
    expect(shop.alarmsOf('card_total_mismatch')).toMatchObject([{ detail: { ours: 0, theirs: 300 } }])
    const noted = shop.ctx.db.selectFrom('anomaly').selectAll().where('out_trade_no', '=', card.out_card_code)
    expect(await noted.execute()).toMatchObject([
      { kind: 'card_total_mismatch', detail: { ours: 0, theirs: 300 }, times: 1 },
    ])
  })

  test('what is collected counts, where it is not what was enjoyed', async () => {
    const card = await cards.cardIn('ongoing')
    await cards.tell(card, { ...paying(200), total_amount: 300 })
    expect(await shop.row(card)).toMatchObject({ state: 'owing', total_fen: 200 })
    expect(await shop.chargesOf(card)).toMatchObject([{ amount_fen: 200 }])
  })
})
