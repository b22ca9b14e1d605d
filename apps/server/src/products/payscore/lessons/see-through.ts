import { setTimeout as delay } from 'node:timers/promises'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { isSending, takeTurn } from '../../../kernel/turn.ts'
import type { Lesson } from '../table.ts'
import { readLesson } from './find.ts'
import { isUnderWay } from './move.ts'
import { pushLesson } from './push.ts'

const PATIENCE_MS = 15_000
const POLL_MS = 100

/** What somebody who wants something of a lesson may do now. */
export type Turn =
  /** `wasSent`: perhaps; WeChat Pay is asked before it is sent again. */
  | { readonly kind: 'push'; readonly lesson: Lesson; readonly wasSent: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'nothing to do' }

/** The turn of a lesson that is under way already. The caller holds the lock of the lesson. */
export async function joinIn(tx: Tx, lesson: Lesson, now: Date): Promise<Turn> {
  if (!isUnderWay(lesson.state)) return { kind: 'nothing to do' }
  const taken = await takeTurn(tx, 'lesson', lesson, now)
  return taken ? { kind: 'push', lesson: taken, wasSent: true } : { kind: 'wait' }
}

/** … of one whose intent is being committed. */
export async function begin(tx: Tx, lesson: Lesson, now: Date): Promise<Turn> {
  const taken = await takeTurn(tx, 'lesson', { ...lesson, sending_until: null }, now)
  return taken ? { kind: 'push', lesson: taken, wasSent: false } : { kind: 'wait' }
}

/**
 * Of many who want the same, one asks WeChat Pay and all get its answer.
 * @param decide under the lock of the lesson; commits the intent
 * @returns the lesson as it stands then
 */
export async function seeThrough(ctx: Ctx, id: string, decide: (tx: Tx) => Promise<Turn>): Promise<Lesson> {
  const turn = await inTransaction(ctx.db, decide)
  if (turn.kind === 'push') await pushLesson(ctx, turn.lesson, turn)
  if (turn.kind === 'wait') await waitForTurn(ctx, id)
  return readLesson(ctx.db, id)
}

async function waitForTurn(ctx: Ctx, id: string): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (!patience.aborted) {
    const lesson = await readLesson(ctx.db, id)
    if (!isUnderWay(lesson.state) || !isSending(lesson, ctx.clock.now())) return
    await delay(POLL_MS)
  }
}
