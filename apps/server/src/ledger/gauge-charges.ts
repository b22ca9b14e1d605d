import { sql } from 'kysely'
import { type GaugeGroup, lagOf, sweepLag } from '../kernel/gauges.ts'
import { liveStates } from './states.ts'

const UNCONFIRMED_MS = 600_000

/** Sums that WeChat Pay may still collect, as far as it does not answer for them. */
export const chargeGauges = {
  gauges: {
    shouyin_charges_unconfirmed: {
      help: 'Charges older than 10 minutes whose last question to WeChat Pay had no answer',
    },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const now = clock.now()
    const { unconfirmed, due } = await db
      .selectFrom('charge')
      .select([
        sql<number>`count(*) filter (where unconfirmed and created_at <= ${new Date(now.getTime() - UNCONFIRMED_MS)})`.as(
          'unconfirmed',
        ),
        sql<Date | null>`min(next_query_at)`.as('due'),
      ])
      .where('state', 'in', liveStates)
      .executeTakeFirstOrThrow()
    return { shouyin_charges_unconfirmed: unconfirmed, ...lagOf('payments', due, now) }
  },
} satisfies GaugeGroup
