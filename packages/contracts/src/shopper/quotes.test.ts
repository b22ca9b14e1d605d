import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { orders, quotes } from './index.ts'

const { Quote, quoteOrder } = quotes
const item = { goodsId: 'goods1', quantity: 2 }
const quote = {
  items: [{ goodsId: 'goods1', name: '羽毛球', priceFen: 500, quantity: 2 }],
  amountFen: 800,
  discountFen: 200,
  discountName: '八折优惠',
}

describe('a quote', () => {
  it('takes exactly what an order takes', () => {
    expect(quoteOrder.input).toBe(orders.createOrder.input)
    expect(v.is(quoteOrder.input, { items: [item] })).toBe(true)
    for (const wrong of [{}, { items: [] }, { items: [item, item] }, { items: [item], cardId: 'card1' }]) {
      expect(v.is(quoteOrder.input, wrong)).toBe(false)
    }
  })

  it('reserves nothing: it needs no key to be repeated with, and answers 200', () => {
    expect(quoteOrder).not.toHaveProperty('idempotent')
    expect(quoteOrder).not.toHaveProperty('status')
  })

  it('is read with and without a discount', () => {
    expect(v.parse(Quote, quote)).toEqual(quote)
    const plain = { ...quote, amountFen: 1000, discountFen: 0, discountName: null }
    expect(v.parse(Quote, plain)).toEqual(plain)
  })

  it.each([-200, 0.5, '200', null])('does not take off %j fen', (discountFen) => {
    expect(v.is(Quote, { ...quote, discountFen })).toBe(false)
  })
})
