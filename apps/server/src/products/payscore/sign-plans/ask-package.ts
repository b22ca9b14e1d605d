import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import { endTurn } from '../../../kernel/turn.ts'
import type { Asked } from '../../../kernel/until-ready.ts'
import { queryPlan } from '../plans/query.ts'
import { findPlanById, lockSignPlan } from '../repository.ts'
import { packageUntil } from '../schedule.ts'
import { fromSignState } from '../states.ts'
import type { SignPlan } from '../table.ts'
import { applySignPlan, lapse } from './apply-sign-plan.ts'
import { noteUnanswered, querySignPlan } from './query.ts'
import { refuseSignPlan } from './refuse.ts'
import type { CreateBody } from './request.ts'

export interface Asking {
  /** With the turn to send. */
  readonly signPlan: SignPlan
  /** Made by this very tap: WeChat Pay cannot have it yet. */
  readonly isNew: boolean
}

/** Whether the plan can still be signed, then 创建用户的签约计划 with the committed request, byte for byte. */
export async function askPackage(ctx: Ctx, { signPlan, isNew }: Asking): Promise<Asked> {
  try {
    const said = isNew ? 'absent' : await querySignPlan(ctx, signPlan)
    if (said === 'unknown') return 'unknown'
    if (said !== 'absent' && said !== 'unsigned') return 'again'

    const plan = await findPlanById(ctx.db, signPlan.plan_id)
    const found = await queryPlan(ctx, plan)
    if (found === 'absent') ctx.alarm('plan_unknown_to_wechat', { mchid: plan.mchid, planId: plan.plan_id })
    if (found === 'absent' || found === 'unknown') return 'unknown'
    if (found === 'on_sale') return await send(ctx, signPlan)
    if (said === 'absent') await refuseSignPlan(ctx, signPlan, 'the plan was stopped')
    return 'again'
  } finally {
    await endTurn(ctx, 'sign_plan', signPlan)
  }
}

async function send(ctx: Ctx, signPlan: SignPlan): Promise<Asked> {
  const until = packageUntil(ctx.clock.now())
  try {
    const body = JSON.parse(signPlan.request) as CreateBody
    const { sign_plan: said, package: text } = await ctx.wechat(signPlan.mchid).call(endpoints.createSignPlan, { body })
    const state = fromSignState(said.sign_state)
    const applied = await applySignPlan(ctx, { said, state, proof: 'answer', package: { text, until } })
    return applied.kind === 'refused' ? 'unknown' : 'again'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return afterFailure(ctx, signPlan, error)
  }
}

/** Decided by outcome, status and code, never by the message. */
async function afterFailure(ctx: Ctx, signPlan: SignPlan, error: WechatPayError): Promise<Asked> {
  const { mchid, merchant_sign_plan_no: merchantSignPlanNo } = signPlan
  ctx.log.warn({ mchid, merchantSignPlanNo, ...failureOf(error) }, 'a sign plan was not accepted')
  const problem = problemOf(error)
  if (problem === undefined) {
    await noteUnanswered(ctx, signPlan)
    return 'unknown'
  }
  const said = await querySignPlan(ctx, signPlan)
  if (said === 'absent') {
    if (!(await refuseSignPlan(ctx, signPlan, problem))) return 'unknown'
    ctx.alarm('sign_plan_refused', { mchid, merchantSignPlanNo, problem })
    return 'refused'
  }
  if (said === 'unsigned') return keepOrLapse(ctx, signPlan)
  return said === 'unknown' ? 'unknown' : 'again'
}

/** Without a package in anybody's hands it cannot be signed: the next one takes its place. */
function keepOrLapse({ db, clock }: Ctx, { id }: SignPlan): Promise<Asked> {
  return inTransaction(db, async (tx) => {
    const signPlan = await lockSignPlan(tx, id)
    if (signPlan.state !== 'unsigned') return 'again'
    const { package_until } = signPlan
    if (package_until !== null) return package_until > clock.now() ? 'kept' : 'unknown'
    await lapse(tx, signPlan)
    return 'again'
  })
}
