import type { StoredRefund } from '../../../kernel/refunds.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { acceptRefund, type RefundRefusal } from '../handlers/accept.ts'
import { makeOutRefundNo, sum } from '../model.ts'

/** A refund that somebody makes in 商户平台, of all that is left by default: WeChat numbers it, and its notice is V2. */
export function refundByHand(
  world: World,
  transaction: StoredTransaction,
  { amountFen, reason }: { readonly amountFen?: number | undefined; readonly reason?: string | undefined },
): StoredRefund | RefundRefusal {
  const { mchid, outTradeNo } = transaction
  const standing = world.refunds.ofOrder(mchid, outTradeNo).filter(({ status }) => status !== 'CLOSED')
  return acceptRefund(world, transaction, {
    outRefundNo: makeOutRefundNo(world.clock.now()),
    amountFen: amountFen ?? Math.max(transaction.amountFen - sum(standing, (refund) => refund.amountFen), 1),
    totalFen: transaction.amountFen,
    reason: reason ?? null,
    notifyUrl: null,
    source: 'VENDOR_PLATFORM',
    fundsAccount: 'UNSETTLED',
    from: [],
    namesPublicKey: false,
  })
}
