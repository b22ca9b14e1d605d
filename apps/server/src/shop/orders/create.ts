import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { orders } from '@shouyin/contracts/shopper'
import type { RequestInfo, ShopperCtx } from '../../kernel/context.ts'
import { once } from '../../kernel/idempotency.ts'
import { placeOrder } from './place.ts'
import { viewNewOrder } from './view.ts'

/** One order per Idempotency-Key, however often a shaky connection makes the phone ask. */
export function createOrder(
  ctx: ShopperCtx & RequestInfo,
  input: ParsedInputOf<typeof orders.createOrder>,
): Promise<orders.Order> {
  return once(ctx, input, async (tx) => viewNewOrder(await placeOrder(tx, ctx, input.items)))
}
