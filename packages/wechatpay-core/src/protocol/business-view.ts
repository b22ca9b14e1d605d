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

/** Where `wx.navigateToMiniProgram` finds the same page, for base libraries before 2.6.0. */
const paths: Readonly<Record<BusinessType, string>> = {
  wxpayScorePlan: 'pages/use/plan',
  wxpayScoreUse: 'pages/use/use',
  wxpayScoreDetail: 'pages/record/detail',
  wxpayScoreEnable: 'pages/use/enable',
}

/**
 * 签约计划页. Nothing is signed: `package` of 创建用户的签约计划 is proof enough, for 2 hours.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012855944
 */
export function signPlanView(packageText: string): BusinessView {
  if (!packageText) throw configInvalid('the sign page needs the package of the sign plan')
  return { businessType: 'wxpayScorePlan', extraData: { package: packageText } }
}

/** The members that are signed, without the three that signing adds. */
type Unsigned = Readonly<Record<string, string>>

/**
 * Signs the parameters of a Pay Score page: HMAC-SHA256 with the APIv2 key, not with the APIv3 key nor the RSA key.
 * Empty members are left out, `sign_type` is signed too.
 * @param apiV2Key 32 characters, 商户平台 → 账户中心 → API安全 → APIv2密钥
 */
export function signBusinessView(members: Unsigned, apiV2Key: string): string {
  const pairs = Object.entries(members).filter(([name, value]) => name !== 'sign' && value !== '')
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`)
  const message = [...sorted, `key=${apiV2Key}`].join('&')
  return createHmac('sha256', apiV2Key).update(message).digest('hex').toUpperCase()
}

/** Whether `sign` fits; what WeChat checks before it opens the page. */
export const isSignedBusinessView = (extraData: Unsigned, apiV2Key: string): boolean =>
  extraData.sign === signBusinessView(extraData, apiV2Key)

const signed = (members: Unsigned, apiV2Key: string, now: Date): Readonly<Record<string, string>> => {
  if (apiV2Key.length !== 32) throw configInvalid('the APIv2 key must have 32 characters')
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
export function serviceOrderView(page: ServiceOrderPage, apiV2Key: string, now: Date): BusinessView {
  const members = { mch_id: page.mchid, service_id: page.serviceId, out_order_no: page.outOrderNo }
  return { businessType: 'wxpayScoreDetail', extraData: signed(members, apiV2Key, now) }
}

/** 确认订单页 in its old, signed form; today `package` alone is enough. Of ordinary service orders, not of plans. */
export function confirmOrderView(
  { mchid, packageText }: { readonly mchid: string; readonly packageText: string },
  apiV2Key: string,
  now: Date,
): BusinessView {
  return {
    businessType: 'wxpayScoreUse',
    extraData: signed({ mch_id: mchid, package: packageText }, apiV2Key, now),
  }
}

/** For `wx.navigateToMiniProgram`, where `wx.openBusinessView` does not exist; counts against its quota. */
export const asNavigation = ({ businessType, extraData }: BusinessView) => ({
  appId: PAY_SCORE_APPID,
  path: paths[businessType],
  extraData,
})

/** `queryString` of `wx.invoke('openBusinessView', …)` in a page inside WeChat (JSSDK). */
export const asH5 = ({ businessType, extraData }: BusinessView) => ({
  businessType,
  queryString: queryOf(extraData),
})

/** `WXOpenBusinessView.Req` of the App SDK; `miniProgramType` 0 is the released version. */
export const asApp = ({ businessType, extraData }: BusinessView) => ({
  businessType,
  query: queryOf(extraData),
  extInfo: '{"miniProgramType":0}',
})

const queryOf = (extraData: Unsigned): string =>
  Object.entries(extraData)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
