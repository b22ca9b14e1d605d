import { sql } from 'kysely'
import type { GaugeGroup } from '../kernel/gauges.ts'

/** What did not fit the books, until a person closes it. */
export const anomalyGauges = {
  gauges: {
    shouyin_open_anomalies: { help: 'What did not fit our books and nobody has explained', labels: ['kind'] },
  },
  async read({ db }) {
    const rows = await db
      .selectFrom('anomaly')
      .select(['kind', sql<number>`count(*)`.as('count')])
      .where('resolved_at', 'is', null)
      .groupBy('kind')
      .execute()
    return { shouyin_open_anomalies: rows.map(({ kind, count }) => ({ labels: { kind }, value: count })) }
  },
} satisfies GaugeGroup
