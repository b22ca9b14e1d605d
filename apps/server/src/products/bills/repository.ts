import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { type BillDay, bills } from './table.ts'

/** Longer than the largest bill takes: when it is over, whoever took it is gone. */
const LEASE_MS = 900_000

/** Which days are taken up; default: all. */
export interface Which {
  readonly mchid: string
  readonly date: string
}

/** Takes one bill whose time has come, oldest day first, and sets its next time: nobody else takes it meanwhile. */
export async function claimDay(tx: Tx, now: Date, which?: Which): Promise<BillDay | undefined> {
  const day = await tx
    .selectFrom('bill_day')
    .selectAll()
    .where('next_attempt_at', '<=', now)
    .$if(which !== undefined, (query) =>
      query.where('mchid', '=', which?.mchid ?? '').where('date', '=', which?.date ?? ''),
    )
    .orderBy('date')
    .orderBy(sql`array_position(${[...bills]}::text[], bill)`)
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!day) return undefined
  await tx
    .updateTable('bill_day')
    .set({ next_attempt_at: new Date(now.getTime() + LEASE_MS) })
    .where('id', '=', day.id)
    .execute()
  return day
}

export const lockDay = (tx: Tx, id: number): Promise<BillDay> =>
  tx.selectFrom('bill_day').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

/** Puts a bill off that is not there yet. */
export async function postpone(
  { db }: Ctx,
  { id }: BillDay,
  set: { next_attempt_at: Date; attempts?: number; problem: string; late: boolean },
): Promise<void> {
  await db.updateTable('bill_day').set(set).where('id', '=', id).where('state', '=', 'waiting').execute()
}

/** WeChat Pay's answer that there is none is not signed, so it may be asked for again. */
export const unread = {
  ...{ state: 'waiting', late: false, rows: null, sum_fen: null, finished_at: null },
} as const satisfies Partial<BillDay>

/** WeChat Pay says that there is none. */
export async function markEmpty({ db, clock }: Ctx, { id }: BillDay): Promise<void> {
  await db
    .updateTable('bill_day')
    .set({ state: 'empty', next_attempt_at: clock.now(), attempts: 0, problem: null, rows: 0, sum_fen: 0 })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}
