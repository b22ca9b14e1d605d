import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Tx } from '../../../kernel/db.ts'
import type { Card, CardRecord } from '../table.ts'

interface Seen {
  readonly serialNo: string
  readonly kind: CardRecord['kind']
  readonly of: string
  readonly type: string
  readonly times: number
  readonly fen: number | null
}

/**
 * Records that WeChat Pay shows are accepted: nothing else proves it. The caller holds the card; `said` was signed.
 * @returns serial numbers of records that are not ours, or not as we told them
 */
export async function acceptSeen(tx: Tx, card: Card, said: schema.Card, now: Date): Promise<readonly string[]> {
  const seen = seenIn(said)
  if (seen.length === 0) return []
  const ours = await tx.selectFrom('card_record').selectAll().where('card_id', '=', card.id).execute()
  const bySerial = new Map(ours.map((record) => [record.serial_no, record]))
  const { fit = [], foreign = [] } = Object.groupBy(seen, (one) =>
    isSame(one, bySerial.get(one.serialNo)) ? 'fit' : 'foreign',
  )
  if (fit.length > 0) {
    await tx
      .updateTable('card_record')
      .set({ state: 'accepted', accepted_at: now, problem: null })
      .where('card_id', '=', card.id)
      .where('state', 'in', ['sending', 'refused', 'too_late'])
      .where('request', 'is not', null)
      .where(
        'serial_no',
        'in',
        fit.map(({ serialNo }) => serialNo),
      )
      .execute()
  }
  return foreign.map(({ serialNo }) => serialNo)
}

const isSame = (seen: Seen, record: CardRecord | undefined): boolean =>
  record !== undefined &&
  record.request !== null &&
  seen.kind === record.kind &&
  seen.of === (record.objective_id ?? record.reward_id) &&
  seen.type === record.direction &&
  seen.times === record.times &&
  seen.fen === record.amount_fen

const seenIn = ({ objectives, rewards }: schema.Card): readonly Seen[] => [
  ...objectives.flatMap(({ objective_id: of, objective_completion_records }) =>
    objective_completion_records.map((record) => ({
      serialNo: record.objective_completion_serial_no,
      kind: 'goal' as const,
      ...{ of, type: record.completion_type, times: record.completion_count, fen: null },
    })),
  ),
  ...rewards.flatMap(({ reward_id: of, reward_usage_records }) =>
    reward_usage_records.map((record) => ({
      serialNo: record.reward_usage_serial_no,
      kind: 'reward' as const,
      ...{ of, type: record.usage_type, times: record.usage_count, fen: record.amount },
    })),
  ),
]
