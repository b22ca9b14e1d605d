import { sql } from 'kysely'
import type { Tx } from '../kernel/db.ts'
import type { AnomalyKind } from './table.ts'

const open = { resolved_at: null, resolved_by: null, note: null }

export interface Anomaly {
  readonly kind: AnomalyKind
  readonly mchid: string
  readonly outTradeNo: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Open until a person has looked. Repeats are counted, not piled up, and open it again. */
export async function recordAnomaly(tx: Tx, anomaly: Anomaly, now: Date): Promise<void> {
  const detail = JSON.stringify(anomaly.detail)
  await tx
    .insertInto('anomaly')
    .values({
      kind: anomaly.kind,
      mchid: anomaly.mchid,
      out_trade_no: anomaly.outTradeNo,
      detail,
      first_seen_at: now,
      last_seen_at: now,
    })
    .onConflict((oc) =>
      oc
        .columns(['kind', 'mchid', 'out_trade_no'])
        .doUpdateSet({ times: sql`anomaly.times + 1`, last_seen_at: now, detail, ...open }),
    )
    .execute()
}
