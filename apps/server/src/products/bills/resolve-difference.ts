import type { books } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { recordAudit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import type { DueDifference } from './differences.ts'
import { isId } from './list-differences.ts'
import { viewDifference } from './view.ts'

/** A person explains a difference: it counts no more. @throws AppError DIFFERENCE_NOT_FOUND, DIFFERENCE_RESOLVED */
export async function resolveDifference(
  ctx: MerchantCtx & RequestInfo,
  { id, note }: ParsedInputOf<typeof books.resolveDifference>,
): Promise<books.Difference> {
  const { person, keyId } = ctx.merchant
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const difference = isId(id) ? await lock(tx, Number(id)) : undefined
    if (!difference) throw new AppError('DIFFERENCE_NOT_FOUND', 'there is no difference with this id')
    if (difference.state === 'resolved')
      throw new AppError('DIFFERENCE_RESOLVED', 'this difference is resolved already')
    const resolved = { state: 'resolved', note, resolved_by: person, resolved_at: now, next_check_at: null } as const
    await tx.updateTable('difference').set(resolved).where('id', '=', difference.id).execute()
    const { kind, reference, delta_fen: deltaFen } = difference
    const detail = { kind, reference, deltaFen, note }
    await recordAudit(
      tx,
      { person, keyId, action: 'difference.resolve', subject: id, detail, requestId: ctx.requestId },
      now,
    )
    return viewDifference({ ...difference, ...resolved })
  })
}

const lock = (tx: Tx, id: number): Promise<DueDifference | undefined> =>
  tx
    .selectFrom('difference')
    .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
    .selectAll('difference')
    .select(['bill_day.mchid', 'bill_day.date', 'bill_day.bill'])
    .where('difference.id', '=', id)
    .forUpdate('difference')
    .executeTakeFirst()
