import type { Ctx } from '../../kernel/context.ts'
import { catchUpCards } from './cards/catch-up.ts'
import { catchUpOwed } from './cards/catch-up-owed.ts'
import { catchUpRecords } from './records/catch-up.ts'

/**
 * The second net: asks WeChat Pay about all that is due, and tells it what it was not told. Several processes may sweep at
 * once; a crash only delays, because what is claimed comes due again.
 * @returns how much it looked at; call again until 0
 */
export async function catchUp(ctx: Ctx): Promise<number> {
  return (await catchUpCards(ctx)) + (await catchUpRecords(ctx)) + (await catchUpOwed(ctx))
}
