import { refunds } from '@shouyin/contracts/merchant'
import type { Routing } from '../../kernel/http/routing.ts'
import { sendAbnormalRefund } from './abnormal-refund.ts'
import { approveRefund } from './approve.ts'
import { checkRefund } from './check.ts'
import { createRefund } from './create-refund.ts'
import { declineRefund } from './decline.ts'
import { getRefund } from './get.ts'
import { listRefunds } from './list.ts'
import { refundCharge } from './refund-charge.ts'
import { withdrawRefund } from './withdraw.ts'

/** What the shop does with refunds. */
export function mountRefunds(routing: Routing): void {
  routing.merchant(refunds, {
    createRefund,
    refundCharge,
    listRefunds,
    getRefund,
    approveRefund,
    declineRefund,
    checkRefund,
    withdrawRefund,
    sendAbnormalRefund,
  })
}
