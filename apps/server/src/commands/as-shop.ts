import { randomUUID } from 'node:crypto'
import { scopes } from '@shouyin/contracts/merchant'
import type { MerchantCtx, RequestInfo } from '../kernel/context.ts'
import { CLI_PERSON } from '../kernel/issue-merchant-key.ts'
import { withCtx } from './with-ctx.ts'

/** Runs `use` as somebody of the shop who may do everything: whoever works here has the database anyway. */
export const asShop = <T>(operation: string, use: (ctx: MerchantCtx & RequestInfo) => Promise<T>): Promise<T> =>
  withCtx((ctx) =>
    use({
      ...ctx,
      merchant: { person: CLI_PERSON, keyId: null, scopes },
      requestId: randomUUID(),
      operation,
      // Whoever enters a command twice means it twice.
      idempotencyKey: randomUUID(),
    }),
  )
