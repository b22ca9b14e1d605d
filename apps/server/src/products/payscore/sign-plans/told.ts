import { parseRfc3339 } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import { liveSignPlanStates, type SignPlanState } from '../states.ts'
import type { SignPlan } from '../table.ts'

export interface Package {
  readonly text: string
  readonly until: Date
}

/** What WeChat Pay says about a sign plan, verified before it comes here. */
export interface Told {
  readonly said: schema.SignPlan
  /** What that means: of a notice its event type says so, not its `sign_state`. */
  readonly state: SignPlanState | 'unknown'
  readonly proof: 'query' | 'answer' | 'notification'
  /** Of a creation only. */
  readonly package?: Package
}

export const isLive = ({ state }: Pick<SignPlan, 'state'>): boolean => liveSignPlanStates.some((live) => live === state)

/** What it tells about the row, whatever it was; a member that is not told stays. */
export function rowOf({ said, state }: Told, signPlan: SignPlan, now: Date) {
  const cancelType = said.cancel_sign_type === 'NOT_CANCEL' ? null : (said.cancel_sign_type ?? null)
  return {
    sign_plan_id: said.sign_plan_id,
    signed_at: timeOf(said.sign_time) ?? signPlan.signed_at,
    over_at: timeOf(said.plan_over_time) ?? signPlan.over_at,
    ...(state === 'cancelled' && { cancel_type: cancelType, cancelled_at: timeOf(said.cancel_sign_time) ?? now }),
  }
}

const timeOf = (text: string | undefined): Date | null => (text === undefined ? null : parseRfc3339(text))
