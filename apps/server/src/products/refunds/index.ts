import type { Product } from '../../kernel/product.ts'
import { catchUp } from './catch-up.ts'
import { mountRefunds } from './merchant-routes.ts'
import { onNotification } from './on-notification.ts'

const SWEEP_SECONDS = 10

/** 退款. */
export const refunds = {
  name: 'refunds',
  mount: mountRefunds,
  handlers: onNotification,
  sweeps: [{ name: 'refunds', everySeconds: SWEEP_SECONDS, run: catchUp }],
} satisfies Product
