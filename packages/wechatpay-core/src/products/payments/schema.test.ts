import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { orderBody, paidTransaction } from '../../testing/index.ts'
import { CreateJsapiBody, PaidTransaction, Transaction } from './schema.ts'

const accepts = (change: object) => v.safeParse(CreateJsapiBody, { ...orderBody, ...change }).success

describe('小程序下单', () => {
  it("accepts the order of the project's first document as printed", () => {
    expect(v.parse(CreateJsapiBody, orderBody)).toEqual(orderBody)
  })

  it('accepts every member of the reference at its limit, in characters', () => {
    const full = {
      description: '汉'.repeat(127),
      time_expire: '2026-11-21T16:00:00+08:00',
      attach: '𠮷'.repeat(128),
      goods_tag: 'g'.repeat(256),
      support_fapiao: true,
      payer: { openid: 'o'.repeat(128), identity: { type: 'IDCARD', number: 'x', name: 'y' } },
      detail: {
        cost_price: 1,
        invoice_id: 'i',
        goods_detail: [
          { merchant_goods_id: 'g', wechatpay_goods_id: 'w', goods_name: '名', quantity: 1, unit_price: 0 },
        ],
      },
      scene_info: {
        payer_client_ip: '::1',
        device_id: 'd',
        store_info: { id: '1', name: '店', area_code: '440305', address: '路' },
      },
      settle_info: { profit_sharing: false },
      limit_pay: ['no_credit'],
    }
    expect(accepts(full)).toBe(true)
  })

  it.each<[string, object]>([
    ['a description of 128 characters', { description: '汉'.repeat(128) }],
    ['an empty description', { description: '' }],
    ['an attach of 129 characters', { attach: 'a'.repeat(129) }],
    ['a number with a space', { out_trade_no: '12177525 01201' }],
    ['a number of 5', { out_trade_no: '12345' }],
    ['a number of 33', { out_trade_no: '1'.repeat(33) }],
    ['no fen', { amount: { total: 0 } }],
    ['half a fen', { amount: { total: 1.5 } }],
    ['fen as text', { amount: { total: '100' } }],
    ['another currency', { amount: { total: 100, currency: 'USD' } }],
    ['a notify_url with a query', { notify_url: 'https://example.com/n?a=1' }],
    ['a notify_url with a password', { notify_url: 'https://u:p@example.com/n' }],
    ['a notify_url with a space', { notify_url: ' https://example.com/n' }],
    ['plain http to another host', { notify_url: 'http://example.com/n' }],
    ['a time without an offset', { time_expire: '2026-11-21T16:00:00' }],
    [
      'a detail of more than 6144 bytes',
      {
        detail: {
          goods_detail: Array.from({ length: 100 }, () => ({
            merchant_goods_id: 'g',
            goods_name: '名'.repeat(50),
            quantity: 1,
            unit_price: 1,
          })),
        },
      },
    ],
    ['a scene without the payer address', { scene_info: { device_id: 'd' } }],
    ['an unknown member', { openid: 'o' }],
    ['an unknown member inside', { payer: { openid: 'o', name: 'x' } }],
  ])('refuses %s', (_, change) => {
    expect(accepts(change)).toBe(false)
  })
})

describe('订单', () => {
  it('reads the published notification and an unpaid answer', () => {
    expect(v.parse(PaidTransaction, paidTransaction)).toEqual(paidTransaction)
    const unpaid = {
      appid: 'wx1',
      mchid: '1',
      out_trade_no: 'x12345',
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      amount: { total: 1, currency: 'CNY' },
    }
    expect(v.parse(Transaction, unpaid)).toEqual(unpaid)
    expect(v.safeParse(PaidTransaction, unpaid).success).toBe(false)
  })
})
