import { randomUUIDv7 } from 'node:crypto'
import type { plans } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { once } from '../../../kernel/idempotency.ts'
import { viewMerchantPlan } from './merchant-view.ts'
import { createBody } from './request.ts'
import { submitPlan } from './submit.ts'

type Input = ParsedInputOf<typeof plans.createPlan>
type CreateCtx = MerchantCtx & RequestInfo

/**
 * Puts a plan on sale. One plan per Idempotency-Key; the answer shows it as it stands now: creating when WeChat Pay did
 * not answer, refused with its problem when it does not take it.
 * @throws AppError PAYSCORE_NOT_SET_UP
 */
export async function createPlan(ctx: CreateCtx, input: Input): Promise<plans.MerchantPlan> {
  const { payScore } = ctx.config
  if (!payScore) throw new AppError('PAYSCORE_NOT_SET_UP', 'this shop has no 支付分 service; see docs/going-live.md')
  const { id } = await once(ctx, input, (tx) => intend(tx, ctx, payScore.serviceId, input))
  await submitPlan(ctx, id)
  return viewMerchantPlan(ctx.db, id)
}

/** Committed before WeChat Pay hears of it, with the very request. */
async function intend(tx: Tx, ctx: CreateCtx, serviceId: string, input: Input): Promise<{ id: string }> {
  const id = randomUUIDv7()
  const now = ctx.clock.now()
  const lessons = input.lessons.map(({ name, originalFen, priceFen, discount }, i) => ({
    ...{ number: i + 1, name, original_fen: originalFen, price_fen: priceFen, discount: discount ?? null },
  }))
  const plan = {
    id,
    mchid: ctx.config.mchid,
    appid: ctx.config.appid,
    service_id: serviceId,
    merchant_plan_no: id.replaceAll('-', ''),
    name: input.name,
    duration_days: input.durationDays,
    created_at: now,
  }
  const request = JSON.stringify(createBody(plan, lessons))
  await tx
    .insertInto('plan')
    .values({ ...plan, request, next_query_at: now })
    .execute()
  await tx
    .insertInto('plan_lesson')
    .values(lessons.map((lesson) => ({ ...lesson, plan_id: id })))
    .execute()
  await audit(tx, ctx, 'plan.create', id, { name: plan.name, durationDays: plan.duration_days, lessons: input.lessons })
  return { id }
}
