import type { Product } from '../../kernel/product.ts'
import { catchUp } from './catch-up.ts'

const SWEEP_SECONDS = 10

/** 发货信息管理: WeChat hears of what was fulfilled, where it keeps the money back until then. */
export const shipping = {
  name: 'shipping',
  mount: () => undefined,
  handlers: {},
  sweeps: [{ name: 'shipping', everySeconds: SWEEP_SECONDS, run: catchUp }],
} satisfies Product
