import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/partner/4012586139'

/** What the pages of 微信支付分 show. That the page of the plan shows the same is DERIVED: the answers speak of the others. */
export const payScorePhone: readonly Entry[] = [
  {
    id: 'pay-score-not-online',
    where: 'phone',
    match: { text: '暂无法使用此服务,微信支付分逐步开放中' },
    cause: 'The service is not online yet, and who tests is not on its whitelist.',
    remedy: 'Put the 微信号 on the whitelist in 商户平台 (测试微信号配置), or wait until the service is online.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-score-page-appid',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4108' },
    cause: 'The page was opened from another AppID than the one that made the package.',
    remedy: 'Make the package with the AppID of the mini-program that opens the page.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-score-page-package-missing',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4185' },
    cause: 'The package is empty, or businessType or path belong to another page.',
    remedy: 'Pass extraData.package as the answer gave it, with the businessType of that page.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-score-page-package-wrong',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4186' },
    cause: 'The package is not one that WeChat Pay made, or is changed or too old.',
    remedy: 'Make a new one; pass it unchanged, URL-encoded only where it stands in a query string.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-score-page-merchant',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4188' },
    cause: '商户号, AppID and 服务ID do not belong together, or the AppID lacks the permission.',
    remedy:
      'Compare them with what was given when the service was applied for; the contact at WeChat Pay binds new ones.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-score-page-service',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4189' },
    cause: 'The 服务ID in the package is not valid.',
    remedy: 'Check WECHATPAY_PAYSCORE_SERVICE_ID and make a new package.',
    basis: 'seen',
  },
  {
    id: 'pay-score-page-number',
    where: 'phone',
    match: { text: '商户请求错误,错误码:4190' },
    cause: 'The number of the service order in the package is not valid.',
    remedy: 'Create the order anew and make a new package.',
    basis: 'seen',
  },
  {
    id: 'pay-score-page-unknown-order',
    where: 'phone',
    match: { text: '商户请求错误,错误码:3961' },
    cause: 'The 服务ID is wrong, or there is no such order.',
    remedy: 'Query the order with the same 服务ID and AppID.',
    basis: 'seen',
  },
  {
    id: 'pay-score-page-signature',
    where: 'phone',
    match: { text: '商户签名校验失败' },
    cause: 'The page of a service order is signed with another key than the APIv2 key of the 商户号.',
    remedy:
      'Check WECHATPAY_API_V2_KEY_FILE: HMAC-SHA256 with the APIv2密钥, seconds as timestamp, sign_type signed too.',
    doc,
    basis: 'official',
  },
]
