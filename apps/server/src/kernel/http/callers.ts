import type { Route } from '@shouyin/contracts/route'
import type { Context } from 'hono'
import type { Actor, KeyHolder } from '../context.ts'
import { AppError } from '../errors.ts'
import type { HttpEnv } from './server.ts'

/** Who may call a route: anybody, somebody with a session, somebody with a merchant key that has the route's scope. */
export type Access = 'open' | 'shopper' | 'merchant'

/** Decides who calls, by the Authorization header. @throws AppError UNAUTHENTICATED, TOO_MANY_REQUESTS */
export interface Identify {
  readonly shopper: (authorization: string | undefined) => Promise<Actor>
  readonly merchant: (authorization: string | undefined) => Promise<KeyHolder>
}

/** @throws TypeError for a declaration that leaves it open: what lies below /api/merchant has a scope, nothing else */
export function accessOf({ method, path, public: open, scope }: Route): Access {
  const isMerchant = scope !== undefined
  if (isMerchant !== path.startsWith('/api/merchant/') || (isMerchant && open)) {
    throw new TypeError(`${method} ${path} needs a scope exactly when it lies below /api/merchant`)
  }
  return isMerchant ? 'merchant' : open ? 'open' : 'shopper'
}

/** What the caller adds to the context of a verb. */
export async function callerOf(c: Context<HttpEnv>, route: Route, identify: Identify): Promise<object> {
  const access = accessOf(route)
  const authorization = c.req.header('Authorization')
  if (access === 'shopper') {
    const actor = await identify.shopper(authorization)
    c.set('userId', actor.userId)
    return { actor }
  }
  if (access === 'merchant') {
    const merchant = await identify.merchant(authorization)
    c.set('keyId', merchant.keyId)
    if (!merchant.scopes.some((scope) => scope === route.scope)) {
      throw new AppError('FORBIDDEN', `this key lacks the scope ${route.scope}; use or make one that has it`)
    }
    return { merchant }
  }
  return {}
}
