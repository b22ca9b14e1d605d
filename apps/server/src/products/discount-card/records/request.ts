import { formatShanghaiMs, type RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { CardRecord } from '../table.ts'

export type RecordBody = RequestOf<typeof endpoints.addUserRecords>['body']

/** 增加用户记录, of one record: WeChat Pay takes no more of a kind at once, and so each one's answer is its own. */
export function recordBody(record: CardRecord, cardTemplateId: string): RecordBody {
  const { kind, objective_id, reward_id, serial_no, direction, times, amount_fen, description, happened_at } = record
  const at = formatShanghaiMs(happened_at)
  if (kind === 'goal' && objective_id !== null) {
    const completion = {
      objective_completion_serial_no: serial_no,
      objective_id,
      completion_time: at,
      completion_type: direction,
      description,
      completion_count: times,
    }
    return { card_template_id: cardTemplateId, objective_completion_records: [completion] }
  }
  if (reward_id === null || amount_fen === null) throw new Error(`record ${record.id} is of no reward`)
  const usage = {
    reward_usage_serial_no: serial_no,
    reward_id,
    usage_time: at,
    usage_type: direction,
    description,
    usage_count: times,
    amount: amount_fen,
  }
  return { card_template_id: cardTemplateId, reward_usage_records: [usage] }
}
