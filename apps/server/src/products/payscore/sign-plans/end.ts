import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { lockSignPlan, moveSignPlan } from '../repository.ts'
import { nextQueryAt } from '../schedule.ts'
import { isLive } from './told.ts'

interface Wish {
  readonly reason: string
  readonly by: 'shopper' | 'shop'
}

/**
 * The wish to end a sign plan, committed before WeChat Pay hears of it: from now on no lesson of it begins. One that is
 * under way stays. Who wished it first is who ended it.
 * @returns whether it is new
 * @throws AppError SIGN_PLAN_NOT_SIGNED when it has come to another end
 */
export async function wantEnded(tx: Tx, { clock }: Ctx, id: string, { reason, by }: Wish): Promise<boolean> {
  const signPlan = await lockSignPlan(tx, id)
  if (signPlan.state === 'cancelled') return false
  if (!isLive(signPlan)) throw new AppError('SIGN_PLAN_NOT_SIGNED', '该课程计划未在签约中，无需取消')
  if (signPlan.stop_reason !== null) return false
  await moveSignPlan(tx, signPlan, {
    ...{ stop_reason: reason, stopped_by: by, query_count: 0, next_query_at: nextQueryAt(0, clock.now()) },
  })
  return true
}
