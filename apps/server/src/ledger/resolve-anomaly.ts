import type { anomalies } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { recordAudit } from '../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../kernel/context.ts'
import { inTransaction, type Tx } from '../kernel/db.ts'
import { AppError } from '../kernel/errors.ts'
import { isAnomalyId, viewAnomaly } from './list-anomalies.ts'

/** A person has looked and says what it was. @throws AppError ANOMALY_NOT_FOUND, ANOMALY_RESOLVED */
export async function resolveAnomaly(
  ctx: MerchantCtx & RequestInfo,
  { id, note }: ParsedInputOf<typeof anomalies.resolveAnomaly>,
): Promise<anomalies.Anomaly> {
  const { person, keyId } = ctx.merchant
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const anomaly = isAnomalyId(id) ? await lock(tx, Number(id)) : undefined
    if (!anomaly) throw new AppError('ANOMALY_NOT_FOUND', 'there is no anomaly with this id', { field: 'id' })
    if (anomaly.resolved_at !== null) throw new AppError('ANOMALY_RESOLVED', 'this anomaly is resolved already')
    const resolved = { resolved_at: now, resolved_by: person, note }
    await tx.updateTable('anomaly').set(resolved).where('id', '=', anomaly.id).execute()
    const detail = { kind: anomaly.kind, outTradeNo: anomaly.out_trade_no, times: anomaly.times, note }
    const entry = { person, keyId, action: 'anomaly.resolve', subject: id, detail, requestId: ctx.requestId }
    await recordAudit(tx, entry, now)
    return viewAnomaly({ ...anomaly, ...resolved })
  })
}

const lock = (tx: Tx, id: number) =>
  tx.selectFrom('anomaly').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
