import type { Effects } from '../ledger/effects.ts'
import { orderEffect } from './orders/effect.ts'

/** What settled charges mean, by purpose. A purpose without an effect does not compile. */
export const effects: Effects = { order: orderEffect }
