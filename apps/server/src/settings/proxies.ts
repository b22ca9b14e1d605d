import { BlockList, isIP } from 'node:net'

/** Proxies on this machine, whatever is set besides. */
export function loopbackProxies(): BlockList {
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8, 'ipv4')
  list.addAddress('::1', 'ipv6')
  return list
}

/** Addresses and networks, `10.0.0.5, 10.1.0.0/16`, and this machine. @throws Error naming what is none */
export function parseProxies(text: string): BlockList {
  const list = loopbackProxies()
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) add(list, entry)
  return list
}

function add(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/')
  const version = isIP(address)
  const bits = version === 6 ? 128 : 32
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
  if (version === 0 || rest.length > 0 || length < 0 || length > bits) {
    throw new Error(`has "${entry}"; write addresses or networks such as 10.0.0.5, 10.1.0.0/16, fd00::/8`)
  }
  // Whoever trusts everybody believes what everybody claims to be.
  if (length === 0) throw new Error(`has "${entry}", which is everybody; name your proxies`)
  list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4')
}
