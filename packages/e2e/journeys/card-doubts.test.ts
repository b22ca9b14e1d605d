import { beforeAll, expect, test } from 'vitest'
import { CARD_PAGE, CARDS, OFFER, takeCard } from '../support/card-pages.ts'
import { CARD, type CardShop, openCardShop } from '../support/cards.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { finish, flashes, goTo, hurry, ORDER, openTab, salesOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

/** The towel's ¥39.00, a fifth of it, and what is left to pay. */
const [PRICE_FEN, SAVED_FEN, PAID_FEN] = [3900, 780, 3120]
const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`

/** Between what a shopper does and what WeChat knows of it: no screen names another sum than WeChat moves. */
inBothModes((shop) => {
  let cards: CardShop
  let offerId: string
  beforeAll(async () => {
    cards = await openCardShop(shop.house)
    offerId = (await cards.offer()).id
  })

  /** Without white space, which is in other places in each mode. */
  const reads = (phone: Phone, words: string, where = 'page') =>
    eventually(
      async () => (await phone.text(where).catch(() => '')).replaceAll(/\s/g, ''),
      (text) => text.includes(words),
      { what: words },
    )

  async function holder(id = offerId): Promise<Phone> {
    const phone = await shop.open({ path: OFFER, query: { id } })
    await hurry(phone)
    await takeCard(phone)
    return phone
  }
  async function buy(phone: Phone): Promise<void> {
    await openTab(phone, 'shop')
    await finish(phone)
  }
  /** Newest first. */
  async function ordersOf(phone: Phone): Promise<{ id: string; amount_fen: number; discount_fen: number }[]> {
    const { rows } = await shop.house.pool.query(
      'select id, amount_fen::int, discount_fen::int from orders where openid = $1 order by id desc',
      [await phone.launched.openid()],
    )
    return rows
  }
  async function refund(phone: Phone, amountFen: number): Promise<void> {
    const [order] = await ordersOf(phone)
    const { status, body } = await cards.merchant.refund(order?.id ?? '', amountFen)
    expect(status, JSON.stringify(body)).toBe(201)
    await shop.house.simulated.advance(30)
  }

  const moments: readonly [name: string, savedFen: number, status: string, act: (phone: Phone) => Promise<unknown>][] =
    [
      ['bought once', SAVED_FEN, 'ongoing', buy],
      [
        'bought twice, and one of them goes back',
        SAVED_FEN,
        'ongoing',
        async (phone) => {
          await buy(phone)
          await buy(phone)
          await refund(phone, PAID_FEN)
        },
      ],
      [
        'a part of the money goes back, and its share of the discount',
        530,
        'ongoing',
        async (phone) => {
          await buy(phone)
          await refund(phone, 1000)
        },
      ],
      [
        'all of it goes back',
        0,
        'ongoing',
        async (phone) => {
          await buy(phone)
          await refund(phone, PAID_FEN)
        },
      ],
      [
        'left after one purchase, and collected',
        SAVED_FEN,
        'paid',
        async (phone) => {
          await buy(phone)
          await cards.told((await cards.cardOf(phone)).id, SAVED_FEN)
          await cards.quitAtWechat(await cards.cardOf(phone))
          await shop.house.simulated.advance(10)
        },
      ],
      [
        'left over the sheet that pays an order, which nobody was told of',
        0,
        'unfinished',
        async (phone) => {
          await openTab(phone, 'shop')
          await goTo(phone, '#sheet-pay')
          await shop.house.simulated.faults({
            kind: 'lose-notification',
            match: { eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED' },
          })
          await cards.quitAtWechat(await cards.cardOf(phone))
          await finish(phone, '#sheet-pay')
          await phone.go('reLaunch', `${CARD_PAGE}?id=${(await cards.cardOf(phone)).id}`)
        },
      ],
    ]
  test.each(moments)('every screen has the sums that WeChat has: %s', async (_, savedFen, status, act) => {
    const phone = await holder()
    await act(phone)
    const { id } = await cards.cardOf(phone)
    await cards.reaches(id, status)
    if (status === 'ongoing') await cards.told(id, savedFen)
    const atPay = await cards.atWechat(await cards.cardOf(phone))
    expect(atPay).toMatchObject({ totalFen: savedFen, payState: status === 'paid' ? 'PAID' : null })
    const sum = `${status === 'paid' ? '已扣' : '已优惠'}${yuan(savedFen)}`
    await phone.go('reLaunch', CARDS)
    await reads(phone, sum)
    await phone.tap(`#card-${id}`)
    await reads(phone, sum)
    const placed = await ordersOf(phone)
    const sales = (await salesOf(shop.house, phone)).filter(({ prepayIds }) => prepayIds.length > 0)
    expect(sales.map(({ amountFen }) => amountFen)).toEqual(placed.map((order) => order.amount_fen))
    for (const order of placed) {
      await phone.go('reLaunch', `${ORDER}?id=${order.id}`)
      await reads(phone, `实付${yuan(PAID_FEN)}先享卡优惠${yuan(SAVED_FEN)}`)
      await reads(phone, `商品合计${yuan(PRICE_FEN)}`)
    }
  })

  test('a card that is left between the price and the tap: the dearer order is seen before it can be paid', async () => {
    const phone = await holder()
    await openTab(phone, 'shop')
    await goTo(phone, '#pay')
    await phone.sees('#pay', yuan(PAID_FEN))
    await cards.quitAtWechat(await cards.cardOf(phone))
    await cards.reaches((await cards.cardOf(phone)).id, 'unfinished')
    await phone.tap('#pay')
    await flashes(phone, '价格有变动')
    await phone.sees('#order-status', '待支付')
    expect([await phone.look('#sheet-pay'), await phone.look('#discount')]).toEqual([null, null])
    expect(await phone.text('#pay')).toContain(yuan(PRICE_FEN))
  })

  test('what went back and WeChat was not told of is not called free to leave: WeChat collects it', async () => {
    const phone = await holder()
    await buy(phone)
    const { id, outCardCode } = await cards.cardOf(phone)
    await cards.told(id, SAVED_FEN)
    const match = { path: `/v3/discount-card/cards/${outCardCode}/add-user-records` }
    await shop.house.simulated.faults({ kind: 'error-before-effect', match, count: 1000 })
    await refund(phone, PAID_FEN)
    await eventually(
      () => cards.see(id),
      ({ savedFen }) => savedFen === 0,
      { what: 'the refund' },
    )
    await phone.go('reLaunch', `${CARD_PAGE}?id=${id}`)
    await phone.sees('page', '正在同步给微信')
    expect(await phone.text('page')).not.toMatch(/退出不收钱|现在没有要收回的/)
    await cards.quitAtWechat(await cards.cardOf(phone))
    await shop.house.simulated.advance(10)
    await cards.reaches(id, 'paid')
    await phone.sees('#card-status', '优惠已收回')
    await reads(phone, `微信扣了${yuan(SAVED_FEN)}，有的记录微信没有记上`)
  })

  test('an order placed before the card was taken costs what it said, and counts when it is paid', async () => {
    const phone = await shop.open()
    await goTo(phone, '#sheet-pay')
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    await phone.go('reLaunch', `${OFFER}?id=${offerId}`)
    await takeCard(phone)
    const [order] = await ordersOf(phone)
    await phone.go('reLaunch', `${ORDER}?id=${order?.id}`)
    await phone.sees('#pay', yuan(PRICE_FEN))
    await finish(phone, '#pay')
    const { id } = await cards.cardOf(phone)
    await eventually(
      () => cards.see(id),
      ({ records }) => records.length === 1,
      { what: 'its record' },
    )
    await phone.go('reLaunch', `${CARD_PAGE}?id=${id}`)
    await reads(phone, '1/3次')
    await reads(phone, '现在没有要收回的')
  })

  test('of two cards the better one makes an order cheaper, and both count it', async () => {
    const less = await cards.offer({
      ...CARD,
      name: '九折卡',
      rewards: [{ ...CARD.rewards[0], name: '全场九折', unit: '次', amountFen: 20000, percentOff: 10 }],
    })
    const phone = await holder(less.id)
    const { id: other } = await cards.cardOf(phone)
    await phone.go('reLaunch', `${OFFER}?id=${offerId}`)
    await reads(phone, '一笔订单只用一张卡优惠')
    await takeCard(phone)
    await buy(phone)
    const { id } = await cards.cardOf(phone)
    await cards.told(id, SAVED_FEN)
    await phone.go('reLaunch', CARDS)
    for (const [card, savedFen] of [
      [id, SAVED_FEN],
      [other, 0],
    ] as const)
      for (const words of ['1/3次', `已优惠${yuan(savedFen)}`]) await reads(phone, words, `#card-${card}`)
  })
})
