import type { Product } from '../../kernel/product.ts'
import { catchUp } from './catch-up.ts'
import { findDiscount } from './discount.ts'
import { cardEffect } from './effect.ts'
import { mountForShop } from './merchant-routes.ts'
import { onNotification } from './on-notification.ts'
import { alarmRecords } from './records/alarms.ts'
import { mountForShoppers } from './shopper-routes.ts'

const SWEEP_SECONDS = 10
const ALARM_SECONDS = 300

/** 先享卡. */
export const discountCard = {
  name: 'discount-card',
  mount(routing) {
    mountForShoppers(routing)
    mountForShop(routing)
  },
  handlers: onNotification,
  effects: { card: cardEffect },
  discount: findDiscount,
  sweeps: [
    { name: 'discount-card', everySeconds: SWEEP_SECONDS, run: catchUp },
    { name: 'discount-card alarms', everySeconds: ALARM_SECONDS, unhurried: true, run: alarmRecords },
  ],
} satisfies Product
