import { createHmac } from 'node:crypto'
import { randomNonce } from '../crypto/nonce.ts'
import { configInvalid } from '../errors.ts'

/** 微信支付分, the mini-program whose pages `wx.openBusinessView` opens. */
export const PAY_SCORE_APPID = 'wxd8f3793ea3b935b8'

export const businessTypes = ['wxpayScorePlan', 'wxpayScoreUse', 'wxpayScoreDetail', 'wxpayScoreEnable'] as const
export type BusinessType = (typeof businessTypes)[number]

/** Exactly what `wx.openBusinessView` takes besides its callbacks. */
export interface BusinessView {
  readonly businessType: BusinessType
  readonly extraData: Readonly<Record<string, string>>
}

/** Where `wx.navigateToMiniProgram` finds the same page. */
const paths: Readonly<Record<BusinessType, string>> = {
  wxpayScorePlan: 'pages/use/plan',
  wxpayScoreUse: 'pages/use/use',
  wxpayScoreDetail: 'pages/record/detail',
  wxpayScoreEnable: 'pages/use/enable',
}

/** @throws WechatPayError ERR_CONFIG_INVALID, with the name of what is missing and where it comes from */
function given(name: string, value: string, from: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw configInvalid(`${name} must not be empty: it is ${from}`)
}

/**
 * 签约计划页. Nothing is signed: `package` of 创建用户的签约计划 is proof enough, for 2 hours. Its pages name no parameter of
 * the return: query the sign plan.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012855944
 */
export function signPlanView(packageText: string): BusinessView {
  return {
    businessType: 'wxpayScorePlan',
    extraData: { package: given('packageText', packageText, 'the package of 创建用户的签约计划, valid for 2 hours') },
  }
}

type Members = Readonly<Record<string, string>>

/**
 * Signs the parameters of a Pay Score page: HMAC-SHA256 with the APIv2 key, not with the APIv3 key nor the RSA key.
 * Empty members are left out, `sign_type` is signed too.
 * @param apiV2Key 32 characters, 商户平台 → 账户中心 → API安全 → APIv2密钥
 */
export function signBusinessView(members: Members, apiV2Key: string): string {
  const pairs = Object.entries(members).filter(([name, value]) => name !== 'sign' && value !== '')
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`)
  const message = [...sorted, `key=${apiV2Key}`].join('&')
  return createHmac('sha256', apiV2Key).update(message).digest('hex').toUpperCase()
}

/** Whether `sign` fits; what WeChat checks before it opens the page. */
export const isSignedBusinessView = (extraData: Members, apiV2Key: string): boolean =>
  extraData.sign === signBusinessView(extraData, apiV2Key)

function signed(members: Members, apiV2Key: string, now: Date): Members {
  if (apiV2Key.length !== 32) {
    throw configInvalid('apiV2Key must have 32 characters: set it in 商户平台 → 账户中心 → API安全 → APIv2密钥')
  }
  const all = {
    ...members,
    timestamp: String(Math.floor(now.getTime() / 1000)),
    nonce_str: randomNonce(),
    sign_type: 'HMAC-SHA256',
  }
  return { ...all, sign: signBusinessView(all, apiV2Key) }
}

interface ServiceOrderPage {
  readonly mchid: string
  readonly serviceId: string
  readonly outOrderNo: string
}

/**
 * 支付分订单详情页, where the user sees, and pays, what a service order owes.
 * @see https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/applets-order.html
 */
export function serviceOrderView(
  { mchid, serviceId, outOrderNo }: ServiceOrderPage,
  apiV2Key: string,
  now: Date,
): BusinessView {
  const members = {
    mch_id: given('mchid', mchid, 'the 商户号 that made the order'),
    service_id: given('serviceId', serviceId, 'the 服务ID of the order'),
    out_order_no: given('outOrderNo', outOrderNo, 'the 商户服务订单号, out_order_no of its answers'),
  }
  return { businessType: 'wxpayScoreDetail', extraData: signed(members, apiV2Key, now) }
}

/**
 * 确认订单页 in its old, signed form; today `package` alone is enough. Of ordinary service orders, not of plans.
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_1_13.shtml
 */
export function confirmOrderView(
  { mchid, packageText }: { readonly mchid: string; readonly packageText: string },
  apiV2Key: string,
  now: Date,
): BusinessView {
  const members = {
    mch_id: given('mchid', mchid, 'the 商户号 that made the order'),
    package: given('packageText', packageText, 'the package of 创建支付分订单, valid for 1 hour'),
  }
  return { businessType: 'wxpayScoreUse', extraData: signed(members, apiV2Key, now) }
}

/**
 * For `wx.navigateToMiniProgram`, where `wx.openBusinessView` does not exist (base library before 2.6.0). Counts against
 * its quota of 10. Merchants who joined after 31 January 2024 may not use it for 确认订单; for the plan it is still printed.
 * @see https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/applets-confirm-wx-navigatetominiprogram.html
 */
export const asNavigation = ({ businessType, extraData }: BusinessView) => ({
  appId: PAY_SCORE_APPID,
  path: paths[businessType],
  extraData,
})

/**
 * For `wx.invoke('openBusinessView', …)` in a page inside WeChat (JSSDK 1.5.0, WeChat ≥ 7.0.5). The plan's form is on a
 * page for service providers only, whose package is the same; a page in another browser has none in any source.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012855942
 */
export const asH5 = ({ businessType, extraData }: BusinessView) => ({ businessType, queryString: queryOf(extraData) })

/**
 * `WXOpenBusinessView.Req` of the App SDK (Android ≥ 5.3.1, iOS ≥ 1.8.4, WeChat ≥ 7.0.3); `miniProgramType` 0 is the
 * released version. The plan's form is on a page for service providers only, whose package is the same.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012855940
 */
export const asApp = ({ businessType, extraData }: BusinessView) => ({
  businessType,
  query: queryOf(extraData),
  extInfo: '{"miniProgramType":0}',
})

const queryOf = (extraData: Members): string =>
  Object.entries(extraData)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
