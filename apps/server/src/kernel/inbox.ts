import type { OpenedNotification } from '@shouyin/wechatpay-core'
import { sql } from 'kysely'
import type { Ctx } from './context.ts'
import { isTransient } from './db.ts'
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

const BATCH = 50
/** While one waits for its commit, others go on; the other half of the connections is for those who ask. */
const AT_ONCE = 5
const ATTEMPTS_MAX = 12
const FIRST_RETRY_MS = 10_000
const LAST_RETRY_MS = 3_600_000
const KEPT_MS = 90 * 86_400_000

/**
 * Does what waits in the inbox. A claimed row comes due again by itself: a process that dies here only delays it.
 * @returns how many were due
 */
export async function processInbox(ctx: Ctx, handlers: Handlers): Promise<number> {
  const rows = await claimDue(ctx)
  const ended: { readonly row: InboxRow; readonly state: InboxState }[] = []
  const queue = rows.values()
  const worker = async () => {
    for (const row of queue) ended.push({ row, state: await processRow(ctx, handlers, row) })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  for (const [state, group] of Map.groupBy(ended, (one) => one.state)) {
    if (state !== 'pending')
      await finish(
        ctx,
        group.map((one) => one.row),
        state,
      )
  }
  return rows.length
}

function claimDue({ db, clock }: Ctx): Promise<readonly InboxRow[]> {
  const now = clock.now()
  const due = db
    .selectFrom('notification_inbox')
    .select(sql`ctid`.as('ctid'))
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
  const waitMs = sql`least(${LAST_RETRY_MS}, ${FIRST_RETRY_MS} * 2 ^ attempts)`
  return db
    .updateTable('notification_inbox')
    .set({
      attempts: sql`attempts + 1`,
      next_attempt_at: sql`${now}::timestamptz + ${waitMs} * interval '1 millisecond'`,
    })
    .where(anyOf(due))
    .returningAll()
    .execute()
}

/** @returns how it ended: `pending` when it is to be tried again */
async function processRow(ctx: Ctx, handlers: Handlers, row: InboxRow): Promise<InboxState> {
  const { mchid, notify_id: notifyId, kind, attempts } = row
  try {
    const result = await handle(ctx, handlers, row)
    ctx.log.info({ mchid, notifyId, kind, result }, 'notification')
    return result
  } catch (err) {
    ctx.log.error({ err, mchid, notifyId, kind, attempts }, 'a notification could not be processed')
    // A database that is busy or away says nothing about the notification.
    if (attempts < ATTEMPTS_MAX || isTransient(err)) return 'pending'
    ctx.alarm('notification_dead', { mchid, notifyId, kind, attempts })
    return 'dead'
  }
}

async function handle(ctx: Ctx, handlers: Handlers, row: InboxRow): Promise<InboxState> {
  if (!Object.hasOwn(handlers, row.kind)) return 'ignored'
  // What was stored is what core opened and parsed; the kind picks the one handler that takes it.
  const run = handlers[row.kind as NotificationKind] as (ctx: Ctx, notification: unknown) => Promise<Handled>
  const { kind, notify_id: id, event_type: eventType, create_time: createTime, resource } = row
  return run(ctx, { kind, id, eventType, createTime, resource })
}

/** In one statement for a batch: a row whose process dies before it is done again, without effect. */
async function finish({ db, clock }: Ctx, rows: readonly InboxRow[], state: InboxState): Promise<void> {
  await db
    .updateTable('notification_inbox')
    .set({ state, next_attempt_at: null, finished_at: clock.now() })
    .where((eb) =>
      eb(
        eb.refTuple('mchid', 'notify_id'),
        'in',
        rows.map(({ mchid, notify_id }) => eb.tuple(mchid, notify_id)),
      ),
    )
    .where('state', '=', 'pending')
    .execute()
}

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
