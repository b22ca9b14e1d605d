import type { Database } from '../database.ts'
import type { Ctx } from './context.ts'
import type { Tx } from './db.ts'

/** Longer than the calls of 10 s that one turn may take, at most seven: when it is over, whoever was sending is gone. */
const SENDING_MS = 80_000

interface Row {
  readonly id: string
  readonly sending_until: Date | null
}

/** What something is sent about. */
type Sent = { [Table in keyof Database]: Database[Table] extends Row ? Table : never }[keyof Database]

export const isSending = ({ sending_until }: Pick<Row, 'sending_until'>, now: Date): boolean =>
  sending_until !== null && sending_until > now

/**
 * Takes the turn to send something about a row that the caller has locked: of many processes one does.
 * @returns the row with its turn; undefined when it is somebody else's
 */
export async function takeTurn<Given extends Row>(
  tx: Tx,
  about: Sent,
  row: Given,
  now: Date,
): Promise<(Given & { readonly sending_until: Date }) | undefined> {
  if (isSending(row, now)) return undefined
  const sending_until = new Date(now.getTime() + SENDING_MS)
  await tx.updateTable(about).set({ sending_until }).where('id', '=', row.id).execute()
  return { ...row, sending_until }
}

/** Whether the turn is still the one that was taken: it may have taken too long. */
export const isTurn = (row: Row, taken: Row): boolean => row.sending_until?.getTime() === taken.sending_until?.getTime()

/** Gives the turn back, unless it took too long and is somebody else's by now. */
export async function endTurn({ db }: Ctx, about: Sent, { id, sending_until }: Row): Promise<void> {
  await db
    .updateTable(about)
    .set({ sending_until: null })
    .where('id', '=', id)
    .where('sending_until', '=', sending_until)
    .execute()
}
