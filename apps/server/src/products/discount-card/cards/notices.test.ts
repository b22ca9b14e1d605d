import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CardLetters, openCardLetters } from '../../../testing/card-letters.ts'
import { CARDS } from '../../../testing/card-shop.ts'
import { onNotification } from '../on-notification.ts'

/** Nobody sweeps here but where it is said: notifications are the only net. */
let post: CardLetters
let shop: CardLetters['shop']
beforeAll(async () => {
  post = await openCardLetters()
  shop = post.shop
}, 120_000)
afterAll(() => post?.close())
afterEach(() => post.tidy())

describe('用户领卡通知 alone', () => {
  test('says whose it is, with its terms and its times', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    expect(await shop.deliver(await post.letters(asker, 'discountCard.userAccepted'))).toEqual(['processed'])
    const { cardId, endAt } = await shop.atWechat(asker)
    expect(await shop.row(asker)).toMatchObject({
      ...{ state: 'ongoing', openid: asker.shopper.actor.openid, card_id: cardId },
    })
    const { end_at } = await shop.row(asker)
    expect(Math.abs((end_at?.getTime() ?? 0) - new Date(endAt).getTime())).toBeLessThan(1000)
    expect(shop.alarms).toEqual([])
  })

  test('twenty times at once, and again later, it has its effect once', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    const many = await post.letters(asker, 'discountCard.userAccepted')
    const results = await Promise.all(Array.from({ length: 20 }, () => shop.deliver(many)))
    expect(new Set(results.flat())).toEqual(new Set(['processed']))
    const row = await shop.row(asker)
    await shop.deliver(many)
    expect(await shop.row(asker)).toEqual(row)
    expect(shop.alarms).toEqual([])
  })

  test('before the answer that brought the token', async () => {
    const shopper = shop.newShopper()
    const fault = { match: { method: 'POST', path: CARDS }, kind: 'reset-after-effect', count: 1 }
    await shop.simulated.faults(fault)
    await expect(shop.asker(shop.offer, shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    const [row] = await shop.rowsOf(shopper)
    if (!row) return expect.unreachable()
    await shop.take({ shopper, id: row.id })
    expect(await shop.deliver(await post.letters({ shopper, id: row.id }, 'discountCard.userAccepted'))).toEqual([
      'processed',
    ])
    await expect(shop.asker(shop.offer, shopper)).rejects.toMatchObject({ code: 'CARD_ALREADY_TAKEN' })
  })
})

describe('all three', () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
    [2],
    [1, 2],
    [0, 2],
    [1],
    [2, 2, 1, 1, 0, 0],
  ] as const

  test.each(['0,1', '1,0', '1', '1,1,0,0'])(
    'without money there are two: in the order %s they end alike',
    async (order) => {
      const asker = await shop.asker()
      await shop.take(asker)
      await shop.act(asker, 'quit')
      const found = await post.letters(asker, 'discountCard.userAccepted', 'discountCard.agreementEnded')
      for (const i of order.split(',')) {
        const letter = found[Number(i)]
        expect(await shop.deliver(letter ? [letter] : [])).toEqual(['processed'])
      }
      expect(await shop.row(asker)).toMatchObject({
        ...{ state: 'unfinished', unfinished_reason: 'EARLY_QUIT', total_fen: 0, next_query_at: null },
        openid: asker.shopper.actor.openid,
      })
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(orders.map((order) => [order.join(), order] as const))(
    'in the order %s, with money: it is collected once, and ours',
    async (_, order) => {
      const { asker, fen, letters: found } = await post.brokenCard()
      expect(fen).toBeGreaterThan(0)
      for (const i of order) {
        const letter = found[i]
        expect(await shop.deliver(letter ? [letter] : [])).toEqual(['processed'])
      }
      await shop.query(asker)
      expect(await shop.row(asker)).toMatchObject({ state: 'paid', total_fen: fen, unfinished_reason: 'EARLY_QUIT' })
      expect(await shop.chargesOf(asker)).toMatchObject([{ state: 'succeeded', amount_fen: fen }])
      expect(await shop.collectedFen(asker)).toBe(fen)
      expect(shop.alarms).toEqual([])
    },
  )

  test('of ten cards at once, twice each, backwards: all is booked once', async () => {
    const all = []
    for (let i = 0; i < 10; i++) all.push(await post.brokenCard())
    const mixed = all.flatMap(({ letters: found }) => [...found, ...found]).reverse()
    await Promise.all(mixed.map((letter) => shop.deliver([letter])))
    for (const { asker, fen } of all) {
      expect(await shop.row(asker)).toMatchObject({ state: 'paid', total_fen: fen })
      expect(await shop.collectedFen(asker)).toBe(fen)
    }
    expect(shop.alarms).toEqual([])
  })
})

