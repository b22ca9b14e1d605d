import { sql } from 'kysely'
import type { Tx } from '../kernel/db.ts'
import type { AnomalyKind } from './table.ts'

export interface Anomaly {
  readonly kind: AnomalyKind
  readonly mchid: string
  readonly outTradeNo: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Kept until a person has looked; repeats are counted, not piled up. */
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
        .doUpdateSet({ times: sql`anomaly.times + 1`, last_seen_at: now, detail }),
    )
    .execute()
}
