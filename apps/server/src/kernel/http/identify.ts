import type { ServerCtx } from '../context.ts'
import { authenticateMerchant } from '../merchant-key.ts'
import { authenticate } from '../session.ts'
import type { Identify } from './callers.ts'
import { createLimit, type RateLimits } from './rate-limit.ts'

/** Knows shoppers by their session and merchants by their key; nobody asks more often than they may. */
export function identifyWithin(ctx: ServerCtx, { perUserPerMinute, perKeyPerMinute }: RateLimits): Identify {
  const perUser = createLimit(perUserPerMinute)
  const perKey = createLimit(perKeyPerMinute)
  return {
    async shopper(authorization) {
      const actor = await authenticate(ctx, authorization)
      await perUser(actor.userId)
      return actor
    },
    async merchant(authorization) {
      const actor = await authenticateMerchant(ctx, authorization)
      await perKey(actor.keyId)
      return actor
    },
  }
}
