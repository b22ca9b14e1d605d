import type { ServerCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { claimDueShipments } from './repository.ts'
import { uploadShipment } from './upload.ts'

const BATCH = 20

/**
 * Uploads what was fulfilled. Several processes may sweep at once; a crash only delays, because a claimed shipment comes
 * due again.
 * @returns how many it looked at; call again until 0
 */
export async function catchUp(ctx: ServerCtx): Promise<number> {
  if (!ctx.config.shippingInfo) return 0
  const { appid } = ctx.config
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) => claimDueShipments(tx, { appid, now, limit: BATCH }))
  const results = await Promise.allSettled(due.map((shipment) => uploadShipment(ctx, shipment)))
  for (const result of results) if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'upload failed')
  return due.length
}
