import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { WechatPay } from '../index.ts'
import { allEndpoints } from '../products/endpoints.ts'
import { endpoints } from '../products/payments/index.ts'
import { transactionSuccess } from '../products/payments/notifications.ts'
import { orderBody } from '../testing/index.ts'
import {
  defineEndpoint,
  type Endpoint,
  type ErrorCaseOf,
  type RequestOf,
  type ResponseOf,
  rejected,
} from './endpoint.ts'
import { isLoopback } from './fragments.ts'
import { matchNotification, PAY_SCORE_LADDER, PAYMENT_LADDER, SIGN_LADDER } from './notification.ts'
import { formatShanghai, formatShanghaiMs, parseRfc3339, Rfc3339 } from './time.ts'

describe('declarations are types', () => {
  it('P13: requests, answers and errors are inferred, and a wrong call does not compile', () => {
    expectTypeOf<ResponseOf<typeof endpoints.close>>().toEqualTypeOf<undefined>()
    expectTypeOf<RequestOf<typeof endpoints.close>>().toEqualTypeOf<
      { readonly path: { out_trade_no: string } } & { readonly body: { mchid: string } }
    >()
    expectTypeOf<ErrorCaseOf<typeof endpoints.close>['code']>().not.toBeAny()
    const wrong = (client: WechatPay) => [
      // @ts-expect-error a path that does not exist at WeChat
      client.call('/v3/pay/transactions/miniprogram', {}),
      // @ts-expect-error the number is missing
      client.call(endpoints.queryByOutTradeNo, { query: { mchid: '1' } }),
      // @ts-expect-error fen are numbers
      client.call(endpoints.createJsapi, { body: { ...orderBody, amount: { total: '1' } } }),
      client.call(endpoints.createJsapi, { body: { ...orderBody, amount: { total: 1 } } }),
      // @ts-expect-error an endpoint that is not known by type takes nothing
      client.call(endpoints.createJsapi as Endpoint, { body: orderBody }),
      // @ts-expect-error a member that is not declared is unknown, not any
      client.call(endpoints.createJsapi, {} as never).then((answer) => answer.prepayId.length),
    ]
    expect(wrong).toBeTypeOf('function')
  })

  it('P8: every declared path is one that WeChat Pay documents', () => {
    const declared = allEndpoints.map((e) => `${e.method} ${e.url}`)
    expect(declared.sort()).toEqual([
      'GET /v3/bill/fundflowbill',
      'GET /v3/bill/tradebill',
      'GET /v3/billdownload/file',
      'GET /v3/certificates',
      'GET /v3/discount-card/cards/{out_card_code}',
      'GET /v3/pay/transactions/id/{transaction_id}',
      'GET /v3/pay/transactions/out-trade-no/{out_trade_no}',
      'GET /v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}',
      'GET /v3/payscore/serviceorder',
      'GET /v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}',
      'GET /v3/refund/domestic/refunds/{out_refund_no}',
      'POST /v3/discount-card/cards',
      'POST /v3/discount-card/cards/{out_card_code}/add-user-records',
      'POST /v3/pay/transactions/jsapi',
      'POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close',
      'POST /v3/payscore/plan/payscore-plans',
      'POST /v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}/stop',
      'POST /v3/payscore/serviceorder/{out_order_no}/cancel',
      'POST /v3/payscore/serviceorder/{out_order_no}/complete',
      'POST /v3/payscore/serviceorder/{out_order_no}/modify',
      'POST /v3/payscore/serviceorder/{out_order_no}/sync',
      'POST /v3/payscore/sign-plan/serviceorder',
      'POST /v3/payscore/sign-plan/user-sign-plans',
      'POST /v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}/stop',
      'POST /v3/refund/domestic/refunds',
      'POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
    ])
  })

  it('an endpoint without a doc or with a code without a status does not compile', () => {
    // @ts-expect-error doc is missing
    defineEndpoint({ id: 'x', method: 'GET', url: '/v3/x', errors: [] })
    // @ts-expect-error an error is a pair with an outcome
    defineEndpoint({ id: 'x', method: 'GET', url: '/v3/x', errors: ['NO_AUTH'], doc: '' })
    expect(rejected(403, 'NO_AUTH')).toEqual({ status: 403, code: 'NO_AUTH', outcome: 'rejected' })
  })
})

