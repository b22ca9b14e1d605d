import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup, lagOf, sweepLag } from '../../kernel/gauges.ts'
import { openRecordStates } from './states.ts'

/** What WeChat Pay was not told yet of cards that are open, and how far the sweep is behind with cards and their money. */
export const cardGauges = {
  gauges: {
    shouyin_card_records: { help: 'Records of cards that WeChat Pay has not accepted yet', labels: ['state'] },
    shouyin_card_record_oldest_seconds: { help: 'For how long the oldest of them has waited' },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const now = clock.now()
    const rows = await db
      .selectFrom('card_record')
      .select(['state', sql<number>`count(*)`.as('count'), sql<Date>`min(created_at)`.as('oldest')])
      .where('state', 'in', openRecordStates)
      .groupBy('state')
      .execute()
    const { due } = await db.selectNoFrom(oldestDue.as('due')).executeTakeFirstOrThrow()
    return {
      shouyin_card_records: openRecordStates.map((state) => ({
        labels: { state },
        value: rows.find((row) => row.state === state)?.count ?? 0,
      })),
      shouyin_card_record_oldest_seconds: Math.max(0, ...rows.map(({ oldest }) => ageSeconds(oldest, now))),
      ...lagOf('discount-card', due, now),
    }
  },
} satisfies GaugeGroup

const oldestDue = sql<Date | null>`least(
  (select min(next_query_at) from card where next_query_at is not null),
  (select min(next_send_at) from card where next_send_at is not null),
  (select min(next_query_at) from charge where source = 'discount-card' and state in ('opened', 'closing'))
)`
