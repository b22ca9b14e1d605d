import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../support/wait.ts'
import { createHand } from './hand.ts'
import { type Opened, targets } from './target.ts'

const SHELF = 'shop/pages/shop/index'
const TABS = [SHELF, 'shop/pages/cart/index', 'shop/pages/orders/index', 'shop/pages/me/index']
const GOODS = 'towel'

describe.each(targets)('on $name', (target) => {
  let phone: Opened
  let hand: ReturnType<typeof createHand>
  beforeAll(async () => {
    phone = await target.open()
    hand = createHand(phone.mini)
  })
  afterAll(() => phone?.close())
  beforeEach(() => hand.go('reLaunch', SHELF))

  const wx = (method: string, ...args: unknown[]) => phone.mini.callWxMethod(method, ...args)
  const depth = async () => (await phone.mini.pageStack()).length

  async function fillCart(): Promise<void> {
    await hand.tap(`#goods-${GOODS}`)
    await hand.arrives('shop/pages/goods/index')
    await hand.tap('#add')
    await eventually(
      async () => JSON.stringify(await wx('getStorageSync', 'cart')),
      (stored) => stored.includes(GOODS),
      { what: 'the cart in storage' },
    )
  }

  test('the app boots on its shelf, and the client accepts the platform', async () => {
    await phone.mini.checkVersion()
    await hand.arrives(SHELF)
    await hand.find(`#goods-${GOODS}`)
    expect(await phone.mini.systemInfo()).toMatchObject({
      SDKVersion: expect.any(String),
      windowWidth: expect.any(Number),
    })
  })

  test('every tab page opens, alone on the stack', async () => {
    for (const tab of TABS) {
      await hand.go('switchTab', tab)
      await hand.arrives(tab)
      expect(await depth()).toBe(1)
    }
  })

  test('goods lie above the shelf until the shopper goes back', async () => {
    await hand.tap(`#goods-${GOODS}`)
    await hand.arrives('shop/pages/goods/index')
    expect([(await hand.page()).query, await depth()]).toEqual([expect.objectContaining({ id: GOODS }), 2])
    await wx('navigateBack')
    await hand.arrives(SHELF)
  })

  test('what was put into the cart is stored, and the cart shows it after a relaunch', async () => {
    await fillCart()
    await hand.go('reLaunch', 'shop/pages/cart/index')
    expect(await (await hand.find('#checkout')).text()).not.toBe('')
    await hand.tap('#checkout')
    await hand.arrives('shop/pages/checkout/index')
  })

  test('an order that was not paid for waits for its payment', async () => {
    await fillCart()
    await hand.go('switchTab', 'shop/pages/cart/index')
    await hand.tap('#checkout')
    await hand.tap('#pay')
    // Declining fails until the payment has opened.
    const status = await eventually(
      async () => {
        await phone.declinePayment().catch(() => {})
        return (await (await hand.page()).$('#order-status'))?.text().catch(() => '')
      },
      (shown) => shown?.includes('待支付') === true,
      { what: 'an order that waits' },
    )
    expect(status).toContain('待支付')
    await hand.go('switchTab', 'shop/pages/orders/index')
    await hand.sees('page', '待支付')
  })

  test('storage answers in the words of WeChat', async () => {
    expect(await wx('setStorage', { key: 'probe', data: { a: [1, '二'] } })).toMatchObject({ errMsg: 'setStorage:ok' })
    expect(await wx('getStorageSync', 'probe')).toEqual({ a: [1, '二'] })
    expect((await wx('getStorageInfoSync')).keys).toContain('probe')
    await wx('removeStorage', { key: 'probe' })
    expect(await wx('getStorageSync', 'probe')).toBe('')
    await expect(wx('getStorage', { key: 'probe' })).rejects.toThrow(/getStorage:fail/)
  })

  test('a function of the test runs in the realm of the app', async () => {
    const kinds = await phone.mini.evaluate((given: string) => [given, typeof wx, typeof getApp, typeof document], 'x')
    expect(kinds).toEqual(['x', 'object', 'function', 'undefined'])
  })

  test('a page that does not exist is refused in the words of WeChat', async () => {
    await expect(hand.go('navigateTo', 'none/index')).rejects.toThrow(/navigateTo:fail page "none\/index" is not found/)
  })
})

declare function getApp(): unknown
