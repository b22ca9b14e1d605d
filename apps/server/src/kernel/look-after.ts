import { setTimeout as delay } from 'node:timers/promises'
import type { Ctx } from './context.ts'

/** While WeChat Pay does not answer, or says 429, a backlog asks no more than a round a second. */
const PAUSE_AFTER_FAILURE_MS = 1_000

/**
 * Looks after claimed rows, all at once. What goes wrong with one is logged and does not touch the others.
 * @param look answers whether WeChat Pay answered
 * @param goesOn more are due: when WeChat Pay does not answer, the next round waits
 * @returns how many there were
 */
export async function lookAfter<Row>(
  ctx: Pick<Ctx, 'log'>,
  due: readonly Row[],
  look: (row: Row) => Promise<boolean>,
  { goesOn }: { readonly goesOn: boolean },
): Promise<number> {
  const results = await Promise.allSettled(due.map(look))
  for (const result of results) if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'sweep failed')
  const isUnanswered = results.some((result) => result.status === 'fulfilled' && !result.value)
  if (isUnanswered && goesOn) await delay(PAUSE_AFTER_FAILURE_MS)
  return due.length
}
