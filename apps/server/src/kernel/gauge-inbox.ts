import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup, lagOf, sweepLag } from './gauges.ts'

/** Notifications that wait, and those that nothing followed from. */
export const inboxGauges = {
  gauges: {
    shouyin_inbox_rows: { help: 'Notifications that wait or that a person has to look at', labels: ['state'] },
    shouyin_inbox_oldest_seconds: { help: 'Age of the oldest notification that is stored and not processed' },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const rows = await db
      .selectFrom('notification_inbox')
      .select([
        'state',
        sql<number>`count(*)`.as('count'),
        sql<Date>`min(received_at)`.as('oldest'),
        sql<Date | null>`min(next_attempt_at)`.as('due'),
      ])
      .where('state', 'in', ['pending', 'dead'])
      .groupBy('state')
      .execute()
    const pending = rows.find(({ state }) => state === 'pending')
    const now = clock.now()
    return {
      shouyin_inbox_rows: ['pending', 'dead'].map((state) => ({
        labels: { state },
        value: rows.find((row) => row.state === state)?.count ?? 0,
      })),
      shouyin_inbox_oldest_seconds: ageSeconds(pending?.oldest ?? null, now),
      ...lagOf('inbox', pending?.due ?? null, now),
    }
  },
} satisfies GaugeGroup
