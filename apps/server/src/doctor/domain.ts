import { type Address, hostOf, isAddressLiteral, isLocalName, isWeixinApi, readAddress } from './address.ts'
import type { Finding } from './finding.ts'
import { resolveHost } from './resolve.ts'

/** The lists of 小程序后台 → 开发管理 → 服务器域名; each is configured by itself. */
export const domainKinds = ['request', 'uploadFile', 'downloadFile', 'connectSocket'] as const
export type DomainKind = (typeof domainKinds)[number]

interface Rule {
  readonly name: string
  /** Why it cannot be configured or called, with the remedy; undefined: it can. */
  readonly broken: (address: Address, kind: DomainKind) => readonly [what: string, remedy: string] | undefined
  /** What else is good to know. */
  readonly kept: (address: Address, kind: DomainKind) => string
}

const schemeOf = (kind: DomainKind) => (kind === 'connectSocket' ? 'wss' : 'https')
const originOf = ({ url, port }: Address, kind: DomainKind) =>
  `${schemeOf(kind)}://${url.hostname}${port === undefined ? '' : `:${port}`}`

const rules: readonly Rule[] = [
  {
    name: 'scheme',
    broken: ({ url }, kind) =>
      url.protocol === `${schemeOf(kind)}:`
        ? undefined
        : [
            `${url.protocol}// is refused for ${kind}`,
            `serve it as ${schemeOf(kind)}://, with a certificate of a public authority`,
          ],
    kept: (_, kind) => `${schemeOf(kind)}, the only one for ${kind}`,
  },
  {
    name: 'host',
    broken: ({ url }) => {
      const remedy = 'use a domain; in development DevTools can be told not to check (不校验合法域名)'
      if (isAddressLiteral(url)) {
        const lan = 'a LAN address works from base library 2.4.0 in development only, that of the own machine never'
        return [`${hostOf(url)} is an IP address; ${lan}`, remedy]
      }
      return isLocalName(url) ? [`${hostOf(url)} is a local name, which no phone finds`, remedy] : undefined
    },
    kept: ({ url }) => `${hostOf(url)} is a domain`,
  },
  {
    name: 'not WeChat',
    broken: ({ url }) =>
      isWeixinApi(url)
        ? [
            'api.weixin.qq.com cannot be configured: the AppSecret must not be in a mini-program',
            'let the server call it and pass on what the mini-program needs',
          ]
        : undefined,
    kept: () => 'not api.weixin.qq.com, which only servers may call',
  },
  {
    name: 'port',
    broken: ({ port }) =>
      port === '443'
        ? ['a domain that is configured without a port must be requested without one, not even :443', 'leave :443 out']
        : undefined,
    kept: (address, kind) =>
      address.port === undefined
        ? `none: configure ${originOf(address, kind)} and request it so, not even with :443`
        : `exact: configure ${originOf(address, kind)}; without this port or with another one every request fails`,
  },
  {
    name: 'own name',
    broken: () => undefined,
    kept: ({ url }) => `list ${hostOf(url)} itself: a parent domain does not cover its sub-domains`,
  },
]

/** What the rules say, without asking anybody. */
export function examineName(text: string, kind: DomainKind): readonly Finding[] {
  const address = readAddress(text, schemeOf(kind))
  if (!address) {
    const remedy = `write it like ${schemeOf(kind)}://shop.example.com`
    return [{ name: 'address', status: 'fail', what: `${text} is no host and no URL`, remedy }]
  }
  return rules.map(({ name, broken, kept }) => {
    const problem = broken(address, kind)
    if (!problem) return { name, status: 'ok', what: kept(address, kind) }
    const [what, remedy] = problem
    return { name, status: 'fail', what, remedy }
  })
}

/** May a mini-program call this? As `pnpm shouyin doctor --domain`. */
export async function* examineDomain(text: string, kind: DomainKind): AsyncGenerator<Finding> {
  yield* examineName(text, kind)
  const address = readAddress(text, schemeOf(kind))
  if (!address) return
  if (!isAddressLiteral(address.url)) yield await examineDns(hostOf(address.url))
  const what = 'cannot be seen from here: the domain needs ICP filing (备案) before it can be configured'
  yield { name: 'ICP', status: 'skipped', what }
}

async function examineDns(host: string): Promise<Finding> {
  const name = 'DNS'
  const resolved = await resolveHost(host)
  if (resolved.kind === 'unknown') {
    const remedy = 'make a DNS record for it that the whole internet sees'
    return { name, status: 'fail', what: `${host} does not resolve (${resolved.code})`, remedy }
  }
  const what = `${host} resolves to ${resolved.addresses.join(', ')}`
  if (resolved.kind === 'public') return { name, status: 'ok', what }
  return {
    name,
    status: 'warn',
    what: `${what}, which phones do not reach`,
    remedy: 'the public record needs a public address',
  }
}
