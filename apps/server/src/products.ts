import type { FindDiscount } from './kernel/discount.ts'
import type { Effects } from './kernel/effects.ts'
import type { Handlers } from './kernel/inbox.ts'
import type { Product } from './kernel/product.ts'
import type { Asking } from './products/bills/asking.ts'
import { createBills } from './products/bills/index.ts'
import { queryCardsOf } from './products/discount-card/cards/query-cards-of.ts'
import { queryCharge } from './products/discount-card/cards/query-charge.ts'
import { feedingCards } from './products/discount-card/feed.ts'
import { discountCard } from './products/discount-card/index.ts'
import { payments } from './products/payments/index.ts'
import { queryByNumber } from './products/payments/query.ts'
import { payscore } from './products/payscore/index.ts'
import { payingLessons } from './products/payscore/lesson-orders.ts'
import { queryDeduction } from './products/payscore/lessons/query-deduction.ts'
import { refunds } from './products/refunds/index.ts'
import { queryRefund } from './products/refunds/query.ts'
import { shipping } from './products/shipping/index.ts'

/** How bills ask about what they find of other products. */
export const asking: Asking = {
  charge: { payments: queryByNumber, payscore: queryDeduction, 'discount-card': queryCharge },
  payer: queryCardsOf,
  refund: queryRefund,
}

/** All products, in the order in which their routes are documented. */
export const products: readonly Product[] = [payments, payscore, discountCard, refunds, createBills(asking), shipping]

/** A kind of notification that no product handles does not compile. */
export const handlers: Handlers = {
  ...payments.handlers,
  ...payscore.handlers,
  ...discountCard.handlers,
  ...refunds.handlers,
}

/** A purpose without an effect does not compile. */
export const effects: Effects = {
  ...payscore.effects,
  ...discountCard.effects,
  // Cards last: who holds one waits for no order.
  order: feedingCards(payingLessons(payments.effects.order)),
}

/** The one product that makes orders cheaper. */
export const discount: FindDiscount = discountCard.discount
