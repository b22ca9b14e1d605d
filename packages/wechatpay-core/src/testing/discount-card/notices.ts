import { pageCompletion, pageUsage, seedRecords } from './requests.ts'

const whose = {
  card_id: '233bcbf407e87789b8e471f251774f95',
  card_template_id: '87789b2f25177433bcbf407e8e471f95',
  openid: 'oUpF8uMuAJ2pxb1Q9zNjWeS6o',
  out_card_code: '6e8369071cd942c0476613f9d1ce9ca3',
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
} as const

const objective = {
  unit: '次',
  name: '一周购买三次商品',
  count: 1,
  description: '特价商品',
  objective_id: '123456',
} as const

const reward = {
  unit: '个',
  amount: 100,
  count_type: 'COUNT_LIMIT',
  name: '八折优惠',
  count: 1,
  description: '特价商品优惠',
  reward_id: '123456',
} as const

/** 用户领卡, decrypted: no records yet. Taken by an invitation. */
export const acceptedNotice = {
  ...whose,
  time_range: { begin_time: '2020-05-20T13:29:35.120+08:00', end_time: '2020-05-21T13:29:35.120+08:00' },
  state: 'ONGOING',
  create_time: '2020-05-20T13:29:35.120+08:00',
  objectives: [objective],
  rewards: [reward],
  sharer_openid: 'oUpF8uMuAJ2pxb1Q9zNjWUHsd',
} as const

const twice = (member: object): string => `[${JSON.stringify(member)},${JSON.stringify(member)}]`

/** The same as the page prints it: everything twice, and a comma after the last member of the first reward. */
export const acceptedNoticeText = JSON.stringify({ ...acceptedNotice, objectives: 'OBJECTIVES', rewards: 'REWARDS' })
  .replace('"OBJECTIVES"', twice(objective))
  .replace('"REWARDS"', twice(reward).replace('},{', ',},{'))

const seconds = {
  create_time: '2015-05-20T13:29:35.12+08:00',
  time_range: { begin_time: '2015-05-13T13:29:35.12+08:00', end_time: '2015-05-20T13:29:35.12+08:00' },
} as const

/** 守约状态变化, decrypted and set right: the printed one is below. Its times have two digits after the point. */
export const endedNotice = {
  ...whose,
  ...seconds,
  state: 'UNFINISHED',
  unfinished_reason: 'DUE_TO_QUIT',
  total_amount: 100,
  objectives: [{ ...objective, count: 3, objective_completion_records: [pageCompletion] }],
  rewards: [{ ...reward, reward_usage_records: [pageUsage] }],
} as const

const { objective_completion_records, reward_usage_records } = seedRecords
const printedObjective = { ...objective, objective_completion_records }
const printedReward = {
  ...reward,
  reward_usage_records: [...reward_usage_records, ...reward_usage_records],
}

/** … as printed: ONGOING with the reason of an unfinished one, everything twice, and the swapped sums of the guide. */
export const endedNoticeAsPrinted = {
  ...endedNotice,
  state: 'ONGOING',
  total_amount: 1000,
  objectives: [printedObjective, printedObjective],
  rewards: [printedReward, printedReward],
  time_range: { begin_time: '2015-05-20T13:29:35.12+08:00', end_time: '2015-05-20T13:29:35.12+08:00' },
} as const

const payment = {
  transaction_id: '1009660380201506130728806387',
  pay_time: '2015-05-20T13:29:35.12+08:00',
} as const

/** 扣费状态变化, decrypted and set right. */
export const paidNotice = {
  ...whose,
  state: 'UNFINISHED',
  unfinished_reason: 'DUE_TO_QUIT',
  total_amount: 1000,
  pay_information: { ...payment, pay_state: 'PAID', pay_amount: 1000 },
} as const

/** … as printed: ONGOING, and PAYING with a number and a time of the payment. */
export const paidNoticeAsPrinted = {
  ...paidNotice,
  openid: 'oUpF8uMuAJ2pxb1Q9zNjWUHsd',
  state: 'ONGOING',
  pay_information: { ...payment, pay_state: 'PAYING', pay_amount: 100 },
} as const

/** 查询先享卡订单, put together from the notices: no page that could be read prints one. */
export const cardAnswer = { ...endedNotice, pay_information: paidNotice.pay_information } as const

const before = {
  appid: 'wxd678efh567hg6787',
  card_name: '五一品牌活动',
  discount_card_id: '87789b2f25177433bcbf407e8e471f95',
  openid: 'oUpF8uMuAJ2pxb1Q9zNjWeS6o',
  out_order_no: '233bcbf407e87789b8e471f251774f95',
  out_trade_no: '6e8369071cd942c0476613f9d1ce9ca3',
  service_id: '500001',
  state: 'CREATED',
} as const

/** Notices of the API before 2020-06, by their event types: another card, with other members. */
export const noticesBefore = {
  'DISCOUNT_CARD.GET_CARD': { ...before, card_objectives: [{ objective_id: 123456, count: 1 }] },
  'DISCOUNT_CARD.SETTLEMENT': { ...before, settlement_amount: 1000, transaction_id: payment.transaction_id },
} as const
