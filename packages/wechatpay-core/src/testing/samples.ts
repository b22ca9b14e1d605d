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

/** 退款成功通知, decrypted. */
export const notifiedRefund = {
  mchid: '1900000100',
  transaction_id: '1008450740201411110005820873',
  out_trade_no: '20150806125346',
  refund_id: '50200207182018070300011301001',
  out_refund_no: '7752501201407033233368018',
  refund_status: 'SUCCESS',
  success_time: '2018-06-08T10:34:56+08:00',
  user_received_account: '招商银行信用卡0403',
  amount: { total: 999, refund: 999, payer_total: 999, payer_refund: 999 },
} as const

/** 退款单, with every member of the reference that an accepted refund has. */
export const acceptedRefund = {
  refund_id: '50200207182018070300011301001',
  out_refund_no: '7752501201407033233368018',
  transaction_id: '1008450740201411110005820873',
  out_trade_no: '20150806125346',
  channel: 'ORIGINAL',
  user_received_account: '招商银行信用卡0403',
  create_time: '2018-06-08T10:34:56+08:00',
  status: 'PROCESSING',
  funds_account: 'AVAILABLE',
  amount: {
    total: 999,
    refund: 999,
    from: [{ account: 'AVAILABLE', amount: 999 }],
    payer_total: 999,
    payer_refund: 999,
    settlement_refund: 999,
    settlement_total: 999,
    discount_refund: 0,
    currency: 'CNY',
    refund_fee: 0,
  },
  promotion_detail: [{ promotion_id: '109519', scope: 'GLOBAL', type: 'NOCASH', amount: 5, refund_amount: 5 }],
} as const

/** Rows and header of the one official bill that is published: ALL, a payment, a refund, and its way to print a sum. */
export const officialBill = {
  header:
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
  payment:
    '`2019-02-19 01:52:32,`wxab8acd895ab1638a,`1921000401,`0,`,`4200000263201902167700134902,`autotest_20190219015232_89201,`wxab8acb865bb1637e,`NATIVE,`SUCCESS,`OTHERS,`CNY,`0.03,`0.00,`0,`0,`0.00,`0.00,`,`,`autotest,`,`0.01000,`39.00%,`0.03,`0.00,`',
  refund:
    '`2019-02-19 05:01:46,`wxab8acd895ab1638a,`1921000401,`0,`harryma007,`4200000263201902167700134212,`autotest_20190216081946_82335,`oHkLxtx0vUqe-18p_AXTZ1innxkCY,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50000709672019011908420787722,`REF4200000263201902167700963919,`0.01,`0.00,`ORIGINAL,`SUCCESS,`系统拨测-cheeryin-test_micropay_succ,`,`0.00000,`39.00%,`0.00,`0.01,`',
  summaryHeader: '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
  /** Of these two rows. */
  summary: '`2.0,`0.03,`0.01,`0.0,`0.01,`0.03,`0.01',
} as const
