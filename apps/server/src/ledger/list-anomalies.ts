import type { anomalies } from '@shouyin/contracts/merchant'
import type { OutputOf, ParsedInputOf } from '@shouyin/contracts/route'
import type { Selectable } from 'kysely'
import type { MerchantCtx } from '../kernel/context.ts'
import { AppError } from '../kernel/errors.ts'
import type { AnomalyTable } from './table.ts'

/** Newest first. */
export async function listAnomalies(
  { db }: MerchantCtx,
  { limit, after, state, kind }: ParsedInputOf<typeof anomalies.listAnomalies>,
): Promise<OutputOf<typeof anomalies.listAnomalies>> {
  if (after !== undefined && !isAnomalyId(after)) {
    throw new AppError('INVALID_INPUT', 'after must be the "next" of the page before', { field: 'after' })
  }
  const rows = await db
    .selectFrom('anomaly')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('resolved_at', state === 'open' ? 'is' : 'is not', null))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'unknown_charge'))
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { anomalies: page.map(viewAnomaly), next: rows.length > limit ? String(page.at(-1)?.id) : null }
}

/** Ours are whole numbers that no `Number` rounds. */
export const isAnomalyId = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text)

export const viewAnomaly = (row: Selectable<AnomalyTable>): anomalies.Anomaly => ({
  id: String(row.id),
  kind: row.kind,
  mchid: row.mchid,
  outTradeNo: row.out_trade_no,
  detail: row.detail,
  times: row.times,
  state: row.resolved_at === null ? 'open' : 'resolved',
  note: row.note,
  resolvedBy: row.resolved_by,
  firstSeenAt: row.first_seen_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
})
