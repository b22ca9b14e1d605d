import type * as v from 'valibot'
import type { schema } from '../../products/discount-card/index.ts'

type AddUserRecordsBody = v.InferInput<typeof schema.AddUserRecordsBody>

/** 预受理领卡请求 as the guide 先享卡开发指引 and the page of the API print it. */
export const prepareRequest = {
  out_card_code: '6e8369071cd942c0476613f9d1ce9ca3',
  card_template_id: '87789b2f25177433bcbf407e8e471f95',
  appid: 'wxd678efh567hg6787',
  notify_url: 'https://api.test.com',
} as const

export const prepareAnswer = { prepare_card_token: 'zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2' } as const

/** Of the guide's query, which is the number of the card, not the one that it prepared. */
export const queriedCode = '233bcbf407e87789b8e471f251774f95'

const time = '2015-05-20T13:29:35.120+08:00'

const usage = {
  usage_type: 'INCREASE',
  usage_time: time,
  reward_usage_serial_no: '578354',
  description: '购买商品',
  reward_id: '123456',
  remark: '特价商品',
} as const

const completion = {
  completion_time: time,
  objective_completion_serial_no: '578354545',
  description: '购买商品/取消购买商品',
  completion_count: 1,
  remark: '特价商品',
  completion_type: 'INCREASE',
  objective_id: '123456',
} as const

/** 增加用户记录 of the guide: two records of one serial number, and `usage_count` and `amount` the wrong way round. */
export const seedRecords = {
  card_template_id: '87789b2f25177433bcbf407e8e471f95',
  reward_usage_records: [{ ...usage, usage_count: 100, amount: 1 }],
  objective_completion_records: [completion, completion],
} satisfies AddUserRecordsBody

export const pageCompletion = { ...completion, description: '购买商品' } as const
export const pageUsage = { ...usage, usage_count: 1, amount: 100 } as const

/** The same as a later copy of the page prints it: one of each, once, 100 fen. */
export const pageRecords = {
  card_template_id: '87789b2f25177433bcbf407e8e471f95',
  objective_completion_records: [pageCompletion],
  reward_usage_records: [pageUsage],
} satisfies AddUserRecordsBody
