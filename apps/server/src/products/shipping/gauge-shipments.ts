import { sql } from 'kysely'
import { type GaugeGroup, lagOf, sweepLag } from '../../kernel/gauges.ts'

/** Fulfilled orders whose money WeChat keeps back, because it has not heard of them. */
export const shipmentGauges = {
  gauges: {
    shouyin_shipments_waiting: { help: 'Fulfilled orders that WeChat has to hear of; absent: SHIPPING_INFO is off' },
    ...sweepLag,
  },
  async read({ db, clock, config }) {
    if (!config.shippingInfo) return { shouyin_shipments_waiting: undefined, shouyin_sweep_lag_seconds: [] }
    const { waiting, due } = await db
      .selectFrom('shipment')
      .select([sql<number>`count(*)`.as('waiting'), sql<Date | null>`min(next_attempt_at)`.as('due')])
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    return { shouyin_shipments_waiting: waiting, ...lagOf('shipping', due, clock.now()) }
  },
} satisfies GaugeGroup
