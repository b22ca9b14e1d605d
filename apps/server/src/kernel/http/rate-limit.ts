import { isIPv6 } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../errors.ts'

export interface RateLimits {
  readonly perUserPerMinute: number
  readonly perKeyPerMinute: number
  readonly perAddressPerMinute: number
}

/** Generous: a shop behind one address of a carrier must not be locked out. Several processes count apart. */
export const defaultRateLimits: RateLimits = { perUserPerMinute: 600, perKeyPerMinute: 600, perAddressPerMinute: 3_000 }

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

/**
 * Whom to count a request for: an IPv4 address, or the /64 that one subscriber has of IPv6. Behind a proxy on this
 * machine it is the address that the proxy saw; this machine itself (undefined) is not limited.
 */
export function addressOf(c: Context): string | undefined {
  const peer = plainAddress((c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '::1')
  if (!isThisMachine(peer)) return networkOf(peer)
  const forwarded = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim()
  return forwarded ? networkOf(plainAddress(forwarded)) : undefined
}

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
const isThisMachine = (address: string): boolean => address === '::1' || address.startsWith('127.')

export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array(missing).fill('0'), ...groups(tail ?? '')]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
