import { parseRfc3339, step } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { listPlanLessons, lockPlan, movePlan } from '../repository.ts'
import { fromPlanState, type PlanState, planTransitions } from '../states.ts'
import type { Plan } from '../table.ts'
import { planContradictions } from './compare.ts'

type Applied = { readonly state: PlanState } | { readonly contradicted: readonly string[]; readonly isNews: boolean }

/**
 * Every signed word about a plan ends here: the answer of its creation, of its stop, and of a query. Forward only. What
 * contradicts our record changes nothing and is one alarm.
 * @returns how the plan stands now; `unknown` when nothing follows from what was said
 */
export async function applyPlan(ctx: Ctx, { id }: Plan, said: schema.Plan): Promise<PlanState | 'unknown'> {
  const applied = await inTransaction(ctx.db, (tx) => apply(tx, id, said, ctx.clock.now()))
  if ('state' in applied) return applied.state
  const { mchid, merchant_plan_no: merchantPlanNo } = said
  if (applied.isNews) ctx.alarm('plan_mismatch', { mchid, merchantPlanNo, fields: applied.contradicted })
  return 'unknown'
}

async function apply(tx: Tx, id: string, said: schema.Plan, now: Date): Promise<Applied> {
  const plan = await lockPlan(tx, id)
  const lessons = await listPlanLessons(tx, [id])
  const holder = await tx.selectFrom('plan').select('id').where('plan_id', '=', said.plan_id).executeTakeFirst()
  const contradicted = planContradictions(said, { plan, lessons, holder })
  if (contradicted.length > 0) return noteMismatch(tx, plan, contradicted)

  const to = fromPlanState(said.plan_state)
  if (to === 'unknown' || step<PlanState>(planTransitions, plan.state, to).kind !== 'move') return { state: plan.state }
  return movePlan(tx, plan, {
    state: to,
    plan_id: said.plan_id,
    problem: null,
    next_query_at: null,
    stopped_at: to === 'stopped' ? stoppedAt(said, now) : null,
  })
}

const stoppedAt = ({ stop_time }: schema.Plan, now: Date): Date =>
  stop_time === undefined ? now : parseRfc3339(stop_time)

async function noteMismatch(tx: Tx, plan: Plan, contradicted: readonly string[]): Promise<Applied> {
  const problem = `WeChat Pay has another plan: ${contradicted.join(', ')}`
  if (plan.problem !== problem) await movePlan(tx, plan, { problem })
  return { contradicted, isNews: plan.problem !== problem }
}
