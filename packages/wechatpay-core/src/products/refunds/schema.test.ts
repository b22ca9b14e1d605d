import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { acceptedRefund, notifiedRefund } from '../../testing/index.ts'
import { AbnormalBody, CreateBody, NotifiedRefund, OutRefundNo, Refund } from './schema.ts'

const body = {
  transaction_id: '1217752501201407033233368018',
  out_refund_no: '1217752501201407033233368018',
  reason: '商品已售完',
  notify_url: 'https://weixin.qq.com',
  funds_account: 'AVAILABLE',
  amount: { refund: 888, from: [{ account: 'AVAILABLE', amount: 888 }], total: 888, currency: 'CNY' },
  goods_detail: [
    {
      merchant_goods_id: '1217752501201407033233368018',
      wechatpay_goods_id: '1001',
      goods_name: 'iPhone6s 16G',
      unit_price: 528800,
      refund_amount: 528800,
      refund_quantity: 1,
    },
  ],
}
const accepts = (change: object) => v.safeParse(CreateBody, { ...body, ...change }).success
const amount = (change: object) => ({ amount: { refund: 100, total: 888, currency: 'CNY', ...change } })

describe('退款申请', () => {
  it('accepts every member of the reference, and the least', () => {
    expect(v.parse(CreateBody, body)).toEqual(body)
    const least = { out_trade_no: 'order-1', out_refund_no: 'r', amount: { refund: 1, total: 1, currency: 'CNY' } }
    expect(v.parse(CreateBody, least)).toEqual(least)
  })

  it.each<[string, object]>([
    ['a reason of 80 characters', { reason: '汉'.repeat(80) }],
    ['a number of 64 with every sign', { out_refund_no: `${'a'.repeat(58)}Z0_-|*`.slice(0, 63).concat('@') }],
    ['a part of the order', amount({})],
    ['a sub-merchant', { sub_mchid: '1900000109' }],
    ['both names of the order', { out_trade_no: '1217752501201407033233368018' }],
    ['unsettled funds', { funds_account: 'UNSETTLED' }],
  ])('accepts %s', (_, change) => {
    expect(accepts(change)).toBe(true)
  })

  it.each<[string, object]>([
    ['no order', { transaction_id: undefined }],
    ['no number', { out_refund_no: undefined }],
    ['an empty number', { out_refund_no: '' }],
    ['a number of 65', { out_refund_no: '1'.repeat(65) }],
    ['a number with a slash', { out_refund_no: 'a/b' }],
    ['a number in Chinese', { out_refund_no: '退款' }],
    ['a reason of 81 characters', { reason: '汉'.repeat(81) }],
    ['no fen', amount({ refund: 0 })],
    ['half a fen', amount({ refund: 0.5 })],
    ['a negative amount', amount({ refund: -1 })],
    ['an amount as text', amount({ refund: '100' })],
    ['no total', amount({ total: undefined })],
    ['no currency', amount({ currency: undefined })],
    ['another currency', amount({ currency: 'USD' })],
    ['accounts that do not add up', amount({ from: [{ account: 'AVAILABLE', amount: 99 }] })],
    ['an account of another name', amount({ from: [{ account: 'BASIC', amount: 100 }] })],
    ['a notify_url with a query', { notify_url: 'https://example.com/n?a=1' }],
    ['plain http to another host', { notify_url: 'http://example.com/n' }],
    ['goods without their refunded amount', { goods_detail: [{ merchant_goods_id: 'g', unit_price: 1 }] }],
    ['an unknown member', { mchid: '1900000001' }],
    ['an unknown member inside', amount({ payer_refund: 1 })],
  ])('refuses %s', (_, change) => {
    expect(accepts(change)).toBe(false)
  })

  it('a number is as good in the URL of the query', () => {
    expect(v.safeParse(OutRefundNo, 'a|b*c@d-e_f').success).toBe(true)
  })
})

describe('退款单', () => {
  it('is read as WeChat Pay sends it, with states and accounts of tomorrow', () => {
    expect(v.parse(Refund, acceptedRefund)).toEqual(acceptedRefund)
    const fresh = { ...acceptedRefund, status: 'FROZEN', channel: 'MOON', fresh: { a: 1 } }
    expect(v.parse(Refund, fresh)).toEqual(fresh)
  })

  it('an odd coupon does not hide it; an odd amount does', () => {
    expect(v.parse(Refund, { ...acceptedRefund, promotion_detail: 7 }).promotion_detail).toBeUndefined()
    const odd = { ...acceptedRefund, amount: { ...acceptedRefund.amount, refund: 9.99 } }
    expect(v.safeParse(Refund, odd).success).toBe(false)
  })

  it('has a state of another name in a notification, and neither is taken for the other', () => {
    expect(v.parse(NotifiedRefund, notifiedRefund)).toEqual(notifiedRefund)
    expect(v.safeParse(NotifiedRefund, acceptedRefund).success).toBe(false)
    expect(v.safeParse(Refund, notifiedRefund).success).toBe(false)
  })

  it.each(['2018-06-08 10:34:56', '2018-02-31T10:34:56+08:00', 'soon'])('a success at %j is none', (success_time) => {
    expect(v.safeParse(NotifiedRefund, { ...notifiedRefund, success_time }).success).toBe(false)
  })
})

describe('发起异常退款', () => {
  const toUser = {
    type: 'USER_BANK_CARD',
    out_refund_no: 'r1',
    bank_type: 'ICBC_DEBIT',
    bank_account: '6225880137706868',
    real_name: '张三',
  }

  it.each<[string, object, boolean]>([
    ['to the card of the shopper', toUser, true],
    ['to the merchant', { type: 'MERCHANT_BANK_CARD', out_refund_no: 'r1' }, true],
    ['of a sub-merchant', { type: 'MERCHANT_BANK_CARD', out_refund_no: 'r1', sub_mchid: '1900000109' }, true],
    ['to a card without a name', { ...toUser, real_name: undefined }, false],
    ['to a card without a bank', { ...toUser, bank_type: undefined }, false],
    ['to a bank of 17 letters', { ...toUser, bank_type: 'B'.repeat(17) }, false],
    ['to the merchant with a card', { ...toUser, type: 'MERCHANT_BANK_CARD' }, false],
    ['to somebody else', { ...toUser, type: 'OTHER' }, false],
  ])('%s', (_, value, expected) => {
    expect(v.safeParse(AbnormalBody, value).success).toBe(expected)
  })
})
