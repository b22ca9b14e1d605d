const order = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  service_id: '500001',
  out_order_no: '1234323JKHDFE1243252',
  service_introduction: '某某酒店',
  post_payments: [{ name: '就餐费用服务费', amount: 4000, description: '就餐人均100元服务费：100/小时', count: 1 }],
  post_discounts: [{ name: '满20减1元', description: '不与其他优惠叠加', amount: 100 }],
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 10000, description: '就餐的预估费用' },
  time_range: { start_time: '20091225091010', end_time: '20091225121010' },
  location: { start_location: '嗨客时尚主题展餐厅', end_location: '嗨客时尚主题展餐厅' },
  order_id: '15646546545165651651',
} as const
const more = { attach: 'Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald', notify_url: 'https://api.test.com' } as const
const deducted = {
  amount: 900,
  paid_type: 'NEWTON',
  paid_time: '20091225091210',
  transaction_id: '15646546545165651651',
} as const

/** Request bodies as the pages of the API print them. */
export const orderRequests = {
  createServiceOrder: {
    service_id: '2002000000000558128851361561536',
    sign_plan_id: '01000033210000324638000000376258',
    plan_detail_no: 2,
    appid: 'wxd678efh567hg6787',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    notify_url: 'https://api.test.com',
    service_introduction: '羽毛球课基础练习课程',
    time_range: {
      start_time: '20091225091010',
      end_time: '20091225121010',
      start_time_remark: '备注1',
      end_time_remark: '备注2',
    },
    location: { start_location: '嗨客时尚主题展餐厅', end_location: '嗨客时尚主题展餐厅' },
    attach: more.attach,
    out_trade_no: '1514323JSVDFE1243252',
  },
  complete: {
    appid: 'wxd678efh567hg6787',
    service_id: '500001',
    post_payments: order.post_payments,
    post_discounts: [{ name: '满20减1元', description: '不与其他优惠叠加', amount: 4000 }],
    total_amount: 3900,
    time_range: order.time_range,
    location: { end_location: '嗨客时尚主题展餐厅' },
    profit_sharing: false,
  },
  cancel: { appid: 'wxd678efh567hg6787', service_id: '500001', reason: '用户投诉' },
  modify: {
    appid: 'wxd678efh567hg6787',
    service_id: '500001',
    post_payments: order.post_payments,
    post_discounts: order.post_discounts,
    total_amount: 2000,
    reason: '用户投诉',
  },
  sync: {
    appid: 'wxd678efh567hg6787',
    service_id: '500001',
    type: 'Order_Paid',
    detail: { paid_time: '20091225091210' },
  },
} as const

/** Answers as the pages print them, each with what `phaseOf` makes of it: most contradict themselves. */
export const orderAnswers = {
  createOfPlan: {
    phase: 'created',
    answer: {
      out_order_no: '1234323JKHDFE1243252',
      service_id: '2002000000000558128851361561536',
      appid: 'wxd678efh567hg6787',
      mchid: '1230000109',
      service_introduction: '羽毛球课程基础训练',
      state: 'CREATED',
      state_description: 'USER_CONFIRM',
      post_payments: [{ name: '瑜伽课程20节', amount: 40000, description: '第6节课' }],
      post_discounts: [{ name: '享9折优惠', amount: 100 }],
      risk_fund: { amount: 10000 },
      time_range: orderRequests.createServiceOrder.time_range,
      location: order.location,
      ...more,
      order_id: '0000300001201908301055157220022',
    },
  },
  complete: {
    phase: 'unknown',
    answer: { ...order, state: 'DOING', state_description: '', total_amount: 3900, need_collection: true },
  },
  query: {
    phase: 'unknown',
    answer: {
      ...order,
      ...more,
      state: 'DOING',
      state_description: 'MCH_COMPLETE',
      total_amount: 3900,
      need_collection: true,
      collection: {
        state: 'USER_PAID',
        total_amount: 3900,
        paying_amount: 3000,
        paid_amount: 900,
        details: [{ seq: 1, ...deducted }],
      },
    },
  },
  modify: {
    phase: 'unknown',
    answer: {
      ...order,
      attach: more.attach,
      state: 'CREATED',
      state_description: 'MCH_COMPLETE',
      total_amount: 2000,
      need_collection: true,
      collection: {
        state: 'USER_PAYING',
        total_amount: 2000,
        paying_amount: 2000,
        paid_amount: 0,
        details: [{}],
      },
    },
  },
  sync: {
    phase: 'unknown',
    answer: {
      ...order,
      ...more,
      openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      state: 'CREATED',
      state_description: 'MCH_COMPLETE',
      total_amount: 3900,
      need_collection: true,
      collection: {
        state: 'USER_PAID',
        total_amount: 3900,
        paying_amount: 0,
        paid_amount: 3900,
        details: [{ ...deducted, amount: 10000 }],
      },
    },
  },
  /** A real one, from a blog of 2019. */
  completeAsSeen: {
    phase: 'paying',
    answer: {
      appid: 'wxd95642b8666be851',
      location: { start_location: '北京市石景山区' },
      mchid: '15242932721',
      need_collection: true,
      order_id: '1000000000201912021121095610061',
      out_order_no: '201912022676717242360258560',
      post_discounts: [],
      post_payments: [{ amount: 1, description: '冰箱购物收费', name: '无人售货柜购物' }],
      risk_fund: { amount: 10000, description: '', name: 'ESTIMATE_ORDER_COST' },
      service_id: '000040000000200530082451787938770',
      service_introduction: '智慧零售',
      state: 'DOING',
      state_description: 'MCH_COMPLETE',
      time_range: { end_time: '20191202141923', start_time: '20191202102926' },
      total_amount: 1,
    },
  },
} as const

export const cancelAnswer = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  out_order_no: '1230000109',
  service_id: '500001',
  order_id: '15646546545165651651',
} as const
