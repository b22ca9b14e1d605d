import type { Ctx, ServerCtx } from './kernel/context.ts'
import { forgetKeys } from './kernel/idempotency.ts'
import { deleteOldNotifications } from './kernel/inbox.ts'
import { deleteEndedSessions } from './kernel/session.ts'

const chores: readonly ((ctx: Ctx) => Promise<number>)[] = [deleteEndedSessions, forgetKeys, deleteOldNotifications]

/** Deletes what is kept for a limited time only. @returns how much was due */
export async function tidyUp(ctx: ServerCtx): Promise<number> {
  let count = 0
  for (const chore of chores) count += await chore(ctx)
  return count
}
