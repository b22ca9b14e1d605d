import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/merchant/4012791898'
const where = 'phone'

/** What a phone shows, or hands to `fail` of `wx.requestPayment` and `wx.request`. It is never proof: ask the server. */
export const phone: readonly Entry[] = [
  {
    id: 'payment-cancelled',
    where,
    match: { text: 'requestPayment:fail cancel' },
    cause: 'The shopper closed the sheet; some phones say so of a wrong paySign too.',
    remedy: 'Ask the server, leave the order unpaid. If it happens to everybody at once: check the paySign.',
    doc,
    basis: 'official',
  },
  {
    id: 'payment-cancelled-long-ago',
    where,
    match: { text: 'requestPayment:cancel' },
    cause: 'The shopper closed the sheet, on WeChat 6.5.2 or older: it reaches `complete` only.',
    remedy: 'Treat it as requestPayment:fail cancel.',
    basis: 'official',
  },
  {
    id: 'payment-no-permission',
    where,
    match: { text: 'requestPayment:fail no permission' },
    cause:
      'Payment is limited for this mini-program: 运营规范, most often missing shipping information (发货信息管理).',
    remedy: 'Read 小程序后台 → 通知中心; upload shipping information for the orders that wait.',
    basis: 'seen',
  },
  {
    id: 'payment-access-denied',
    where,
    match: { text: 'access denied' },
    cause: 'Payment is limited for this mini-program (运营规范, 发货信息管理).',
    remedy: 'Read 小程序后台 → 通知中心; upload shipping information for the orders that wait.',
    basis: 'seen',
  },
  {
    id: 'payment-banned',
    where,
    match: { text: 'requestPayment:fail banned' },
    cause: 'Payment is forbidden for this mini-program (运营规范).',
    remedy: 'Read 小程序后台 → 通知中心 and appeal there.',
    basis: 'seen',
  },
  {
    id: 'payment-no-jsapi-permission',
    where,
    match: { text: 'jsapi has no permission', errno: 102 },
    cause:
      'The mini-program may not pay now: payment is not opened, or limited until shipping information is uploaded.',
    remedy: 'Look at 小程序后台 → 微信支付 and 通知中心; upload shipping information (发货信息管理).',
    basis: 'seen',
  },
  {
    id: 'pay-sign-wrong',
    where,
    match: { text: '支付签名验证失败' },
    cause:
      'paySign does not fit: another key or AppID than that of the order, not four lines, or package without prepay_id=.',
    remedy: 'Sign AppID of the mini-program, timeStamp, nonceStr and package with the key that ordered; signType RSA.',
    doc,
    basis: 'official',
  },
  {
    id: 'pay-sign-wrong-too',
    where,
    match: { text: '支付验证签名失败' },
    cause:
      'paySign does not fit: another key or AppID than that of the order, not four lines, or package without prepay_id=.',
    remedy:
      'The AppID of the order and of the mini-program are the same; package starts with prepay_id=; signType RSA.',
    doc,
    basis: 'seen',
  },
  {
    id: 'pay-scene-wrong',
    where,
    match: { text: '支付场景非法' },
    cause: 'The prepay_id was ordered for another product (Native, H5, App).',
    remedy: 'Order with JSAPI/小程序下单 (/v3/pay/transactions/jsapi).',
    basis: 'official',
  },
  {
    id: 'pay-method-abnormal',
    where,
    match: { text: '当前商户该支付方式存在异常' },
    cause: 'The prepay_id was not made by a JSAPI order.',
    remedy: 'Order with JSAPI/小程序下单 (/v3/pay/transactions/jsapi).',
    basis: 'official',
  },
  {
    id: 'pay-from-web-view',
    where,
    match: { text: '在小程序内通过外部H5页面调起支付报错' },
    cause: 'A page inside a web-view wants to pay; within a mini-program only the mini-program itself can.',
    remedy:
      'Go back to a page of the mini-program and call wx.requestPayment there. Then check: its AppID is in the order; 小程序支付 is opened and its 权限状态 normal; AppID and 商户号 are bound.',
    basis: 'seed',
  },
  {
    id: 'domain-not-listed',
    where,
    match: { text: 'url not in domain list' },
    cause: 'The address is not among the 服务器域名 of the mini-program, with exactly this port.',
    remedy: 'List it in 小程序后台 → 开发管理 → 服务器域名; check it with: pnpm shouyin doctor --domain <url>.',
    basis: 'official',
  },
]
