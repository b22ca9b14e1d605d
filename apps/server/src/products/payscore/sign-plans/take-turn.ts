import { randomUUIDv7 } from 'node:crypto'
import type { ShopperCtx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { takeTurn as takeSendingTurn } from '../../../kernel/turn.ts'
import type { Turn } from '../../../kernel/until-ready.ts'
import { findShownPlan } from '../plans/get.ts'
import { listPlanLessons } from '../repository.ts'
import { nextQueryAt } from '../schedule.ts'
import { liveSignPlanStates } from '../states.ts'
import type { Plan, SignPlan } from '../table.ts'
import type { Asking } from './ask-package.ts'
import { createBody } from './request.ts'

export interface Ready {
  readonly signPlan: SignPlan
  readonly packageText: string
}

export interface Wanted {
  readonly planId: string
  /** A package that lives shorter than that is renewed first. */
  readonly leastMs: number
  /** A wish to end it that is older than this tap is taken back: who buys it wants it. */
  readonly mayRevive: boolean
}

/**
 * Decides under the lock of the shopper's sign plan, so that of many taps one asks WeChat Pay and all get its answer.
 * Makes it if there is none; a live one is reused with its number and the very request that was first sent.
 * @throws AppError PLAN_NOT_FOUND, PLAN_STOPPED, PLAN_ALREADY_SIGNED
 */
export async function takeTurn(
  tx: Tx,
  ctx: ShopperCtx,
  { planId, leastMs, mayRevive }: Wanted,
): Promise<Turn<Ready, Asking>> {
  const now = ctx.clock.now()
  const plan = await findShownPlan(tx, planId)
  const live = await lockLive(tx, plan.id, ctx.actor.userId)
  if (live?.state === 'signed') throw alreadySigned(live)
  if (plan.state !== 'on_sale') throw new AppError('PLAN_STOPPED', '该课程计划已停止购买')
  if (!live) return insert(tx, ctx, plan)
  if (live.package !== null && live.stop_reason === null && isUsable(live, now, leastMs)) {
    return { kind: 'ready', signPlan: live, packageText: live.package }
  }
  const isEnding = live.stop_reason !== null && !mayRevive
  const turn = isEnding ? undefined : await takeSendingTurn(tx, 'sign_plan', live, now)
  if (!turn) return { kind: 'wait', id: live.id }
  await tx.updateTable('sign_plan').set({ stop_reason: null, stopped_by: null }).where('id', '=', live.id).execute()
  return { kind: 'ask', signPlan: turn, isNew: false }
}

const isUsable = ({ state, package_until }: SignPlan, now: Date, leastMs: number): boolean =>
  state === 'unsigned' && package_until !== null && package_until.getTime() - now.getTime() >= leastMs

const lockLive = (tx: Tx, planId: string, userId: string): Promise<SignPlan | undefined> =>
  tx
    .selectFrom('sign_plan')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('user_id', '=', userId)
    .where('state', 'in', liveSignPlanStates)
    .forUpdate()
    .executeTakeFirst()

const alreadySigned = ({ stop_reason }: SignPlan): AppError =>
  new AppError('PLAN_ALREADY_SIGNED', stop_reason === null ? '您已签约该课程计划' : '该课程计划正在取消，请稍后再试')

/** Of many first taps one inserts; the others wait for its commit, and then for its answer. */
async function insert(tx: Tx, ctx: ShopperCtx, plan: Plan): Promise<Turn<Ready, Asking>> {
  const now = ctx.clock.now()
  const { userId, appid, openid } = ctx.actor
  const id = randomUUIDv7()
  const lessons = await promise(tx, plan, id)
  const { mchid, service_id } = plan
  const signer = { mchid, appid, openid, service_id, merchant_sign_plan_no: numberOf(id) }
  const request = createBody(signer, plan.plan_id ?? '', lessons, ctx.config.notifyBaseUrl)
  const times = { created_at: now, next_query_at: nextQueryAt(0, now) }
  const inserted = await tx
    .insertInto('sign_plan')
    .values({ ...signer, ...times, id, plan_id: plan.id, user_id: userId, request: JSON.stringify(request) })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!inserted) return { kind: 'wait', id: undefined }
  await tx.insertInto('lesson').values(lessons).execute()
  const turn = await takeSendingTurn(tx, 'sign_plan', inserted, now)
  return turn ? { kind: 'ask', signPlan: turn, isNew: true } : { kind: 'wait', id }
}

/** Names and prices as they are now: what the shopper signs. */
async function promise(tx: Tx, { id: planId, mchid }: Plan, signPlanId: string) {
  const lessons = await listPlanLessons(tx, [planId])
  return lessons.map(({ plan_id: _, ...lesson }) => {
    const id = randomUUIDv7()
    return { ...lesson, id, sign_plan_id: signPlanId, mchid, out_order_no: numberOf(id) }
  })
}

/** The 32 hex digits are exactly WeChat's limit. */
const numberOf = (id: string): string => id.replaceAll('-', '')
