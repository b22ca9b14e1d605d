import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { lockRefund } from '../../ledger/refunds.ts'
import type { RefundState } from '../../ledger/states.ts'
import type { Refund } from '../../ledger/table.ts'

/** Longer than the two calls of 10 s that one turn may take: when it is over, whoever was sending is gone. */
const SENDING_MS = 30_000

interface Wanted {
  readonly id: string
  /** In any other state there is nothing to send. */
  readonly state: RefundState
  readonly now: Date
}

/**
 * Takes the turn to send something about a refund: of many processes one does. The intent is committed with it.
 * @returns undefined when the refund is in another state, or it is somebody else's turn
 */
export async function takeTurn(tx: Tx, { id, state, now }: Wanted): Promise<Refund | undefined> {
  const { state: found, sending_until } = await lockRefund(tx, id)
  if (found !== state || (sending_until !== null && sending_until > now)) return undefined
  return tx
    .updateTable('refund')
    .set({ sending_until: new Date(now.getTime() + SENDING_MS) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Whether the turn is still the one that was taken: it may have taken too long. */
export const isTurn = ({ sending_until }: Refund, taken: Refund): boolean =>
  sending_until?.getTime() === taken.sending_until?.getTime()

/** Gives the turn back, unless it took too long and is somebody else's by now. */
export async function endTurn({ db }: Ctx, { id, sending_until }: Refund): Promise<void> {
  await db
    .updateTable('refund')
    .set({ sending_until: null })
    .where('id', '=', id)
    .where('sending_until', '=', sending_until)
    .execute()
}
