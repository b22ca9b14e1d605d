import * as bills from '@shouyin/wechatpay-core/bills'
import * as certificates from '@shouyin/wechatpay-core/certificates'
import * as discountCard from '@shouyin/wechatpay-core/discount-card'
import * as payments from '@shouyin/wechatpay-core/payments'
import * as payscore from '@shouyin/wechatpay-core/payscore'
import * as refunds from '@shouyin/wechatpay-core/refunds'
import { type EndpointsOf, type Handlers, type Operation, operationsOf } from './kernel/handler.ts'
import type { World } from './kernel/world.ts'
import * as billsHere from './products/bills/index.ts'
import * as certificatesHere from './products/certificates/index.ts'
import * as discountCardHere from './products/discount-card/index.ts'
import * as paymentsHere from './products/payments/index.ts'
import * as payscoreHere from './products/payscore/index.ts'
import * as refundsHere from './products/refunds/index.ts'

/** What WeChat Pay declares. */
export const declared = { payments, payscore, discountCard, refunds, bills, certificates } as const

/** What the simulator answers: a product or an endpoint without its handler does not compile. */
export type Simulated<Products> = {
  readonly [Name in keyof Products]: { readonly handlers: Handlers<EndpointsOf<Products[Name]>> }
}

const simulated = {
  payments: paymentsHere,
  payscore: payscoreHere,
  discountCard: discountCardHere,
  refunds: refundsHere,
  bills: billsHere,
  certificates: certificatesHere,
} satisfies Simulated<typeof declared>

export const operations: readonly Operation[] = [
  ...operationsOf(declared.payments.endpoints, simulated.payments.handlers),
  ...operationsOf(declared.payscore.endpoints, simulated.payscore.handlers),
  ...operationsOf(declared.discountCard.endpoints, simulated.discountCard.handlers),
  ...operationsOf(declared.refunds.endpoints, simulated.refunds.handlers),
  ...operationsOf(declared.bills.endpoints, simulated.bills.handlers),
  ...operationsOf(declared.certificates.endpoints, simulated.certificates.handlers),
]

/** After a restart: goes on with what WeChat had under way. */
export function resume(world: World): void {
  refundsHere.resumeRefunds(world)
  payscoreHere.resumePayScore(world)
  discountCardHere.resumeDiscountCards(world)
}
