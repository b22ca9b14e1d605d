import { takeAlarmTurn } from '../kernel/alarm-turn.ts'
import type { Ctx } from '../kernel/context.ts'
import { countUnnotified } from './count-proofs.ts'

const WINDOW_SECONDS = 3600
/** Fewer say nothing: a few lost notifications are WeChat's everyday. */
const PAYMENTS_MIN = 10
const SHARE_MAX = 0.5

/**
 * Alarms when most payments of the last hour came without their notification: nothing is lost, because query and bill
 * find them, but something keeps WeChat Pay from reaching us.
 * @returns 0: a sweep that leaves nothing due
 */
export async function watchCallbacks(ctx: Ctx): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - WINDOW_SECONDS * 1000)
  for (const { mchid, source, count, unnotified } of await countUnnotified(ctx.db, since)) {
    if (count < PAYMENTS_MIN || unnotified <= count * SHARE_MAX) continue
    const kind = 'callbacks_missing'
    if (!(await takeAlarmTurn(ctx, { kind, subject: `${mchid} ${source}`, everySeconds: WINDOW_SECONDS }))) continue
    ctx.alarm(kind, { mchid, source, count, unnotified, remedy: 'run: pnpm shouyin doctor' })
  }
  return 0
}
