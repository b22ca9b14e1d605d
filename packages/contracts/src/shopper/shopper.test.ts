import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { commonProblems } from '../problem.ts'
import type { CodeOf, InputOf, OutputOf, Route } from '../route.ts'
import { goods, orders, session } from './index.ts'

const { Goods, goodsKinds, getGoods, listGoods } = goods
const routes: Readonly<Record<string, Route>> = {
  ...session,
  listGoods,
  getGoods,
  createOrder: orders.createOrder,
  listOrders: orders.listOrders,
  getOrder: orders.getOrder,
  getOrderByNumber: orders.getOrderByNumber,
  startPayment: orders.startPayment,
  checkOrder: orders.checkOrder,
  cancelOrder: orders.cancelOrder,
}
const accepts = (route: Route, input: unknown) => v.safeParse(route.input, input).success
const item = { goodsId: 'g1', quantity: 1 }

describe('our routes', () => {
  it('use only what wx.request has, under /api, each path and method once', () => {
    const keys = Object.values(routes).map((route) => `${route.method} ${route.path}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^(GET|POST|DELETE) \/api\/[a-z]/)
  })

  it('take every :name of the path from the input', () => {
    for (const [name, route] of Object.entries(routes)) {
      for (const [, parameter = ''] of route.path.matchAll(/:(\w+)/g)) {
        expect(accepts(route, { [parameter]: 'abcdef123456' }), name).toBe(true)
        expect(accepts(route, {}), name).toBe(false)
      }
    }
  })

  it('refuse unknown members', () => {
    for (const [name, route] of Object.entries(routes)) {
      const good = { id: 'abcdef', outTradeNo: 'abcdef123456', code: 'c', items: [item], openid: 'o', amountFen: 1 }
      expect(accepts(route, good), name).toBe(false)
    }
  })

  it('declare only codes that are not common, each with its status', () => {
    for (const route of Object.values(routes)) {
      expect(Object.keys(route.errors).filter((code) => code in commonProblems)).toEqual([])
    }
  })

  it('infer input, output and codes', () => {
    expectTypeOf<InputOf<typeof orders.getOrder>>().toEqualTypeOf<{ id: string }>()
    expectTypeOf<OutputOf<typeof orders.startPayment>['signType']>().toEqualTypeOf<'RSA'>()
    expectTypeOf<CodeOf<typeof orders.cancelOrder>>().toEqualTypeOf<'ORDER_NOT_FOUND' | 'ORDER_PAID'>()
  })
})

describe('an order', () => {
  const order = {
    id: 'o1',
    outTradeNo: null,
    status: 'pending',
    confirming: false,
    amountFen: 100,
    discountFen: 0,
    discountName: null,
    refundedFen: 0,
    items: [{ goodsId: 'g1', name: '球', priceFen: 100, quantity: 1 }],
    createdAt: '2026-11-21T16:00:00+08:00',
    expiresAt: '2026-11-21T16:30:00+08:00',
    paidAt: null,
  }

  it.each([
    [{ items: [] }],
    [{ items: Array.from({ length: 51 }, (_, i) => ({ goodsId: `g${i}`, quantity: 1 })) }],
    [{ items: [item, item] }],
    [{ items: [{ ...item, quantity: 0 }] }],
    [{ items: [{ ...item, quantity: 100 }] }],
    [{ items: [{ ...item, quantity: 1.5 }] }],
    [{ items: [{ ...item, quantity: '1' }] }],
    [{ items: [{ ...item, priceFen: 1 }] }],
    [{ items: 'g1' }],
  ])('is not made of %j', (input) => {
    expect(accepts(orders.createOrder, input)).toBe(false)
  })

  it('is made of 1 to 50 items of 1 to 99', () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ goodsId: `g${i}`, quantity: 99 }))
    expect(accepts(orders.createOrder, { items })).toBe(true)
  })

  it('with a status or a kind of tomorrow is still read by the mini-program of today', () => {
    expect(v.parse(orders.Order, { ...order, status: 'refunding', extra: 1 })).toEqual({ ...order, status: 'unknown' })
    const ball = { id: 'g1', name: '球', description: '', kind: 'voucher', priceFen: 1, imageUrl: '' }
    expect(v.parse(Goods, ball).kind).toBe('unknown')
    expect(goodsKinds).not.toContain('unknown')
  })

  it('is listed by pages of 1 to 100, from the query string too', () => {
    expect(v.parse(orders.listOrders.input, {})).toEqual({ limit: 20 })
    expect(v.parse(orders.listOrders.input, { limit: '5', after: 'x' })).toEqual({ limit: 5, after: 'x' })
    for (const limit of ['0', '101', 'x', '1.5', '', '0x10', ' 5 ', '1e1'])
      expect(accepts(orders.listOrders, { limit })).toBe(false)
  })
})
