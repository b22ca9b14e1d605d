import * as v from 'valibot'
import { PositiveFen } from '../../../contract/fen.ts'
import { Appid, notifyUrl, text } from '../../../contract/fragments.ts'
import { Rfc3339 } from '../../../contract/time.ts'
import { recordTypes } from '../states.ts'

/** 商户领卡号. Unique per merchant. */
export const OutCardCode = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z_\-|*]{1,32}$/, 'must be 1 to 32 of 0-9 A-Z a-z _ - | *'),
)

export const CardPath = v.object({ out_card_code: OutCardCode })

/** 预受理领卡请求. It names nobody: whoever opens the token takes the card. `notify_url` hears all three notices. */
export const PrepareBody = v.strictObject({
  out_card_code: OutCardCode,
  card_template_id: text(64),
  appid: Appid,
  notify_url: notifyUrl(255),
})

const SerialNo = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z]{1,32}$/, 'must be 1 to 32 digits and letters'),
)
const time = v.pipe(v.string('must be a string'), v.maxLength(32, 'must have at most 32 characters'), Rfc3339)
const count = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be at least 1'),
)
const recordType = v.picklist(recordTypes, 'must be INCREASE or DECREASE')

const CompletionRecord = v.strictObject({
  objective_completion_serial_no: SerialNo,
  /** Of 用户领卡通知 or the query: WeChat Pay makes it. */
  objective_id: text(32),
  completion_time: time,
  completion_type: recordType,
  description: text(20),
  completion_count: count,
  remark: v.exactOptional(text(50)),
})

const UsageRecord = v.strictObject({
  reward_usage_serial_no: SerialNo,
  reward_id: text(32),
  usage_time: time,
  usage_type: recordType,
  description: text(20),
  usage_count: count,
  amount: PositiveFen,
  remark: v.exactOptional(text(50)),
})

/**
 * 增加用户记录. 限制仅提交1条 of objectives; that it holds for rewards too, and that one of the two must be there, is DERIVED.
 */
export const AddUserRecordsBody = v.pipe(
  v.strictObject({
    card_template_id: text(64),
    objective_completion_records: v.exactOptional(
      v.pipe(v.array(CompletionRecord), v.maxLength(1, 'must have one record')),
    ),
    reward_usage_records: v.exactOptional(v.pipe(v.array(UsageRecord), v.maxLength(1, 'must have one record'))),
  }),
  v.check(
    ({ objective_completion_records: done = [], reward_usage_records: used = [] }) => done.length + used.length > 0,
    'must have a record of an objective or of a reward',
  ),
)
