import type { Ctx } from '../../../kernel/context.ts'
import type { ChargeNumber } from '../../../ledger/repository.ts'

/** To be written by the owner of the cards. */
export async function queryCharge(_ctx: Ctx, _number: ChargeNumber): Promise<string> {
  return 'unknown'
}
