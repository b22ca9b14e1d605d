import type { Product } from '../../kernel/product.ts'
import { orderEffect } from '../../shop/orders/effect.ts'
import { catchUp } from './catch-up.ts'
import { onNotification } from './on-notification.ts'
import { mountOrders } from './shopper-routes.ts'

const SWEEP_SECONDS = 10

/** 小程序支付. */
export const payments = {
  name: 'payments',
  mount: mountOrders,
  handlers: { 'payments.transactionSuccess': onNotification },
  effects: { order: orderEffect },
  sweeps: [{ name: 'payments', everySeconds: SWEEP_SECONDS, run: catchUp }],
} satisfies Product
