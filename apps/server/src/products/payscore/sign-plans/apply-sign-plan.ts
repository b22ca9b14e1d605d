import { step } from '@shouyin/wechatpay-core/contract'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { findPlanById, listLessons, lockSignPlan, moveSignPlan } from '../repository.ts'
import { lapsesAt, nextSignPlanQueryAt } from '../schedule.ts'
import { type SignPlanState, signPlanTransitions } from '../states.ts'
import type { SignPlan } from '../table.ts'
import { signPlanContradictions } from './compare.ts'
import { isLive, rowOf, type Told } from './told.ts'

/** `refused`: it contradicts our record or says too little; nothing changed, and a person hears of it. */
export type Applied =
  | { readonly kind: 'moved' | 'same' | 'late'; readonly signPlan: SignPlan }
  | { readonly kind: 'refused'; readonly alarm: string; readonly detail: Readonly<Record<string, unknown>> }

/**
 * The one way on for a sign plan, whoever brings the word: notice, query, or the answer of a call. Idempotent and forward
 * only, so that lost, late, crossed and repeated notices end alike.
 */
export async function applySignPlan(ctx: Ctx, told: Told): Promise<Applied> {
  const applied = await inTransaction(ctx.db, (tx) => apply(tx, told, ctx.clock.now()))
  const { mchid, merchant_sign_plan_no: merchantSignPlanNo, sign_state: state } = told.said
  const about = { mchid, merchantSignPlanNo, state, proof: told.proof }
  if (applied.kind === 'refused') {
    await alarmDaily(ctx, applied.alarm, merchantSignPlanNo, { ...about, ...applied.detail })
  }
  ctx.log.info({ ...about, result: applied.kind }, 'word about a sign plan')
  return applied
}

async function apply(tx: Tx, told: Told, now: Date): Promise<Applied> {
  const { said } = told
  const found = await tx
    .selectFrom('sign_plan')
    .select('id')
    .where('mchid', '=', said.mchid)
    .where('merchant_sign_plan_no', '=', said.merchant_sign_plan_no)
    .executeTakeFirst()
  if (!found) return { kind: 'refused', alarm: 'unknown_sign_plan', detail: {} }
  const signPlan = await lockSignPlan(tx, found.id)
  const fields = await contradictionsOf(tx, signPlan, told)
  if (fields.length > 0) return { kind: 'refused', alarm: 'sign_plan_mismatch', detail: { fields } }
  if (told.state === 'unknown') return { kind: 'refused', alarm: 'sign_plan_state_unknown', detail: {} }

  const { kind } = step<SignPlanState>(signPlanTransitions, signPlan.state, told.state)
  if (kind === 'same') return { kind, signPlan: await stay(tx, signPlan, told, now) }
  if (kind === 'refused') return { kind: 'late', signPlan }
  return advance(tx, signPlan, told, told.state, now)
}

async function contradictionsOf(tx: Tx, signPlan: SignPlan, { said }: Told): Promise<readonly string[]> {
  const holder = tx.selectFrom('sign_plan').select('id').where('sign_plan_id', '=', said.sign_plan_id)
  return signPlanContradictions(said, {
    signPlan,
    planId: (await findPlanById(tx, signPlan.plan_id)).plan_id,
    lessons: await listLessons(tx, [signPlan.id]),
    holder: await holder.executeTakeFirst(),
  })
}

async function advance(tx: Tx, from: SignPlan, told: Told, state: SignPlanState, now: Date): Promise<Applied> {
  const row = rowOf(told, from, now)
  const needsTimes = state === 'signed' || state === 'completed' || state === 'expired'
  if (needsTimes && (row.signed_at === null || row.over_at === null)) {
    return { kind: 'refused', alarm: 'evidence_incomplete', detail: { fields: ['sign_time', 'plan_over_time'] } }
  }
  const next = { ...from, ...row, ...packageOf(told), state, query_count: 0 }
  if (isLive(next) && !isLive(from) && (await hasAnother(tx, from))) return setAside(tx, from, state, now)
  const moved = await moveSignPlan(tx, from, {
    ...row,
    ...packageOf(told),
    state,
    problem: null,
    unconfirmed: false,
    query_count: 0,
    next_query_at: isLive(next) ? nextSignPlanQueryAt(next, now) : null,
  })
  return { kind: 'moved', signPlan: moved }
}

/** Nothing new but that it is confirmed, and perhaps a package; or that the time to sign is over. */
function stay(tx: Tx, signPlan: SignPlan, told: Told, now: Date): Promise<SignPlan> {
  if (signPlan.state === 'unsigned' && told.proof === 'query' && lapsesAt(signPlan) <= now) return lapse(tx, signPlan)
  return moveSignPlan(tx, signPlan, { unconfirmed: false, ...packageOf(told) })
}

/** Nobody signed it while its package lived. What was wanted of it is without object now. */
export const lapse = (tx: Tx, signPlan: SignPlan): Promise<SignPlan> =>
  moveSignPlan(tx, signPlan, {
    ...{ state: 'lapsed', unconfirmed: false, next_query_at: null, stop_reason: null, stopped_by: null },
  })

const packageOf = ({ package: given }: Told) => given && { package: given.text, package_until: given.until }

async function hasAnother(tx: Tx, { plan_id, user_id }: SignPlan): Promise<boolean> {
  const live = tx.selectFrom('sign_plan').select('id').where('plan_id', '=', plan_id).where('user_id', '=', user_id)
  return (await live.where('next_query_at', 'is not', null).executeTakeFirst()) !== undefined
}

/** Given up here, signed there, and the shopper has another one by now: this one is ended at WeChat Pay, by the sweep. */
async function setAside(tx: Tx, from: SignPlan, state: SignPlanState, now: Date): Promise<Applied> {
  if (state !== 'signed') return { kind: 'late', signPlan: from }
  const set = { stop_reason: '重复签约', stopped_by: 'shop', query_count: 0, next_query_at: now } as const
  return { kind: 'late', signPlan: from.stop_reason === null ? await moveSignPlan(tx, from, set) : from }
}
