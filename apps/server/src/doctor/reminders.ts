/** From where WeChat Pay sends notifications, for firewalls. */
const notificationSources = [
  ...['101.226.103.0/25', '140.207.54.0/25', '121.51.58.128/25', '183.3.234.0/25', '58.251.80.0/25'],
  ...['121.51.30.128/25', '203.205.219.128/25', '81.71.199.64', '81.71.198.25', '81.71.199.59'],
]
/** From where those of refunds come besides. */
const refundSources = [
  ...['175.24.214.208', '175.24.211.24', '175.24.213.135', '109.244.180.23', '114.132.203.119', '43.139.43.69'],
]

/** What doctor cannot look at; a person has to. */
export const reminders: readonly string[] = [
  'Let these sources in to the notify_url:',
  `  ${notificationSources.join(' ')}`,
  `  refunds also: ${refundSources.join(' ')}`,
  'What doctor cannot see from here:',
  '  商户平台 → 产品中心: 小程序支付 is opened and its 权限状态 is normal; refunds need 退款 permission and a balance',
  '  商户平台 → 账户中心 → API安全: an APIv3密钥 is set. Without one there are no notifications at all',
  '  商户平台: a refund callback URL set there sends V2 XML for refunds made by hand; leave it empty or know it',
  '  先享卡, where some are on offer: WeChat Pay has activated them and let its test users in (白名单); names as offered here',
  '  ICP filing (备案) of the domain, 服务器域名, 用户隐私保护指引 and 订单中心 path in 小程序后台',
  '  Who may refund: keys with scopes, and a second person above a sum. Whoever holds both keys is no second person',
  '  Whose money: collecting for other companies on the own 商户号 (二清) is forbidden whatever the technique',
]
