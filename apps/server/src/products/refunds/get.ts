import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/page.ts'
import type { Refund } from '../../ledger/table.ts'
import { viewRefund } from './view.ts'

/** @param id its id, 商户退款单号 or 微信退款单号 @throws AppError REFUND_NOT_FOUND */
export async function findAnyRefund({ db, config }: MerchantCtx, id: string): Promise<Refund> {
  const refunds = db.selectFrom('refund').selectAll()
  const query = isUuid(id)
    ? refunds.where('id', '=', id)
    : refunds
        .where('mchid', '=', config.mchid)
        .where((eb) => eb.or([eb('out_refund_no', '=', id), eb('refund_id', '=', id)]))
  const row = await query.executeTakeFirst()
  if (!row)
    throw new AppError('REFUND_NOT_FOUND', 'no refund has this id, 商户退款单号 or 微信退款单号', { field: 'id' })
  return row
}

export async function getRefund(ctx: MerchantCtx, { id }: { id: string }): Promise<refunds.Refund> {
  return viewRefund(ctx.db, (await findAnyRefund(ctx, id)).id)
}
