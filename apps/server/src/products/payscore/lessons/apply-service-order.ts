import { type schema, states } from '@shouyin/wechatpay-core/payscore'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { type Anomaly, recordAnomaly } from '../../../ledger/anomalies.ts'
import { settlePayment } from '../../../ledger/settle-payment.ts'
import type { Proof } from '../../../ledger/table.ts'
import { lockLesson } from '../repository.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { lessonContradictions, toEvidence } from './compare.ts'
import { type Followed, followLowerSum, type Known, moveTo, offerOtherSum } from './follow.ts'

/** `refused`: it contradicts our own record. `unknown`: it proves nothing. Both leave everything as it is. */
export type Finding = states.OrderPhase | 'refused' | 'unknown'

interface Said {
  readonly order: schema.ServiceOrder
  readonly proof: Proof
}

/**
 * The one way on for a lesson, whoever brings what WeChat Pay says: notice or query; answers of calls are not believed.
 * Idempotent and forward only. Money that was deducted ends in the ledger, also when nobody waits for it any more.
 */
export async function applyServiceOrder(ctx: Ctx, { order, proof }: Said): Promise<Finding> {
  const noted = await inTransaction(ctx.db, (tx) => note(tx, { order, proof }, ctx.clock.now()))
  const { mchid, out_order_no: outTradeNo } = order
  if ('anomaly' in noted) {
    const { kind, detail } = noted.anomaly
    await alarmDaily(ctx, kind, outTradeNo, { mchid, outTradeNo, ...detail, proof })
    return 'refused'
  }
  const phase = states.phaseOf(order)
  ctx.log.info({ outTradeNo, state: phase, proof }, 'a service order')
  if (noted.alarm) await alarmDaily(ctx, noted.alarm, outTradeNo, { mchid, outTradeNo })
  if (noted.isDeducted) {
    const evidence = toEvidence(order, noted.signPlan, proof)
    if (!evidence) {
      const about = { mchid, outTradeNo, tradeState: order.state }
      await alarmDaily(ctx, 'evidence_incomplete', outTradeNo, about)
      return 'unknown'
    }
    if ((await settlePayment(ctx, evidence)).kind === 'refused') return 'refused'
  }
  if (noted.hasEnded) await askSignPlan(ctx, noted.signPlan)
  return phase
}

type Noted =
  | { readonly anomaly: Anomaly }
  /** `hasEnded`: just now. */
  | (Followed & { readonly signPlan: SignPlan; readonly hasEnded: boolean })

async function note(tx: Tx, { order, proof }: Said, now: Date): Promise<Noted> {
  const { mchid, out_order_no: outTradeNo } = order
  const found = await lockKnown(tx, order)
  const known = found && proof === 'query' ? await followLowerSum(tx, found, order, now) : found
  if (!known) return refuse(tx, { kind: 'unknown_charge', mchid, outTradeNo, detail: { state: order.state } }, now)
  const fields = lessonContradictions(order, known)
  if (fields.length > 0) {
    if (fields.join() === 'amountFen' && proof === 'query') await offerOtherSum(tx, known.lesson, order, now)
    return refuse(tx, { kind: 'evidence_mismatch', mchid, outTradeNo, detail: { fields, state: order.state } }, now)
  }
  const hasEnded = await remember(tx, known.lesson, order)
  const { signPlan } = known
  return { signPlan, hasEnded, ...(await moveTo(tx, known, order, now)) }
}

async function refuse(tx: Tx, anomaly: Anomaly, now: Date): Promise<Noted> {
  await recordAnomaly(tx, anomaly, now)
  return { anomaly }
}

async function lockKnown(tx: Tx, { mchid, out_order_no }: schema.ServiceOrder): Promise<Known | undefined> {
  const found = await tx
    .selectFrom('lesson')
    .select('id')
    .where('mchid', '=', mchid)
    .where('out_order_no', '=', out_order_no)
    .executeTakeFirst()
  if (!found) return undefined
  const lesson = await lockLesson(tx, found.id)
  // What is read of it never changes, so its lock is not needed here.
  const signPlan = await tx
    .selectFrom('sign_plan')
    .selectAll()
    .where('id', '=', lesson.sign_plan_id)
    .executeTakeFirstOrThrow()
  return { lesson, signPlan }
}

const isFinal = (state: string | null): boolean => state === 'DONE' || state === 'REVOKED' || state === 'EXPIRED'

/** The three fields as WeChat Pay last said them; news of the past are none. @returns whether it has ended just now */
async function remember(tx: Tx, lesson: Lesson, order: schema.ServiceOrder): Promise<boolean> {
  if (isFinal(lesson.wechat_state)) return false
  await tx
    .updateTable('lesson')
    .set({
      wechat_state: order.state,
      wechat_description: order.state_description ?? null,
      wechat_collection: order.collection?.state ?? null,
      order_id: order.order_id ?? lesson.order_id,
    })
    .where('id', '=', lesson.id)
    .execute()
  return isFinal(order.state)
}

/** It may have been the last lesson, and the plan be complete. */
async function askSignPlan(ctx: Ctx, { id }: SignPlan): Promise<void> {
  await ctx.db
    .updateTable('sign_plan')
    .set({ next_query_at: ctx.clock.now(), query_count: 0 })
    .where('id', '=', id)
    .where('state', '=', 'signed')
    .execute()
  ctx.wake()
}
