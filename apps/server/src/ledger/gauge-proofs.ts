import type { GaugeGroup } from '../kernel/gauges.ts'
import { countProofs, countUnnotified } from './count-proofs.ts'

const WINDOW_MS = 3_600_000

/** How the last hour's money was learned of. */
export const proofGauges = {
  gauges: {
    shouyin_settled_last_hour: {
      help: 'Movements recorded in the last hour, by how we learned of them',
      labels: ['source', 'kind', 'proof'],
    },
    shouyin_payments_unnotified_last_hour: {
      help: 'Payments recorded in the last hour whose notification did not come',
      labels: ['source'],
    },
  },
  async read({ db, clock }) {
    const since = new Date(clock.now().getTime() - WINDOW_MS)
    const [proofs, unnotified] = [await countProofs(db, since), await countUnnotified(db, since)]
    return {
      shouyin_settled_last_hour: proofs.map(({ source, kind, proof, count }) => ({
        labels: { source, kind, proof },
        value: count,
      })),
      shouyin_payments_unnotified_last_hour: unnotified.map(({ source, unnotified: value }) => ({
        labels: { source },
        value,
      })),
    }
  },
} satisfies GaugeGroup
