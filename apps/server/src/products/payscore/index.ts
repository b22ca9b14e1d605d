import type { Product } from '../../kernel/product.ts'
import { lessonEffect } from './effect.ts'
import { onNotification } from './on-notification.ts'

/** 支付分计划. */
export const payscore = {
  name: 'payscore',
  mount: () => undefined,
  handlers: onNotification,
  effects: { lesson: lessonEffect },
  sweeps: [],
} satisfies Product
