import { lookup } from 'node:dns/promises'
import { BlockList, isIPv4 } from 'node:net'

/** Networks that nobody on the internet reaches. */
const unreachable = new BlockList()
const networks4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...[
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
]
const networks6 = ['::/127', '64:ff9b:1::/48', '100::/64', '2001:db8::/32', 'fc00::/7', 'fe80::/10', 'ff00::/8']
for (const network of networks4) add(network, 'ipv4')
for (const network of networks6) add(network, 'ipv6')

function add(network: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = network.split('/')
  unreachable.addSubnet(address, Number(bits), family)
}

export const isPublicAddress = (address: string): boolean =>
  !unreachable.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')

export type Resolved =
  | { readonly kind: 'public'; readonly addresses: readonly string[] }
  | { readonly kind: 'private'; readonly addresses: readonly string[] }
  | { readonly kind: 'unknown'; readonly code: string }

/** What DNS says here; from outside it may say something else. */
export async function resolveHost(host: string): Promise<Resolved> {
  try {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address)
    const hidden = addresses.filter((address) => !isPublicAddress(address))
    return hidden.length === 0 ? { kind: 'public', addresses } : { kind: 'private', addresses: hidden }
  } catch (error) {
    return { kind: 'unknown', code: String(Reflect.get(Object(error), 'code') ?? 'no answer') }
  }
}
