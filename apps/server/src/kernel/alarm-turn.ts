import type { Ctx } from './context.ts'

interface Turn {
  readonly kind: string
  readonly subject: string
  readonly everySeconds: number
}

/** May this process raise the alarm now? True for one of all processes in that much business time. */
export async function takeAlarmTurn({ db, clock }: Ctx, { kind, subject, everySeconds }: Turn): Promise<boolean> {
  const now = clock.now()
  const before = new Date(now.getTime() - everySeconds * 1000)
  const taken = await db
    .insertInto('alarm_turn')
    .values({ kind, subject, raised_at: now })
    .onConflict((oc) =>
      oc.columns(['kind', 'subject']).doUpdateSet({ raised_at: now }).where('alarm_turn.raised_at', '<=', before),
    )
    .returning('kind')
    .executeTakeFirst()
  return taken !== undefined
}
