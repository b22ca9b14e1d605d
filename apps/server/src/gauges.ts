import { backupGauges } from './kernel/gauge-backup.ts'
import { inboxGauges } from './kernel/gauge-inbox.ts'
import type { GaugeGroup } from './kernel/gauges.ts'
import { anomalyGauges } from './ledger/gauge-anomalies.ts'
import { chargeGauges } from './ledger/gauge-charges.ts'
import { proofGauges } from './ledger/gauge-proofs.ts'
import { refundGauges } from './ledger/gauge-refunds.ts'
import { booksGauges } from './products/bills/gauge-books.ts'
import { cardGauges } from './products/discount-card/gauge-cards.ts'
import { payScoreGauges } from './products/payscore/gauge-lessons.ts'
import { shipmentGauges } from './products/shipping/gauge-shipments.ts'
import { refundRequestGauges } from './shop/refund-requests/gauge-requests.ts'

/** What `/metrics` reads from the database, in the order in which it is asked. */
export const gauges: readonly GaugeGroup[] = [
  inboxGauges,
  chargeGauges,
  payScoreGauges,
  cardGauges,
  refundGauges,
  refundRequestGauges,
  anomalyGauges,
  booksGauges,
  proofGauges,
  shipmentGauges,
  backupGauges,
]
