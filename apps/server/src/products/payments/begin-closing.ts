import type { Tx } from '../../kernel/db.ts'
import { startClosing } from '../../ledger/close.ts'
import type { Charge } from '../../ledger/table.ts'
import { moveOrder } from '../../shop/orders/move.ts'
import type { OrderRow } from '../../shop/table.ts'
import { firstQueryAt } from './schedule.ts'

/** The wish to close, committed before WeChat Pay hears of it. The caller holds both locks. */
export async function beginClosing(tx: Tx, order: OrderRow, charge: Charge, now: Date): Promise<void> {
  await moveOrder(tx, order, 'closing')
  await startClosing(tx, charge, firstQueryAt(now))
}
