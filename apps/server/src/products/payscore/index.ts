import type { Product } from '../../kernel/product.ts'
import { lessonEffect } from './effect.ts'

/** 支付分计划. */
export const payscore = {
  name: 'payscore',
  mount: () => undefined,
  handlers: {},
  sweeps: [],
  effects: { lesson: lessonEffect },
} satisfies Product
