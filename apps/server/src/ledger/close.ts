import { step } from '@shouyin/wechatpay-core/contract'
import type { Tx } from '../kernel/db.ts'
import { type ChargeState, chargeTransitions } from './states.ts'
import type { Charge } from './table.ts'

/** Nothing new is handed out for it from here on; WeChat Pay has still to agree. The caller holds both locks. */
export function startClosing(tx: Tx, charge: Charge, nextQueryAt: Date): Promise<boolean> {
  return move(tx, charge, 'closing', nextQueryAt)
}

/** WeChat Pay agreed. The caller holds the locks of the subject and the charge. */
export function closeCharge(tx: Tx, charge: Charge): Promise<boolean> {
  return move(tx, charge, 'closed', null)
}

/** Its subject is paid by `charge`: another one must not collect as well. The caller holds the lock of the subject. */
export async function startClosingOthers(tx: Tx, charge: Charge, now: Date): Promise<void> {
  await tx
    .updateTable('charge')
    .set({ state: 'closing', next_query_at: now })
    .where('purpose', '=', charge.purpose)
    .where('subject_id', '=', charge.subject_id)
    .where('id', '<>', charge.id)
    .where('state', '=', 'opened')
    .execute()
}

/** @returns false when the charge may not move there (any more): a normal result of a lost race */
async function move(tx: Tx, charge: Charge, to: ChargeState, nextQueryAt: Date | null): Promise<boolean> {
  if (step(chargeTransitions, charge.state, to).kind !== 'move') return false
  const { numUpdatedRows } = await tx
    .updateTable('charge')
    .set({ state: to, next_query_at: nextQueryAt, ...(to === 'closed' && { unconfirmed: false }) })
    .where('id', '=', charge.id)
    .where('state', '=', charge.state)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
