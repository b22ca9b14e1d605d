import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../errors.ts'

export interface RateLimits {
  readonly perUserPerMinute: number
  readonly perKeyPerMinute: number
  readonly perAddressPerMinute: number
  /** What mini-programs report is welcome, but never at the cost of anything else: of one address, and of all. */
  readonly reportsPerAddressPerMinute: number
  readonly reportsPerMinute: number
}

/** Generous: a shop behind one address of a carrier must not be locked out. Several processes count apart. */
export const defaultRateLimits: RateLimits = {
  perUserPerMinute: 600,
  perKeyPerMinute: 600,
  perAddressPerMinute: 3_000,
  reportsPerAddressPerMinute: 60,
  reportsPerMinute: 300,
}

/** @throws AppError TOO_MANY_REQUESTS with Retry-After */
export type Limit = (key: string) => Promise<void>

export function createLimit(perMinute: number): Limit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async (key) => {
    try {
      await limiter.consume(key)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const retryAfterSeconds = Math.ceil(refused.msBeforeNext / 1000)
      throw new AppError('TOO_MANY_REQUESTS', '请求太频繁，请稍后再试', { retryAfterSeconds })
    }
  }
}
