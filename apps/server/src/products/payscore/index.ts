import type { Product } from '../../kernel/product.ts'
import { catchUp } from './catch-up.ts'
import { lessonEffect } from './effect.ts'
import { mountForShop } from './merchant-routes.ts'
import { onNotification } from './on-notification.ts'
import { mountForShoppers } from './shopper-routes.ts'

const SWEEP_SECONDS = 10

/** 支付分计划. */
export const payscore = {
  name: 'payscore',
  mount(routing) {
    mountForShoppers(routing)
    mountForShop(routing)
  },
  handlers: onNotification,
  effects: { lesson: lessonEffect },
  sweeps: [{ name: 'payscore', everySeconds: SWEEP_SECONDS, run: catchUp }],
} satisfies Product
