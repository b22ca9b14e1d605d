import type { DomainLists } from '../../core/environment.ts'
import { HostError } from '../../core/errors.ts'

/** 开发设置 → 服务器域名 has a list of its own for each of these. */
export type DomainList = keyof DomainLists

const SCHEMES: Record<DomainList, 'https' | 'wss'> = {
  request: 'https',
  uploadFile: 'https',
  downloadFile: 'https',
  socket: 'wss',
}

const NEVER_LISTED = 'api.weixin.qq.com'
const IPV4 = /^\d+(\.\d+){3}$/
const PRIVATE_IPV4 = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/

/** Refuses what 服务器域名 would not take, with a sentence that names list, entry and remedy. */
export function checkDomains(domains: DomainLists): void {
  for (const list of Object.keys(SCHEMES) as DomainList[]) {
    for (const entry of domains[list]) {
      const fault = faultOf(entry, SCHEMES[list])
      if (fault) throw new HostError(`domains.${list} has ${JSON.stringify(entry)}: ${fault}`)
    }
  }
}

function faultOf(entry: string, scheme: 'https' | 'wss'): string | undefined {
  const example = `write it as ${scheme}://shop.example.com`
  if (!entry.startsWith(`${scheme}://`)) return `this list takes ${scheme} only; ${example}.`
  if (entry.includes('*')) return `WeChat knows no wildcards and no parent domains; list every subdomain by itself.`
  if (!URL.canParse(entry)) return `that is no address; ${example}.`
  const { hostname, host } = new URL(entry)
  if (isAddress(hostname)) return `an IP address cannot be listed (one of the LAN needs no listing); use a domain.`
  if (isLocal(hostname)) return `localhost cannot be listed; use a domain, or leave domains out while developing.`
  if (hostname === NEVER_LISTED) return `WeChat allows it to no mini-program; call it from your server.`
  if (!hostname.includes('.')) return `that is no full domain; ${example}.`
  if (entry.endsWith(':443')) return `leave out :443; a domain with the usual port is listed without one.`
  if (entry.toLowerCase() !== `${scheme}://${host}`)
    return `only scheme, domain and port belong here: ${scheme}://${host}`
  return undefined
}

/**
 * Whether a call may go there. Compared as written: `https://a.example:443` is not `https://a.example`. An address of
 * the LAN needs neither listing nor TLS (…/framework/ability/mDNS.html), the phone's own is out of bounds. Stricter than
 * WeChat's page of today in one point: there every port of a listed wss domain is open.
 */
export function isListed(domains: DomainLists | undefined, list: DomainList, url: string): boolean {
  if (!domains) return true
  const { hostname } = new URL(url)
  if (IPV4.test(hostname)) return PRIVATE_IPV4.test(hostname)
  const [origin] = /^[a-z]+:\/\/[^/?#\\]*/i.exec(url) ?? []
  return domains[list].some((entry) => entry.toLowerCase() === origin?.toLowerCase())
}

const isAddress = (hostname: string): boolean => IPV4.test(hostname) || hostname.startsWith('[')
const isLocal = (hostname: string): boolean => /(^|\.)localhost$/.test(hostname)
