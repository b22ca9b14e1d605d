const service_id = '2002000000000558128851361561536'
const appid = 'wxd678efh567hg6787'

/** 创建支付分计划 as the page of the API prints it: its sums fit neither each other nor its one detail. */
export const planRequest = {
  service_id,
  appid,
  plan_name: '瑜伽课20节',
  plan_duration: 300,
  deduction_quantity: 10,
  total_original_price: 15000,
  total_actual_price: 15000,
  plan_detail_list: [
    {
      original_price: 15000,
      plan_discount_description: '享受九折',
      actual_price: 14000,
      plan_detail_name: '第八节课',
    },
  ],
  merchant_plan_no: '1234323JKHDFE1243252',
} as const

/** The answer of 创建, 查询 and 停止 alike, which names who stopped it and is NORMAL all the same. */
export const planAnswer = {
  plan_id: '01000033210000324638000000376258',
  service_id,
  mchid: '1900000109',
  appid,
  merchant_plan_no: '1234323JKHDFE1243252',
  plan_name: '瑜伽课20节',
  plan_duration: 10,
  plan_state: 'NORMAL',
  total_original_price: 15000,
  deduction_quantity: 10,
  total_actual_price: 140000,
  plan_detail_list: [
    {
      plan_detail_no: 1,
      plan_detail_name: '第8节课',
      original_price: 15000,
      plan_discount_description: '享受九折优惠',
      actual_price: 14000,
    },
  ],
  stop_mchid: '1900000109',
  stop_time: '2021-05-20T13:29:35.120+08:00',
} as const

/** 创建用户的签约计划 as the page of the API prints it. */
export const signPlanRequest = {
  service_id,
  plan_id: '01000033210000324638000000376258',
  appid,
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  merchant_sign_plan_no: '1234323JKHDFE1243252',
  notify_url: 'https://api.test.com',
  sign_plan_detail: [{ plan_detail_no: 1, merchant_plan_detail_no: '1234323JKHDFE1243252' }],
} as const

const time = '2021-05-20T13:29:35.120+08:00'

/** The answer of 查询 and of 取消用户的签约计划, and what 创建 wraps in `sign_plan`: every member is set. */
export const signPlanAnswer = {
  sign_plan_id: '01010033210001424338000019876258',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  service_id,
  mchid: '1900000109',
  appid,
  merchant_sign_plan_no: '1234323JKHDFE1243252',
  merchant_callback_url: 'https://api.test.com',
  plan_id: '01000033210000324638000000376258',
  going_detail_no: 2,
  sign_state: 'UNSIGNED',
  cancel_sign_time: time,
  cancel_sign_type: 'NOT_CANCEL',
  cancel_reason: '用户放弃课程',
  plan_name: '瑜伽晨练课10次',
  plan_over_time: time,
  total_origin_price: 150000,
  deduction_quantity: 10,
  total_actual_price: 120000,
  signed_detail_list: [
    {
      plan_detail_no: 1,
      original_price: 30000,
      plan_discount_description: '享9折优惠',
      actual_price: 27000,
      plan_detail_state: 'NOT_USED',
      order_id: '0000300001201908301055157220022',
      merchant_plan_detail_no: '1234323JKHDFE1243252',
      plan_detail_name: '第一节课',
      actual_pay_price: 50000,
      use_time: time,
      complete_time: time,
      cancel_time: time,
    },
  ],
  sign_time: time,
} as const

export const createSignPlanAnswer = {
  sign_plan: signPlanAnswer,
  package: 'Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald',
} as const
