import type { ServerCtx } from '../kernel/context.ts'
import { countProofs, countUnnotified } from './count-proofs.ts'

const WINDOW_MS = 3_600_000

/**
 * Shows how the last hour's money was learned of; nothing while the database is away. Every process shows the same, so
 * take one of them, not the sum.
 */
export async function gaugeProofs({ db, clock, metrics }: ServerCtx): Promise<void> {
  const since = new Date(clock.now().getTime() - WINDOW_MS)
  const proofs = await countProofs(db, since).catch(() => [])
  const unnotified = await countUnnotified(db, since).catch(() => [])
  metrics.settled.reset()
  metrics.unnotified.reset()
  for (const { source, kind, proof, count } of proofs) metrics.settled.inc({ source, kind, proof }, count)
  for (const { source, unnotified: count } of unnotified) metrics.unnotified.inc({ source }, count)
}
