import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import type { Handled } from '../../../kernel/inbox.ts'
import { liveSignPlanStates } from '../states.ts'

/** 解除授权服务通知: what this shopper had signed has ended, and WeChat Pay is asked about all of it at once. */
export async function onServiceClosed(ctx: Ctx, said: schema.ServiceAuthorisation): Promise<Handled> {
  await ctx.db
    .updateTable('sign_plan')
    .set({ query_count: 0, next_query_at: ctx.clock.now() })
    .where('mchid', '=', said.mchid)
    .where('appid', '=', said.appid)
    .where('service_id', '=', said.service_id)
    .where('openid', '=', said.openid)
    .where('state', 'in', liveSignPlanStates)
    .execute()
  ctx.wake()
  return 'processed'
}
