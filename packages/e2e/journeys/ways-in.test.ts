import { fromCard, fromCode } from '@shouyin/miniprogram-host'
import { expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { expectPaidOnce, finish, GOODS } from '../support/steps.ts'

const GOODS_PAGE = 'shop/pages/goods/index'

inBothModes((shop) => {
  test('goods that a friend shared are bought from the card', async () => {
    const friend = await shop.open()
    await friend.tap(`#goods-${GOODS}`)
    await friend.find('#add')
    const card = await (await friend.page()).callMethod('onShareAppMessage', { from: 'menu' })
    expect(card).toMatchObject({ title: expect.stringContaining('毛巾'), path: expect.stringContaining(GOODS_PAGE) })
    const phone = await shop.open(fromCard(card.path))
    await finish(phone, '#add')
    await expectPaidOnce(shop.house, phone)
  })

  test.each([
    ['with a page and its query', { path: `${GOODS_PAGE}?id=${GOODS}`, scene: 1047 }],
    ['with a scene', fromCode(GOODS_PAGE, GOODS)],
  ])('goods are bought from a code on a poster, made %s', async (_, entry) => {
    const phone = await shop.open(entry)
    await finish(phone, '#add')
    await expectPaidOnce(shop.house, phone)
  })

  test('a code for goods that are gone leads to the shelf', async () => {
    const phone = await shop.open(fromCode(GOODS_PAGE, 'gone'))
    await phone.sees('page', '找不到了')
    await phone.tap('button')
    await finish(phone)
  })
})
