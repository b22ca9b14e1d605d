import type { plans } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { Plan } from '../table.ts'
import { viewMerchantPlan } from './merchant-view.ts'

/** @param id its id or 商户计划号 @throws AppError PLAN_NOT_FOUND */
export async function findAnyPlan({ db, config }: MerchantCtx, id: string): Promise<Plan> {
  const plans = db.selectFrom('plan').selectAll()
  const row = await (isUuid(id)
    ? plans.where('id', '=', id)
    : plans.where('mchid', '=', config.mchid).where('merchant_plan_no', '=', id)
  ).executeTakeFirst()
  if (!row) throw new AppError('PLAN_NOT_FOUND', 'no plan has this id or 商户计划号', { field: 'id' })
  return row
}

export async function getMerchantPlan(ctx: MerchantCtx, { id }: { id: string }): Promise<plans.MerchantPlan> {
  return viewMerchantPlan(ctx.db, (await findAnyPlan(ctx, id)).id)
}
