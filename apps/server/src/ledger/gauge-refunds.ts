import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup, lagOf, sweepLag } from '../kernel/gauges.ts'
import { goingStates } from './states.ts'

const shownStates = ['proposed', ...goingStates] as const

/** Refunds that are not at their end. Age counts from when WeChat Pay had it, else from when it was wanted. */
export const refundGauges = {
  gauges: {
    shouyin_refunds: { help: 'Refunds that are not at their end', labels: ['state'] },
    shouyin_refund_oldest_seconds: { help: 'Age of the oldest refund in that state', labels: ['state'] },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const rows = await db
      .selectFrom('refund')
      .select([
        'state',
        sql<number>`count(*)`.as('count'),
        sql<Date>`min(coalesce(accepted_at, created_at))`.as('oldest'),
        sql<Date | null>`min(next_query_at)`.as('due'),
      ])
      .where('state', 'in', shownStates)
      .groupBy('state')
      .execute()
    const now = clock.now()
    const byState = shownStates.map((state) => ({ labels: { state }, row: rows.find((row) => row.state === state) }))
    const due = rows.flatMap((row) => row.due ?? []).sort((a, b) => a.getTime() - b.getTime())[0]
    return {
      shouyin_refunds: byState.map(({ labels, row }) => ({ labels, value: row?.count ?? 0 })),
      shouyin_refund_oldest_seconds: byState.map(({ labels, row }) => ({
        labels,
        value: ageSeconds(row?.oldest ?? null, now),
      })),
      ...lagOf('refunds', due ?? null, now),
    }
  },
} satisfies GaugeGroup
