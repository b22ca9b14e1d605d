import { describe, expect, it } from 'vitest'
import type { SignatureReason } from '../errors.ts'
import * as openApi from '../open-api/index.ts'
import { allEndpoints } from '../products/endpoints.ts'
import { catalogue, type Entry, findRemedy, type Symptom } from './index.ts'

const symptomOf = ({ where, match }: Entry): Symptom =>
  where === 'requestId' ? { where: 'api', requestId: `08A1-${match.errno}` } : { where, ...match }

describe('the catalogue', () => {
  it('has one id and one match per entry, and says cause and remedy in sentences', () => {
    const unique = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length)
    unique(catalogue.map((entry) => entry.id))
    unique(catalogue.map(({ where, match }) => JSON.stringify([where, match])))
    for (const { id, cause, remedy, doc = 'https://' } of catalogue) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      for (const sentence of [cause, remedy]) expect(sentence, id).toMatch(/^\S.{8,}\.$/)
      expect(doc).toMatch(/^https:/)
    }
  })

  it.each(catalogue.map((entry) => [entry.id, entry] as const))('%s is found by what it looks like', (_, entry) => {
    expect(findRemedy(symptomOf(entry))).toBe(entry)
  })

  it('explains every error that an endpoint declares', () => {
    const declared = allEndpoints.flatMap(({ id, errors }) => errors.map(({ status, code }) => ({ id, status, code })))
    expect(declared.length).toBeGreaterThan(50)
    expect(declared.filter((error) => !findRemedy({ where: 'api', ...error }))).toEqual([])
    const { loginEndpoint, stableTokenEndpoint, uploadShippingInfoEndpoint, ...others } = openApi
    const { getShippingOrderEndpoint, isTradeManagedEndpoint } = others
    const withErrcodes = [loginEndpoint, stableTokenEndpoint, uploadShippingInfoEndpoint, getShippingOrderEndpoint]
    const errcodes = [...withErrcodes, isTradeManagedEndpoint].flatMap(({ errors }) => errors.map((e) => e.errcode))
    expect(errcodes.filter((errno) => !findRemedy({ where: 'openApi', errno }))).toEqual([])
  })

  it('explains every reason to believe nothing', () => {
    const reasons = {
      HEADERS_MISSING: true,
      TIMESTAMP_OUTSIDE_TOLERANCE: true,
      SERIAL_UNKNOWN: true,
      SIGNATURE_MISMATCH: true,
      ALGORITHM_UNSUPPORTED: true,
      PROBE: true,
    } satisfies Record<SignatureReason, true>
    for (const code of Object.keys(reasons)) expect(findRemedy({ where: 'verification', code }), code).toBeDefined()
  })
})

describe('texts that the documents quote are explained', () => {
  it.each([
    ['phone', '未通过申请,当前服务未上线', 'card-not-online'],
    ['phone', '未能领取先享卡,先享卡未开放领取,敬请关注', 'card-not-open'],
    ['phone', '未通过申请，当前服务未上线', 'card-not-online'],
    ['phone', '页面异常 系统繁忙,请稍后再试(errcode273678001)', 'card-page-number-used'],
    ['phone', '页面异常 系统繁忙,请稍后再试（errcode269546520）', 'card-page-parameter'],
    ['phone', '页面异常 系统繁忙,请稍后再试(errcode273677970)', 'card-page-merchant'],
    ['phone', '页面打开异常, 请从商户 APP 或小程序打开领卡页', 'card-page-without-parameters'],
    ['api', '请求参数符合参数格式, 但不符合业务规则', 'card-against-rules'],
    ['api', '发券商户号校验失败,请核实是否满足同品牌等规则', 'gift-not-same-brand'],
    ['api', '商家券信息不满足活动规则,请核实券有效期或code', 'gift-coupon-rules'],
    ['openApi', '此公众号并没有这些scope的权限,错误码10005', 'openid-scope'],
    ['openApi', 'redirect_url域名与后台配置不一致,错误码:10003', 'openid-redirect-url'],
    ['phone', '在小程序内通过外部H5页面调起支付报错', 'pay-from-web-view'],
    ['phone', 'requestPayment:fail cancel', 'payment-cancelled'],
    ['phone', 'requestPayment:cancel', 'payment-cancelled-long-ago'],
    ['phone', 'requestPayment:fail no permission', 'payment-no-permission'],
    ['phone', 'requestPayment:fail 支付场景非法', 'pay-scene-wrong'],
    ['api', '单据正在扣款中，请稍后再试', 'pay-score-being-deducted'],
    ['phone', '商户请求错误，错误码：4108', 'pay-score-page-appid'],
  ] as const)('%s: %s', (where, text, id) => {
    expect(findRemedy({ where, text })?.id).toBe(id)
  })

  it('whatever the punctuation and whatever stands around them', () => {
    const text = 'gift.create: 400 INVALID_REQUEST 发券商户号校验失败，请核实是否满足同品牌等规则'
    expect(findRemedy({ where: 'api', status: 400, code: 'INVALID_REQUEST', text })?.id).toBe('gift-not-same-brand')
  })
})

describe('the most specific entry wins', () => {
  const unauthorized = { where: 'api', status: 401, code: 'SIGN_ERROR' } as const

  it.each([
    ['a message before its code', { ...unauthorized, text: '商户证书已过期' }, 'certificate-expired'],
    ['a message nobody knows falls back to the code', { ...unauthorized, text: '别的' }, 'sign-error'],
    [
      'the number of a Request-ID before a code',
      { ...unauthorized, requestId: '08F1-268443715' },
      'request-id-merchant-unusable',
    ],
    [
      'a message before the number',
      { ...unauthorized, text: '商户证书已过期', requestId: 'x-268443715' },
      'certificate-expired',
    ],
    ['a number nobody knows is no number', { ...unauthorized, requestId: '08F1-1' }, 'sign-error'],
    [
      'a sentence of Pay Score before the code that many share',
      { where: 'api', status: 403, code: 'NO_AUTH', text: '商户暂无权限使用此服务\t' },
      'pay-score-no-permission',
    ],
    [
      'the old wording of a completed order before its code',
      { where: 'api', status: 400, code: 'PARAM_ERROR', text: '完结订单状态不合法' },
      'pay-score-completed-already',
    ],
    [
      'a sentence about a card before the code that many share',
      { where: 'api', status: 404, code: 'RESOURCE_NOT_EXISTS', text: '订单不存在, 请检查订单号是否正确' },
      'card-unknown',
    ],
    ['a number of a card page without its text', { where: 'phone', errno: 273677970 }, 'card-page-merchant'],
    ['the old spelling of a code', { where: 'api', status: 403, code: 'NOAUTH' }, 'no-auth'],
    ['a status where there is no body', { where: 'api', status: 404 }, 'path-unknown'],
    ['an errno without its text', { where: 'phone', errno: 102 }, 'payment-no-jsapi-permission'],
  ] as const)('%s', (_, symptom, id) => {
    expect(findRemedy(symptom)?.id).toBe(id)
  })

  it.each<[string, Symptom]>([
    ['a new code', { where: 'api', status: 404, code: 'NEW' }],
    ['a code with another status', { where: 'api', status: 500, code: 'SIGN_ERROR' }],
    ['a text of another place', { where: 'phone', text: '商户证书已过期' }],
    ['nothing', { where: 'api' }],
  ])('%s is not explained by guessing', (_, symptom) => {
    expect(findRemedy(symptom)).toBeUndefined()
  })
})
