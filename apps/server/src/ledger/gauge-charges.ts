import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup, lagOf, sweepLag } from '../kernel/gauges.ts'
import { liveStates } from './states.ts'
import { sources } from './table.ts'

const UNCONFIRMED_MS = 600_000

/** Sums that WeChat Pay may still collect, as far as it does not answer for them, or does not get them. */
export const chargeGauges = {
  gauges: {
    shouyin_charges_unconfirmed: {
      help: 'Charges older than 10 minutes whose last question to WeChat Pay had no answer',
      labels: ['source'],
    },
    shouyin_charge_oldest_seconds: {
      help: 'Age of the oldest sum that WeChat Pay may still collect; of lessons and cards: that it cannot deduct',
      labels: ['source'],
    },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const now = clock.now()
    const rows = await db
      .selectFrom('charge')
      .select([
        'source',
        sql<number>`count(*) filter (where unconfirmed and created_at <= ${new Date(now.getTime() - UNCONFIRMED_MS)})`.as(
          'unconfirmed',
        ),
        sql<Date>`min(created_at)`.as('oldest'),
        sql<Date | null>`min(next_query_at)`.as('due'),
      ])
      .where('state', 'in', liveStates)
      .groupBy('source')
      .execute()
    const bySource = sources.map((source) => ({ labels: { source }, row: rows.find((row) => row.source === source) }))
    return {
      shouyin_charges_unconfirmed: bySource.map(({ labels, row }) => ({ labels, value: row?.unconfirmed ?? 0 })),
      shouyin_charge_oldest_seconds: bySource.map(({ labels, row }) => ({
        labels,
        value: ageSeconds(row?.oldest ?? null, now),
      })),
      ...lagOf('payments', rows.find(({ source }) => source === 'payments')?.due ?? null, now),
    }
  },
} satisfies GaugeGroup
