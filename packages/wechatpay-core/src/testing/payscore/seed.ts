/**
 * Every request body of the guide 支付分计划开发指引 (2024-11-28), as its Java prints it, without the commas after the last
 * member of two of them, which no JSON parser takes.
 */
export const seedRequests = {
  createPlan: {
    service_id: '500001',
    appid: 'wxd678efh567hg6787',
    plan_name: '羽毛球课3节',
    plan_duration: 300,
    deduction_quantity: 3,
    total_original_price: 54000,
    total_actual_price: 30000,
    plan_detail_list: [
      { original_price: 18000, actual_price: 18000, plan_detail_name: '第一节课' },
      {
        original_price: 18000,
        plan_discount_description: '优惠60元',
        actual_price: 12000,
        plan_detail_name: '第二节课',
      },
      { original_price: 18000, plan_discount_description: '送一节课', actual_price: 0, plan_detail_name: '第三节课' },
    ],
    merchant_plan_no: '1217752501201407033233388881',
  },
  createSignPlan: {
    service_id: '500001',
    plan_id: '01000033210033539462000000008179',
    appid: 'wxd678efh567hg6787',
    openid: 'XCU234_afgew355',
    merchant_sign_plan_no: '1696995693438',
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    sign_plan_detail: [
      { plan_detail_no: 1, merchant_plan_detail_no: '1696995697789' },
      { plan_detail_no: 2, merchant_plan_detail_no: '1696995697790' },
      { plan_detail_no: 3, merchant_plan_detail_no: '1696995697791' },
    ],
  },
  stopSignPlan: { stop_reason: '用户协商终止' },
  createServiceOrder: {
    service_id: '500001',
    sign_plan_id: '01020033210024539462000000008173',
    plan_detail_no: 2,
    appid: 'wxd678efh567hg6787',
    openid: 'XCU234_afgew355',
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    service_introduction: '羽毛球基础课程',
    time_range: { start_time: '20091225091010', end_time: '20091225121010' },
    location: { start_location: 'xxx体育馆羽毛球场', end_location: 'xxx体育馆羽毛球场' },
    out_order_no: '1234323JKHDFE1243252',
  },
  completeServiceOrder: {
    appid: 'wxd678efh567hg6787',
    service_id: '500001',
    post_payments: [{ name: '羽毛球第二节课', amount: 12000 }],
    total_amount: 12000,
    time_range: { start_time: '20091225091010', end_time: '20091225121010' },
    location: { end_location: 'xxx体育馆羽毛球场' },
    profit_sharing: false,
  },
  cancelServiceOrder: { appid: 'wxd678efh567hg6787', service_id: '500001', reason: '用户投诉' },
}

/** The queries and paths of its URLs. */
export const seedUrls = {
  merchant_plan_no: '1217752501201407033233388881',
  merchant_sign_plan_no: '1217752501201407033233388881',
  out_order_no: '1234323JKHDFE1243252',
  queryServiceOrder: { service_id: '500001', out_order_no: '8416518464133', appid: 'wxd678efh567hg6787' },
} as const
