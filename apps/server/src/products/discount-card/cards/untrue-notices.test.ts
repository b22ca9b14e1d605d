import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CardLetters, kinds, openCardLetters } from '../../../testing/card-letters.ts'
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

describe('a notice that is not about what we agreed', () => {
  test.each([
    ['mchid', { mchid: '1900000999' }],
    ['appid', { appid: 'wx0000000000000009' }],
  ])('another %s: it is dead, nothing changes, a person hears of it', async (_, set) => {
    const asker = await shop.asker()
    await shop.simulated.faults({ kind: 'mismatch-notification', count: 1, set })
    await shop.take(asker)
    await expect.poll(() => post.box.letters.length).toBe(1)
    expect(await shop.deliver(post.box.letters.splice(0))).toEqual(['dead'])
    expect(await shop.row(asker)).toMatchObject({ state: 'prepared' })
    expect(shop.alarms).toHaveLength(1)
    expect(await shop.query(asker)).toBe('ongoing')
  })

  test('another holder than the first word said', async () => {
    const asker = await shop.holder()
    const notice = await post.open(asker, 'discountCard.userAccepted')
    const before = await shop.row(asker)
    const resource = { ...notice.resource, openid: 'oSomebodyElse' }
    expect(await onNotification['discountCard.userAccepted'](shop.ctx, { ...notice, resource })).toBe('dead')
    expect(await shop.row(asker)).toEqual(before)
    expect(shop.alarmsOf('card_mismatch')).toMatchObject([{ detail: { fields: ['openid'] } }])
  })

  test('money of somebody else', async () => {
    const { asker, letters: found } = await post.brokenCard()
    const paid = await post.open(asker, 'discountCard.userPaid')
    for (const change of [{ openid: 'oSomebodyElse' }, { card_template_id: 'another' }, { card_id: 'another' }]) {
      const resource = { ...paid.resource, ...change }
      expect(await onNotification['discountCard.userPaid'](shop.ctx, { ...paid, resource })).toBe('dead')
    }
    expect(await shop.row(asker)).toMatchObject({ state: 'ongoing' })
    expect(shop.alarmsOf('card_mismatch')).toHaveLength(1)
    expect(await shop.deliver(found)).toEqual(['processed', 'processed', 'processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'paid' })
  })

  test('another sum than is owed settles nothing', async () => {
    const { asker, fen, letters: found } = await post.brokenCard()
    const paid = await post.open(asker, 'discountCard.userPaid')
    await shop.simulated.faults({ match: { path: `${CARDS}/*` }, kind: 'error-before-effect', count: 9 })
    await shop.deliver(found.slice(0, 2))
    const { pay_information } = paid.resource
    if (!pay_information) return expect.unreachable()
    const resource = { ...paid.resource, pay_information: { ...pay_information, pay_amount: fen + 1 } }
    await expect(onNotification['discountCard.userPaid'](shop.ctx, { ...paid, resource })).rejects.toThrow()
    await shop.simulated.faults()
    await shop.query(asker)
    const result = await onNotification['discountCard.userPaid'](shop.ctx, { ...paid, resource })
    expect([result, await shop.collectedFen(asker)]).toEqual(['dead', fen])
    expect(shop.alarmsOf('evidence_mismatch')).toMatchObject([{ detail: { fields: ['amountFen'] } }])
  })

  test('a card of nobody we know', async () => {
    const { asker } = await post.brokenCard()
    for (const kind of kinds) {
      const notice = await post.open(asker, kind)
      const lost = { ...notice, resource: { ...notice.resource, out_card_code: `nobody-${kind.length}` } }
      const handle = onNotification[kind] as (ctx: unknown, one: unknown) => Promise<string>
      expect(await handle(shop.ctx, lost)).toBe('dead')
    }
    expect(shop.alarmsOf('unknown_card')).toHaveLength(3)
  })
})

describe('a notice that is rightly signed and untrue', () => {
  test('about the holder, as the first word: whose card it is says the answer of the query', async () => {
    const asker = await shop.asker()
    await shop.simulated.faults({ kind: 'mismatch-notification', count: 1, set: { openid: 'oSomebodyElse' } })
    await shop.take(asker)
    expect(await shop.deliver(await post.letters(asker, 'discountCard.userAccepted'))).toEqual(['processed'])
    expect(await shop.row(asker)).toMatchObject({ state: 'ongoing', openid: asker.shopper.actor.openid })
  })

  test('about the sum, at the end: what is owed says the answer of the query', async () => {
    const asker = await shop.holder()
    const fen = await shop.enjoy(asker)
    await shop.act(asker, 'quit')
    const notice = await post.open(asker, 'discountCard.agreementEnded')
    const resource = { ...notice.resource, total_amount: 0 }
    expect(await onNotification['discountCard.agreementEnded'](shop.ctx, { ...notice, resource })).toBe('processed')
    await shop.advance(10)
    await shop.query(asker)
    expect(await shop.collectedFen(asker)).toBe(fen)
    expect(shop.alarms).toEqual([])
  })
})
