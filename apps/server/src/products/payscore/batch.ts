import { setTimeout as delay } from 'node:timers/promises'
import type { Ctx } from '../../kernel/context.ts'

/** How many rows one round of a sweep takes; all of them ask WeChat Pay at once. */
export const BATCH = 10
/** While WeChat Pay does not answer, or says 429, a backlog asks no more than a batch a second. */
const PAUSE_AFTER_FAILURE_MS = 1_000

/**
 * Looks after claimed rows. What goes wrong with one is logged and does not touch the others.
 * @param look answers whether WeChat Pay answered
 * @returns how many there were
 */
export async function lookAfter<Row>(
  ctx: Ctx,
  due: readonly Row[],
  look: (row: Row) => Promise<boolean>,
): Promise<number> {
  const results = await Promise.allSettled(due.map(look))
  for (const result of results) if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'sweep failed')
  const isUnanswered = results.some((result) => result.status === 'fulfilled' && !result.value)
  if (isUnanswered && due.length === BATCH) await delay(PAUSE_AFTER_FAILURE_MS)
  return due.length
}
