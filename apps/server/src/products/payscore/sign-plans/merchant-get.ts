import type { plans } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { SignPlan } from '../table.ts'
import { viewMerchantSignPlan } from './merchant-view.ts'

/** @param id its id or 商户签约计划号 @throws AppError SIGN_PLAN_NOT_FOUND */
export async function findAnySignPlan({ db, config }: MerchantCtx, id: string): Promise<SignPlan> {
  const signPlans = db.selectFrom('sign_plan').selectAll()
  const row = await (isUuid(id)
    ? signPlans.where('id', '=', id)
    : signPlans.where('mchid', '=', config.mchid).where('merchant_sign_plan_no', '=', id)
  ).executeTakeFirst()
  if (!row) throw new AppError('SIGN_PLAN_NOT_FOUND', 'no sign plan has this id or 商户签约计划号', { field: 'id' })
  return row
}

export async function getMerchantSignPlan(ctx: MerchantCtx, { id }: { id: string }): Promise<plans.MerchantSignPlan> {
  return viewMerchantSignPlan(ctx.db, (await findAnySignPlan(ctx, id)).id)
}
