import { type Address, hostOf, isAddressLiteral, isLocalName, isWeixinApi, readAddress } from '../address.ts'
import type { Check } from '../context.ts'
import { notifyUrlOf } from '../notify-url.ts'
import { resolveHost } from '../resolve.ts'

const name = 'notify_url'

const CHARACTERS_MAX = 255

/** What WeChat's documents ask of a notify_url; an account of all that is wrong, in their order. */
const rules: readonly { readonly isBroken: (address: Address) => boolean; readonly what: string }[] = [
  { isBroken: ({ url }) => url.protocol !== 'https:', what: 'is not https' },
  { isBroken: ({ url }) => url.search !== '' || url.hash !== '', what: 'carries a query string' },
  { isBroken: ({ url }) => url.username !== '' || url.password !== '', what: 'carries a login' },
  { isBroken: ({ url }) => isAddressLiteral(url), what: 'has an IP address instead of a domain' },
  { isBroken: ({ url }) => isLocalName(url), what: 'is the name of this machine or of a local network' },
  { isBroken: ({ url }) => isWeixinApi(url), what: 'is a host of WeChat, not yours' },
  { isBroken: ({ port }) => port === '443', what: 'names port 443; leave it out' },
  { isBroken: ({ url }) => url.href.length > CHARACTERS_MAX, what: `has more than ${CHARACTERS_MAX} characters` },
]

/** @returns what is wrong with it; empty: nothing */
export function notifyUrlProblems(text: string): readonly string[] {
  const address = readAddress(text)
  return address ? rules.filter((rule) => rule.isBroken(address)).map((rule) => rule.what) : ['is no URL']
}

export const checkNotifyUrl: Check = async ({ env }) => {
  const url = notifyUrlOf(env)
  if (!env.live) return { name, status: 'skipped', what: `${url.href}; a simulator on this machine needs no domain` }
  const problems = notifyUrlProblems(url.href)
  if (problems.length > 0) {
    const remedy = 'set PUBLIC_URL to https:// and a domain of yours, with ICP filing (备案)'
    return { name, status: 'fail', what: `${url.href} ${problems.join(', ')}`, remedy }
  }
  const resolved = await resolveHost(hostOf(url))
  if (resolved.kind === 'unknown') {
    const remedy = 'make a DNS record for it that the whole internet sees'
    return { name, status: 'fail', what: `${hostOf(url)} does not resolve (${resolved.code})`, remedy }
  }
  if (resolved.kind === 'private') {
    const what = `${hostOf(url)} resolves to ${resolved.addresses.join(', ')}, which WeChat Pay cannot reach`
    return {
      name,
      status: 'warn',
      what,
      remedy: 'right if only your own DNS says so; the public record needs a public address',
    }
  }
  return { name, status: 'ok', what: `${url.href} keeps the rules and resolves to ${resolved.addresses.join(', ')}` }
}
