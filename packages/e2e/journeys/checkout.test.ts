import { afterEach, expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { callsOf, expectPaidOnce, finish, flashes, goTo, hurry } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

inBothModes((shop) => {
  const price = (fen: number) => shop.house.pool.query(`update goods set price_fen = $1 where id = 'towel'`, [fen])
  afterEach(() => Promise.all([price(3900), shop.house.pool.query(`delete from goods where id = 'late'`)]))

  test('a price that rises under the eyes of the shopper is shown before it can be paid', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    await price(4100)
    await phone.tap('#pay')
    await flashes(phone, '价格有变动')
    await phone.sees('#order-status', '待支付')
    expect([await phone.look('#sheet-pay'), await phone.text('#pay')]).toEqual([null, '继续支付 ¥41.00'])
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })

  test('what came to the shelf after the cart was seen is not called gone while the cart asks for it', async () => {
    const phone = await shop.open()
    await goTo(phone, '#checkout')
    await shop.house.pool.query(
      `insert into goods (position, id, kind, price_fen, goods_tag, name, description)
       select 99, 'late', kind, price_fen, goods_tag, '新到的毛巾', description from goods where id = 'towel'`,
    )
    await phone.mini.callWxMethod('navigateTo', { url: '/shop/pages/goods/index?id=late' })
    await phone.tap('#add')
    const held = shop.api.hold(/^GET .*goods$/, 'going')
    await phone.tap('#cart')
    await held.arrived
    expect(await phone.text('page')).toContain('新到的毛巾')
    expect(await phone.text('page')).not.toContain('下架')
    held.release()
    await phone.sees('#checkout', '2')
  })

  test('an order whose page WeChat does not open is placed once, however often the shopper taps', async () => {
    const phone = await shop.open()
    await goTo(phone, '#pay')
    await hurry(phone)
    await phone.mini.mockWxMethod('redirectTo', () => {})
    for (let moves = 1; moves <= 2; moves += 1) {
      await phone.tap('#pay')
      await eventually(
        async () => (await callsOf(phone, 'redirectTo')).length,
        (tried) => tried === moves,
        { what: `move ${moves}` },
      )
      await phone.sees('#pay', '39.00')
    }
    await phone.mini.restoreWxMethod('redirectTo')
    await finish(phone, '#pay')
    await expectPaidOnce(shop.house, phone)
  })
})
