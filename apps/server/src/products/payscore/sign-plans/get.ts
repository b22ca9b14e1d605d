import type { plans } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { SignPlan } from '../table.ts'
import { viewSignPlan } from './view.ts'

/** @throws AppError SIGN_PLAN_NOT_FOUND, for somebody else's plan as for none */
export async function getOwnSignPlan({ db, actor }: ShopperCtx, id: string): Promise<SignPlan> {
  const query = db.selectFrom('sign_plan').selectAll().where('id', '=', id).where('user_id', '=', actor.userId)
  const row = isUuid(id) ? await query.executeTakeFirst() : undefined
  if (!row) throw new AppError('SIGN_PLAN_NOT_FOUND', '签约计划不存在')
  return row
}

export async function getSignPlan(ctx: ShopperCtx, { id }: { id: string }): Promise<plans.SignPlan> {
  return viewSignPlan(ctx.db, await getOwnSignPlan(ctx, id))
}
