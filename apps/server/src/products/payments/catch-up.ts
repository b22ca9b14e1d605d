import { setTimeout as delay } from 'node:timers/promises'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
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
/** While WeChat Pay does not answer, or says 429, a backlog asks no more than a batch a second. */
const PAUSE_AFTER_FAILURE_MS = 1_000

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
  const results = await Promise.allSettled(charges.map((charge) => catchUpCharge(ctx, charge)))
  for (const result of results) if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'sweep failed')
  const isUnanswered = results.some((result) => result.status === 'fulfilled' && result.value === 'unknown')
  if (isUnanswered && charges.length === BATCH) await delay(PAUSE_AFTER_FAILURE_MS)
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
