const unused = (no: number) => ({
  plan_detail_no: no,
  original_price: 200,
  plan_discount_description: '享受五折',
  actual_price: 100,
  plan_detail_state: 'NOT_USED',
  order_id: '',
  merchant_plan_detail_no: String(1693882928726 + no),
  plan_detail_name: `服务费${no}`,
  actual_pay_price: 0,
  use_time: '',
  complete_time: '',
  cancel_time: '',
})

/** 签约成功, decrypted: five details, and empty strings for everything that is not set. */
export const signNotice = {
  sign_plan_id: '01020033210023606914000000007830',
  openid: 'oBgbt4sGN3Vl76KF7QgLF37UdjDU',
  service_id: '00109000000000169034377913212082',
  mchid: '2480262201',
  appid: 'wxa620f17681c6b0c7',
  merchant_sign_plan_no: '1693882928726',
  merchant_callback_url: 'https://payapp.weixin.qq.com/wxvaluetest/common/indirect_bank/2492014071/listennotify',
  plan_id: '01000033210032606914000000007983',
  going_detail_no: 0,
  sign_state: 'SIGNED',
  cancel_sign_time: '',
  cancel_sign_type: 'NOT_CANCEL',
  cancel_reason: '',
  plan_name: '瑜伽课5节',
  plan_over_time: '2024-07-02T00:00:00+08:00',
  total_origin_price: 1000,
  deduction_quantity: 5,
  total_actual_price: 500,
  signed_detail_list: [1, 2, 3, 4, 5].map(unused),
  sign_time: '2023-09-05T11:03:56+08:00',
} as const

const revoked = {
  ...signNotice,
  cancel_sign_time: '2023-09-05T10:28:50+08:00',
  cancel_sign_type: 'REVOKE_SERVICE',
  signed_detail_list: [unused(1)],
} as const

/** The two that one copy of the pages prints: for signing a plan that is cancelled, for cancelling one that is unsigned. */
export const swappedNotices = {
  signed: { ...revoked, sign_state: 'SIGN_PLAN_CANCEL' },
  cancelled: { ...revoked, sign_state: 'UNSIGNED' },
} as const

/** 签约成功 of a service provider, which carries `mchid` too. */
export const partnerSignNotice = { ...signNotice, sub_mchid: '2480262211', sub_appid: '' } as const

const order = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  out_order_no: '1234323JKHDFE1243252',
  service_id: '500001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  service_introduction: '嗨客餐厅用餐',
  post_payments: [{ name: '服务费', amount: 40000, description: '每分钟1元' }],
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 10000, description: '就餐的预估费用' },
  time_range: { start_time: '20091225091010', end_time: '20091225091210' },
  location: { start_location: '嗨客时尚主题展餐厅', end_location: '嗨客时尚主题展餐厅' },
  attach: 'attach',
  order_id: '165461131',
} as const

/** 支付成功, decrypted. Older pages print paid_amount 0 here; this one adds up. */
export const paidNotice = {
  ...order,
  state: 'DONE',
  total_amount: 40000,
  post_discounts: [],
  notify_url: 'https://api.test.com',
  need_collection: true,
  collection: {
    state: 'USER_PAID',
    total_amount: 40000,
    paying_amount: 0,
    paid_amount: 40000,
    details: [
      {
        seq: 1,
        amount: 40000,
        paid_type: 'NEWTON',
        paid_time: '20091225091210',
        transaction_id: '15646546545165651651',
      },
    ],
  },
} as const

/** 确认订单, decrypted: `total_amount` is text. */
export const confirmNotice = {
  ...order,
  state: 'DOING',
  state_description: 'USER_CONFIRM',
  total_amount: '40000',
  post_discounts: [{ name: '满20减1元', amount: 1, description: '不与其他优惠叠加' }],
} as const

/** 支付成功 of a service provider: another openid, no state of the collection, and amounts that contradict each other. */
export const partnerPaidNotice = {
  service_id: '500001',
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  sub_appid: 'wxd678efh567hg6999',
  sub_mchid: '1900000109',
  out_order_no: '1234323JKHDFE1243252',
  sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  state: 'DONE',
  total_amount: '40000',
  need_collection: true,
  collection: {
    state: '',
    total_amount: 40000,
    paying_amount: 40000,
    paid_amount: 0,
    details: [
      {
        seq: 1,
        amount: 10000,
        paid_type: 'MCH',
        paid_time: '20091225091210',
        transaction_id: '15646546545165651651',
      },
    ],
  },
} as const

/** 授权服务, decrypted. */
export const openServiceNotice = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  out_request_no: '1234323JKHDFE1243252',
  service_id: '500001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  user_service_status: 'USER_OPEN_SERVICE',
  openorclose_time: '20180225112233',
} as const

/** 解除授权服务 of a service provider, which spells 商户号 with an underscore. */
export const partnerCloseServiceNotice = {
  appid: 'wxd678efh567hg6787',
  mch_id: '1230000109',
  sub_appid: 'wxd678efh567hg6786',
  sub_mch_id: '1230000109',
  service_id: '500001',
  sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  user_service_status: 'USER_CLOSE_SERVICE',
  openorclose_time: '20180225112233',
  authorization_code: '4534323JKHDFE1243252',
} as const
