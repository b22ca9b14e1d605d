import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { claimDueCharges } from '../../../ledger/claim-due.ts'
import type { Charge } from '../../../ledger/table.ts'
import { BATCH, nextQueryAt } from '../schedule.ts'
import type { Lesson } from '../table.ts'
import { alarmIfOwed, alarmIfStuck } from './alarm-late.ts'
import { underWayStates } from './move.ts'
import { pushLesson } from './push.ts'
import { queryDeduction } from './query-deduction.ts'

/**
 * The second net: takes lessons that are under way one step on, and asks about every deduction until it ends. Several
 * processes may sweep at once; a crash only delays, because what was claimed comes due again.
 * @returns how many it looked at; call again until 0
 */
export async function catchUpLessons(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const lessons = await inTransaction(ctx.db, (tx) => claimDueLessons(tx, now))
  const pushed = await lookAfter(ctx, lessons, (lesson) => push(ctx, lesson), { goesOn: lessons.length === BATCH })
  const charges = await inTransaction(ctx.db, (tx) =>
    claimDueCharges(tx, {
      source: 'payscore',
      now,
      limit: BATCH,
      nextQueryAt: ({ query_count }) => nextQueryAt(query_count, now),
    }),
  )
  const asked = await lookAfter(ctx, charges, (charge) => askAbout(ctx, charge), { goesOn: charges.length === BATCH })
  return pushed + asked
}

async function push(ctx: Ctx, lesson: Lesson): Promise<boolean> {
  const answer = await pushLesson(ctx, lesson, { wasSent: true })
  await alarmIfStuck(ctx, lesson)
  return answer !== 'unknown'
}

async function askAbout(ctx: Ctx, { mchid, out_trade_no: outTradeNo, subject_id }: Charge): Promise<boolean> {
  const answer = await queryDeduction(ctx, { mchid, outTradeNo })
  if (answer === 'paying') await alarmIfOwed(ctx, subject_id)
  return answer !== 'unknown'
}

/** Takes lessons whose time has come with the turn to send, and sets their next one: nobody else takes them meanwhile. */
async function claimDueLessons(tx: Tx, now: Date): Promise<readonly Lesson[]> {
  const due = await tx
    .selectFrom('lesson')
    .selectAll()
    .where('state', 'in', underWayStates)
    .where('next_query_at', '<=', now)
    .where((eb) => eb.or([eb('sending_until', 'is', null), eb('sending_until', '<=', now)]))
    .orderBy('next_query_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  const taken: Lesson[] = []
  for (const lesson of due) {
    await tx
      .updateTable('lesson')
      .set({ next_query_at: nextQueryAt(lesson.query_count, now), query_count: lesson.query_count + 1 })
      .where('id', '=', lesson.id)
      .execute()
    const turn = await takeTurn(tx, 'lesson', lesson, now)
    if (turn) taken.push(turn)
  }
  return taken
}
