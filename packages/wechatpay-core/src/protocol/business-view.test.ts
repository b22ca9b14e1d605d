import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WechatPayError } from '../errors.ts'
import { vector } from '../testing/index.ts'
import {
  asApp,
  asH5,
  asNavigation,
  confirmOrderView,
  isSignedBusinessView,
  PAY_SCORE_APPID,
  serviceOrderView,
  signBusinessView,
  signPlanView,
} from './business-view.ts'

const KEY = '192006250b4c09247ec02edce69f6a2d'
const now = new Date('2018-06-27T11:06:03.900Z')
const order = { mchid: '1230000109', serviceId: '88888888000011', outOrderNo: '1234323JKHDFE1243252' }
const confirmation = { mchid: '1230000109', packageText: 'XXXXXXXX' }

/** The members of a vector's message, in any order. */
const membersOf = (id: string): Record<string, string> => {
  const { message = '' } = vector(id)
  const pairs = message.split('&').map((pair) => [pair.split('=')[0], pair.split('=')[1]])
  const { key: _, ...members } = Object.fromEntries(pairs.reverse())
  return members
}

describe('the signature of a Pay Score page', () => {
  it.each(['H1', 'H2', 'H3'])('of vector %s is the known one, in whatever order the members stand', (id) => {
    expect(signBusinessView(membersOf(id), KEY)).toBe(vector(id).signature)
  })

  it('leaves out empty members and itself', () => {
    const signature = vector('H2').signature ?? ''
    const members = { ...membersOf('H2'), attach: '', sign: 'anything' }
    expect(signBusinessView(members, KEY)).toBe(signature)
    expect(isSignedBusinessView({ ...members, sign: signature }, KEY)).toBe(true)
  })

  it('is refused after any change of a member, of the key or of itself', () => {
    const extraData: Readonly<Record<string, string>> = serviceOrderView(order, KEY, now).extraData
    expect(isSignedBusinessView(extraData, KEY)).toBe(true)
    for (const name of Object.keys(extraData)) {
      expect(isSignedBusinessView({ ...extraData, [name]: `${extraData[name]}x` }, KEY), name).toBe(false)
      expect(isSignedBusinessView({ ...extraData, [name]: '' }, KEY), name).toBe(false)
    }
    expect(isSignedBusinessView({ ...extraData, added: '1' }, KEY)).toBe(false)
    expect(isSignedBusinessView(extraData, KEY.toUpperCase())).toBe(false)
    expect(isSignedBusinessView({ ...extraData, sign: String(extraData.sign).toLowerCase() }, KEY)).toBe(false)
  })

  it('of whatever is signed is accepted by the check, and by it only', () => {
    const texts = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 6, noNullPrototype: true })
    fc.assert(
      fc.property(texts, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (members, key, other) => {
        const sign = signBusinessView(members, key)
        expect(isSignedBusinessView({ ...members, sign }, key)).toBe(true)
        if (other !== key) expect(isSignedBusinessView({ ...members, sign }, other)).toBe(false)
      }),
    )
  })
})

describe('the pages', () => {
  it('签约计划: nothing but the package, unsigned', () => {
    expect(signPlanView('AARupJoAAAABAAAAAADSh9ra0Xzx')).toEqual({
      businessType: 'wxpayScorePlan',
      extraData: { package: 'AARupJoAAAABAAAAAADSh9ra0Xzx' },
    })
  })

  it('订单详情: seconds, a fresh nonce, the order, and no other members', () => {
    const { businessType, extraData } = serviceOrderView(order, KEY, now)
    expect(businessType).toBe('wxpayScoreDetail')
    expect(extraData).toEqual({
      mch_id: order.mchid,
      service_id: order.serviceId,
      out_order_no: order.outOrderNo,
      timestamp: '1530097563',
      nonce_str: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
      sign_type: 'HMAC-SHA256',
      sign: expect.stringMatching(/^[0-9A-F]{64}$/),
    })
    expect(serviceOrderView(order, KEY, now).extraData.nonce_str).not.toBe(extraData.nonce_str)
    const { sign: _, nonce_str: __, ...rest } = extraData
    expect(signBusinessView({ ...rest, nonce_str: membersOf('H2').nonce_str ?? '' }, KEY)).toBe(vector('H2').signature)
  })

  it('确认订单, the old form: mch_id and package', () => {
    const { businessType, extraData } = confirmOrderView(confirmation, KEY, now)
    expect(businessType).toBe('wxpayScoreUse')
    expect(Object.keys(extraData).sort()).toEqual(['mch_id', 'nonce_str', 'package', 'sign', 'sign_type', 'timestamp'])
    expect(isSignedBusinessView(extraData, KEY)).toBe(true)
  })

  it.each<[string, () => unknown, RegExp]>([
    ['a sign page without a package', () => signPlanView(''), /packageText .*创建用户的签约计划/],
    ['a sign page of nothing', () => signPlanView(undefined as unknown as string), /packageText/],
    ['an order without a merchant', () => serviceOrderView({ ...order, mchid: '' }, KEY, now), /^mchid .*商户号/],
    [
      'an order without a service',
      () => serviceOrderView({ ...order, serviceId: '' }, KEY, now),
      /^serviceId .*服务ID/,
    ],
    ['an order without a number', () => serviceOrderView({ ...order, outOrderNo: '' }, KEY, now), /^outOrderNo /],
    ['a confirmation without a package', () => confirmOrderView({ mchid: '1', packageText: '' }, KEY, now), /package/],
    ['the APIv3 key cut short', () => serviceOrderView(order, KEY.slice(1), now), /apiV2Key .*32.*APIv2密钥/],
    ['no key', () => confirmOrderView(confirmation, '', now), /apiV2Key/],
  ])('%s is refused by name and with the remedy, and no key is in the message', (_, make, message) => {
    try {
      make()
      expect.unreachable('it should have been refused')
    } catch (error) {
      expect(error).toBeInstanceOf(WechatPayError)
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID', message: expect.stringMatching(message) })
      expect(String(error)).not.toContain(KEY.slice(1))
    }
  })
})

describe('the same page from elsewhere', () => {
  const view = signPlanView('AARu+pJo/A&A=')

  it('another mini-program: the path of each page, and the members as they are', () => {
    expect(asNavigation(view)).toEqual({
      appId: 'wxd8f3793ea3b935b8',
      path: 'pages/use/plan',
      extraData: { package: 'AARu+pJo/A&A=' },
    })
    expect(asNavigation(serviceOrderView(order, KEY, now))).toMatchObject({
      appId: PAY_SCORE_APPID,
      path: 'pages/record/detail',
    })
    expect(asNavigation(confirmOrderView(confirmation, KEY, now)).path).toBe('pages/use/use')
  })

  it('a page inside WeChat and an app: a query string with encoded values', () => {
    const query = 'package=AARu%2BpJo%2FA%26A%3D'
    expect(asH5(view)).toEqual({ businessType: 'wxpayScorePlan', queryString: query })
    expect(asApp(view)).toEqual({ businessType: 'wxpayScorePlan', query, extInfo: '{"miniProgramType":0}' })
    expect(JSON.parse(asApp(view).extInfo)).toEqual({ miniProgramType: 0 })
  })

  it('the query string carries exactly the signed members', () => {
    const detail = serviceOrderView(order, KEY, now)
    const read = Object.fromEntries(new URLSearchParams(asH5(detail).queryString))
    expect(read).toEqual(detail.extraData)
    expect(isSignedBusinessView(read, KEY)).toBe(true)
    expect(asApp(detail).query).toBe(asH5(detail).queryString)
  })
})
