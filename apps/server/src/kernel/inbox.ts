import type { OpenedNotification } from '@shouyin/wechatpay-core'
import { sql } from 'kysely'
import type { Ctx } from './context.ts'
import { inTransaction, isTransient, type Tx } from './db.ts'
import { anyOf, DELETE_BATCH } from './delete-batch.ts'
import type { InboxRow, InboxState } from './inbox.table.ts'

export type NotificationKind = Exclude<OpenedNotification['kind'], 'unknown'>

/** `dead`: nothing followed from it; a person has to look. */
export type Handled = 'processed' | 'dead'

/** What a notification does, by kind: idempotent, because it runs again after a crash. A missing kind does not compile. */
export type Handlers = {
  readonly [Kind in NotificationKind]: (
    ctx: Ctx,
    notification: Extract<OpenedNotification, { kind: Kind }>,
  ) => Promise<Handled>
}

const BATCH = 20
const ATTEMPTS_MAX = 12
const FIRST_RETRY_MS = 10_000
const LAST_RETRY_MS = 3_600_000
const KEPT_MS = 90 * 86_400_000

/**
 * Does what waits in the inbox. A claimed row comes due again by itself: a process that dies here only delays it.
 * @returns how many were due
 */
export async function processInbox(ctx: Ctx, handlers: Handlers): Promise<number> {
  const rows = await inTransaction(ctx.db, (tx) => claimDue(tx, ctx.clock.now()))
  for (const row of rows) await processRow(ctx, handlers, row)
  return rows.length
}

async function claimDue(tx: Tx, now: Date): Promise<readonly InboxRow[]> {
  const due = await tx
    .selectFrom('notification_inbox')
    .selectAll()
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { mchid, notify_id, attempts } of due) {
    await tx
      .updateTable('notification_inbox')
      .set({ attempts: attempts + 1, next_attempt_at: retryAt(now, attempts) })
      .where('mchid', '=', mchid)
      .where('notify_id', '=', notify_id)
      .execute()
  }
  return due
}

async function processRow(ctx: Ctx, handlers: Handlers, row: InboxRow): Promise<void> {
  const { mchid, notify_id: notifyId, kind, attempts } = row
  try {
    const handled = await handle(ctx, handlers, row)
    await finish(ctx, row, handled)
    ctx.log.info({ mchid, notifyId, kind, result: handled }, 'notification')
  } catch (err) {
    ctx.log.error({ err, mchid, notifyId, kind, attempts: attempts + 1 }, 'a notification could not be processed')
    // A database that is busy or away says nothing about the notification.
    if (attempts + 1 < ATTEMPTS_MAX || isTransient(err)) return
    await finish(ctx, row, 'dead')
    ctx.alarm('notification_dead', { mchid, notifyId, kind, attempts: attempts + 1 })
  }
}

async function handle(ctx: Ctx, handlers: Handlers, row: InboxRow): Promise<InboxState> {
  if (!Object.hasOwn(handlers, row.kind)) return 'ignored'
  // What was stored is what core opened and parsed; the kind picks the one handler that takes it.
  const run = handlers[row.kind as NotificationKind] as (ctx: Ctx, notification: unknown) => Promise<Handled>
  const { kind, notify_id: id, event_type: eventType, create_time: createTime, resource } = row
  return run(ctx, { kind, id, eventType, createTime, resource })
}

async function finish({ db, clock }: Ctx, { mchid, notify_id }: InboxRow, state: InboxState): Promise<void> {
  await db
    .updateTable('notification_inbox')
    .set({ state, next_attempt_at: null, finished_at: clock.now() })
    .where('mchid', '=', mchid)
    .where('notify_id', '=', notify_id)
    .where('state', '=', 'pending')
    .execute()
}

const retryAt = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts))

/** A batch of them; what a person has to look at stays. @returns how many were old enough; call again until 0 */
export async function deleteOldNotifications({ db, clock }: Ctx): Promise<number> {
  const old = db
    .selectFrom('notification_inbox')
    .select(sql`ctid`.as('ctid'))
    .where('state', 'in', ['processed', 'ignored'])
    .where('received_at', '<=', new Date(clock.now().getTime() - KEPT_MS))
    .limit(DELETE_BATCH)
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db.deleteFrom('notification_inbox').where(anyOf(old)).executeTakeFirst()
  return Number(numDeletedRows)
}
