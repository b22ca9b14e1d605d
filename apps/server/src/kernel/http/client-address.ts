import { type BlockList, isIP, isIPv6 } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/**
 * Who sent the request: the peer, or behind trusted proxies the last address of X-Forwarded-For that is none of them.
 * What stands further left was written by the sender and may be a lie. Undefined: this machine itself.
 */
export function clientAddress(c: Context, trustedProxies: BlockList): string | undefined {
  const peer = plain((c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '::1')
  const forwarded = c.req.header('X-Forwarded-For')?.split(',').reverse() ?? []
  let client = peer
  for (const hop of forwarded.map((address) => plain(address.trim()))) {
    if (!includes(trustedProxies, client) || isIP(hop) === 0) break
    client = hop
  }
  return isThisMachine(peer) && forwarded.length === 0 ? undefined : client
}

/** Whom a request is counted for: an IPv4 address, or the /64 that one subscriber has of IPv6. */
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

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
const isThisMachine = (address: string): boolean => address === '::1' || address.startsWith('127.')
const includes = (list: BlockList, address: string): boolean => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
