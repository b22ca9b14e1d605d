/** The order of the official page on 小程序下单, and of the document that this project started from. */
export const orderBody = {
  amount: { total: 100, currency: 'CNY' },
  mchid: '1900006891',
  description: 'Image形象店-深圳腾大-QQ公仔',
  notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
  payer: { openid: 'o4GgauE1lgaPsLabrYvqhVg7O8yA' },
  out_trade_no: '1217752501201407033233388881',
  goods_tag: 'WXG',
  appid: 'wxdace645e0bc2c424',
} as const

/** 支付成功通知, decrypted. */
export const paidTransaction = {
  transaction_id: '1217752501201407033233368018',
  amount: { payer_total: 100, total: 100, currency: 'CNY', payer_currency: 'CNY' },
  mchid: '1230000109',
  trade_state: 'SUCCESS',
  bank_type: 'CMC',
  success_time: '2018-06-08T10:34:56+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  out_trade_no: '1217752501201407033233368018',
  appid: 'wxd678efh567hg6787',
  trade_state_desc: '支付成功',
  trade_type: 'JSAPI',
  attach: '自定义数据',
  scene_info: { device_id: '013467007045764' },
} as const
