import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { isTurn } from '../../../kernel/turn.ts'
import { lockSignPlan, moveSignPlan } from '../repository.ts'
import type { SignPlan } from '../table.ts'

/**
 * WeChat Pay does not have it, and nobody is sending it but who holds this turn. Should it have it after all, the row
 * comes back.
 * @returns false when something else became of it meanwhile
 */
export function refuseSignPlan({ db }: Ctx, turn: SignPlan, problem: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const signPlan = await lockSignPlan(tx, turn.id)
    if (signPlan.state !== 'creating' || !isTurn(signPlan, turn)) return false
    await moveSignPlan(tx, signPlan, {
      ...{ state: 'refused', problem, unconfirmed: false, next_query_at: null, stop_reason: null, stopped_by: null },
    })
    return true
  })
}
