import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup } from '../../kernel/gauges.ts'

/** What shoppers asked for and nobody has answered. */
export const refundRequestGauges = {
  gauges: {
    shouyin_refund_request_oldest_seconds: { help: 'Age of the oldest refund request that nobody has decided' },
  },
  async read({ db, clock }) {
    const { oldest } = await db
      .selectFrom('refund_request')
      .select(sql<Date | null>`min(created_at)`.as('oldest'))
      .where('state', '=', 'requested')
      .executeTakeFirstOrThrow()
    return { shouyin_refund_request_oldest_seconds: ageSeconds(oldest, clock.now()) }
  },
} satisfies GaugeGroup
