import type { Product } from '../../kernel/product.ts'
import type { Asking } from './asking.ts'
import { runBills } from './daily-job.ts'
import { mountBooks } from './merchant-routes.ts'

const SWEEP_SECONDS = 30

/** 账单 and what they are for: 对账. */
export const createBills = (asking: Asking) =>
  ({
    name: 'bills',
    mount: mountBooks,
    handlers: {},
    sweeps: [{ name: 'bills', everySeconds: SWEEP_SECONDS, run: (ctx) => runBills(ctx, asking) }],
  }) satisfies Product
