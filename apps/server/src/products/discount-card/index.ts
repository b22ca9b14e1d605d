import type { Product } from '../../kernel/product.ts'
import { findDiscount } from './discount.ts'
import { cardEffect } from './effect.ts'
import { onNotification } from './on-notification.ts'

/** 先享卡. */
export const discountCard = {
  name: 'discount-card',
  mount: () => undefined,
  handlers: onNotification,
  effects: { card: cardEffect },
  discount: findDiscount,
  sweeps: [],
} satisfies Product