describe('扣费状态变化通知', () => {
  test('that comes first, of a card of which we know nothing: the answer of the query counts', async () => {
    const { asker, fen, letters: found } = await post.brokenCard()
    await shop.deliver(found.slice(2))
    expect(await shop.row(asker)).toMatchObject({ state: 'paid', card_id: (await shop.atWechat(asker)).cardId })
    expect(await shop.collectedFen(asker)).toBe(fen)
  })

  test('and WeChat Pay cannot be asked: the inbox brings it again', async () => {
    const { asker, letters: found } = await post.brokenCard()
    const fault = { match: { path: `${CARDS}/*` }, kind: 'error-before-effect', count: 9 }
    await shop.simulated.faults(fault)
    await expect(shop.deliver(found.slice(2))).rejects.toThrow('not confirmed')
    expect(await shop.row(asker)).toMatchObject({ state: 'ongoing' })
    await shop.simulated.faults()
    expect(await shop.deliver(found.slice(2))).toEqual(['processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'paid' })
  })

  test('of a card that owes needs no question: it says itself what was collected', async () => {
    const asker = await shop.holder()
    await shop.enjoy(asker)
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'fails' })
    await shop.act(asker, 'quit')
    await shop.query(asker)
    expect(await shop.row(asker)).toMatchObject({ state: 'owing' })
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'succeeds' })
    await shop.act(asker, 'deduct', { result: 'succeed' })
    const found = await post.letters(asker, 'discountCard.userPaid')
    await shop.simulated.faults({ match: { path: `${CARDS}/*` }, kind: 'error-before-effect', count: 9 })
    expect(await shop.deliver(found)).toEqual(['processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'paid' })
  })

  test('while it is still being collected: the card owes', async () => {
    await shop.simulated.call('PUT', '/switches', { cardPaidNotices: 'paying-too', cardDeduction: 'fails' })
    const asker = await shop.holder()
    await shop.enjoy(asker)
    await shop.act(asker, 'quit')
    expect(await shop.deliver(await post.letters(asker, 'discountCard.userPaid'))).toEqual(['processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'owing' })
    expect(await shop.collectedFen(asker)).toBe(0)
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'succeeds' })
  })

  test('of a kept promise, as some say it comes: nothing is due', async () => {
    await shop.simulated.call('PUT', '/switches', { cardPaidNotices: 'always' })
    const asker = await shop.holder()
    for (let i = 0; i < 3; i++) await shop.enjoy(asker)
    expect(await shop.atWechat(asker)).toMatchObject({ state: 'FINISHED' })
    expect(await shop.deliver(await post.letters(asker, 'discountCard.userPaid'))).toEqual(['processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'finished' })
    expect(await shop.chargesOf(asker)).toEqual([])
    expect(shop.alarms).toEqual([])
  })
})

test('守约状态变化通知 that prints ONGOING, as a sample does: WeChat Pay is asked how it ended', async () => {
  const asker = await shop.holder()
  await shop.act(asker, 'quit')
  const notice = await post.open(asker, 'discountCard.agreementEnded')
  const odd = { ...notice, resource: { ...notice.resource, state: 'ONGOING', unfinished_reason: undefined } }
  expect(await onNotification['discountCard.agreementEnded'](shop.ctx, odd)).toBe('processed')
  expect(await shop.row(asker)).toMatchObject({ state: 'unfinished', unfinished_reason: 'EARLY_QUIT' })

  const other = await shop.holder()
  const { card_id, openid, out_card_code } = await shop.row(other)
  const told = { ...odd.resource, card_id: card_id ?? '', openid: openid ?? '', out_card_code }
  const lie = onNotification['discountCard.agreementEnded'](shop.ctx, { ...odd, resource: told })
  await expect(lie).rejects.toThrow('not confirmed')
  expect(await shop.row(other)).toMatchObject({ state: 'ongoing' })
})
