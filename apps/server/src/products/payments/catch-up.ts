import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lookAfter } from '../../kernel/look-after.ts'
import { claimDueCharges } from '../../ledger/claim-due.ts'
import { lockCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { expireOrders } from '../../shop/orders/expire.ts'
import { lockOrder } from '../../shop/orders/repository.ts'
import { beginClosing } from './begin-closing.ts'
import { closeAtWechat } from './close.ts'
import { type Answer, queryCharge } from './query.ts'
import { nextQueryAt } from './schedule.ts'

const BATCH = 20

/**
 * The second net: asks WeChat Pay about every charge that is due, and closes what has expired. Several processes may
 * sweep at once; a crash only delays, because a claimed charge comes due again.
 * @returns how many charges and orders it looked at; call again until 0
 */
export async function catchUp(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const charges = await inTransaction(ctx.db, (tx) =>
    claimDueCharges(tx, { source: 'payments', now, limit: BATCH, nextQueryAt }),
  )
  const look = async (charge: Charge) => (await catchUpCharge(ctx, charge)) !== 'unknown'
  await lookAfter(ctx, charges, look, { goesOn: charges.length === BATCH })
  return charges.length + (await expireOrders(ctx))
}

async function catchUpCharge(ctx: Ctx, charge: Charge): Promise<Answer> {
  if (charge.state === 'opened' && charge.expires_at > ctx.clock.now()) return queryCharge(ctx, charge)
  await markClosing(ctx, charge)
  return closeAtWechat(ctx, charge)
}

function markClosing(ctx: Ctx, { id, subject_id }: Charge): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, subject_id)
    await beginClosing(tx, order, await lockCharge(tx, id), ctx.clock.now())
  })
}
