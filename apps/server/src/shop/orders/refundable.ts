import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { lockCharge } from '../../ledger/repository.ts'
import type { RefundRefusal, Reserved } from '../../ledger/reserve-refund.ts'
import type { Charge, Refund } from '../../ledger/table.ts'
import type { OrderRow } from '../table.ts'

/**
 * The charge that paid the order, locked: what it collected can go back. The caller holds the lock of the order.
 * @throws AppError ORDER_NOT_PAID
 */
export function lockPaidCharge(tx: Tx, order: OrderRow): Promise<Charge> {
  if (order.paid_charge_id === null) throw new AppError('ORDER_NOT_PAID', '订单还没有付款，没有可以退的钱')
  return lockCharge(tx, order.paid_charge_id)
}

/** What is neither back, nor on its way back, nor waiting to go. */
export const refundableFen = (charge: Pick<Charge, 'amount_fen' | 'refund_reserved_fen'>): number =>
  charge.amount_fen - charge.refund_reserved_fen

/** @throws AppError REFUND_EXCEEDS_ORDER, REFUND_COUNT_EXCEEDED, REFUND_TOO_LATE */
export function orThrow(reserved: Reserved): Refund {
  if (reserved.kind === 'reserved') return reserved.refund
  throw refused(reserved)
}

export function refused(refusal: RefundRefusal): AppError {
  switch (refusal.kind) {
    case 'exceeds':
      return new AppError('REFUND_EXCEEDS_ORDER', `最多还可以退 ${refusal.refundableFen} 分`, { field: 'amountFen' })
    case 'too_many':
      return new AppError('REFUND_COUNT_EXCEEDED', 'WeChat Pay refunds one payment in at most 50 parts')
    case 'too_late':
      return new AppError('REFUND_TOO_LATE', 'WeChat Pay refunds a payment for 365 days; pay it back another way')
  }
}