describe('notifications are told apart by event type and shape', () => {
  it.each([
    [{ out_trade_no: 'a' }, transactionSuccess],
    [{ out_trade_no: 'a', sp_mchid: 'b' }, undefined],
    [{ combine_out_trade_no: 'a' }, undefined],
    [{ out_trade_no: 'a', sp_mchid: '' }, transactionSuccess],
    [{ out_trade_no: 'a', sp_mchid: null }, transactionSuccess],
    [{ out_trade_no: '' }, undefined],
    [Object.create({ out_trade_no: 'a' }), undefined],
    [null, undefined],
    ['text', undefined],
  ])('%j', (plaintext, expected) => {
    expect(matchNotification([transactionSuccess], 'TRANSACTION.SUCCESS', plaintext)).toBe(expected)
  })

  it.each([
    ['payments 15 times within 24 h 4 min', PAYMENT_LADDER, 15, 24 * 3600 + 4 * 60],
    ['Pay Score and discount cards 9 times within 3 h 4 min', PAY_SCORE_LADDER, 9, 3 * 3600 + 4 * 60],
    ['signed plans 11 times within 11 min', SIGN_LADDER, 11, 11 * 60],
  ] as const)('are re-sent: %s', (_, ladder, times, seconds) => {
    expect(ladder).toHaveLength(times)
    expect(ladder.reduce((sum, step) => sum + step, 0)).toBe(seconds)
  })
})

describe('time', () => {
  it('is printed in Asia/Shanghai and read with any offset and fraction', () => {
    const at = new Date('2018-06-08T02:34:56.789Z')
    expect(formatShanghai(at)).toBe('2018-06-08T10:34:56+08:00')
    expect(formatShanghaiMs(at)).toBe('2018-06-08T10:34:56.789+08:00')
    expect(parseRfc3339(formatShanghaiMs(at))).toEqual(at)
    expect(formatShanghaiMs(new Date('2018-12-31T16:00:00Z'))).toBe('2019-01-01T00:00:00.000+08:00')
    for (const text of ['2018-06-08T10:34:56+08:00', '2018-06-08T02:34:56Z', '2018-06-08T10:34:56.0000+08:00']) {
      expect(parseRfc3339(text).toISOString()).toBe('2018-06-08T02:34:56.000Z')
    }
  })

  it.each([
    ['', 0],
    ['.1', 100],
    ['.12', 120],
    ['.120', 120],
    ['.123456', 123],
    ['.123456789', 123],
  ])('may have a fraction %j: %i ms', (fraction, ms) => {
    const text = `2015-05-20T13:29:35${fraction}+08:00`
    expect(parseRfc3339(text)).toEqual(new Date(Date.UTC(2015, 4, 20, 5, 29, 35, ms)))
    expect(v.parse(Rfc3339, text)).toBe(text)
  })

  it.each([
    '2026-02-31T10:34:56Z',
    '2018-06-08T24:00:00Z',
    '2018-06-08',
    '2018-06-08T10:34:56',
    '2018-13-08T10:34:56Z',
    '20180608103456',
    '',
  ])('%j is no time', (text) => {
    expect(() => parseRfc3339(text)).toThrow(RangeError)
    expect(v.safeParse(Rfc3339, text).success).toBe(false)
  })
})

describe('the own machine', () => {
  it.each([
    ['http://127.0.0.1:8701', true],
    ['http://127.8.9.10', true],
    ['http://[::1]:1', true],
    ['http://localhost', true],
    ['http://127.0.0.1.example.com', false],
    ['http://10.0.0.1', false],
    ['https://api.mch.weixin.qq.com', false],
  ])('%s: %s', (url, expected) => {
    expect(isLoopback(new URL(url))).toBe(expected)
  })
})
