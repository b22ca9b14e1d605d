import type { Handlers } from './kernel/inbox.ts'
import type { Product } from './kernel/product.ts'
import { payments } from './products/payments/index.ts'
import { refunds } from './products/refunds/index.ts'
import { shipping } from './products/shipping/index.ts'

/** All products, in the order in which their routes are documented. */
export const products: readonly Product[] = [payments, refunds, shipping]

/** A kind of notification that no product handles does not compile. */
export const handlers: Handlers = { ...payments.handlers, ...refunds.handlers }
