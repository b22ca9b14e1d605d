import { takeAlarmTurn } from './alarm-turn.ts'
import type { Ctx } from './context.ts'

const DAY_SECONDS = 86_400

/** Raises an alarm about one thing, at most once a day: the sweep finds it again every 10 minutes, without an end. */
export async function alarmDaily(
  ctx: Ctx,
  kind: string,
  subject: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (await takeAlarmTurn(ctx, { kind, subject, everySeconds: DAY_SECONDS })) ctx.alarm(kind, detail)
}
