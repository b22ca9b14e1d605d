import type { Ctx } from '../../../kernel/context.ts'
import { liveStates } from '../../../ledger/states.ts'
import type { Lesson } from '../table.ts'
import { queryDeduction } from './query-deduction.ts'

/**
 * A lesson before this one was paid with an order a moment ago, and WeChat Pay may not have heard of it: it would make
 * no order for the next one.
 */
export async function finishEarlier(ctx: Ctx, { sign_plan_id, number }: Lesson): Promise<void> {
  const unheard = await ctx.db
    .selectFrom('lesson')
    .innerJoin('charge', 'charge.subject_id', 'lesson.id')
    .select(['charge.mchid', 'charge.out_trade_no'])
    .where('lesson.sign_plan_id', '=', sign_plan_id)
    .where('lesson.number', '<', number)
    .where('lesson.state', '=', 'paid')
    .where('charge.purpose', '=', 'lesson')
    .where('charge.state', 'in', liveStates)
    .executeTakeFirst()
  if (unheard) await queryDeduction(ctx, { mchid: unheard.mchid, outTradeNo: unheard.out_trade_no })
}
