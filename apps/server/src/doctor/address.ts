import { isIP } from 'node:net'

/** An address as a person gave it, and as it is read. */
export interface Address {
  readonly url: URL
  /** As written: `URL` drops a port that is the scheme's own. */
  readonly port: string | undefined
}

/** @param scheme for an address that is given without one, e.g. `https` */
export function readAddress(text: string, scheme = 'https'): Address | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`
  const url = URL.parse(full)
  if (!url || url.hostname === '') return undefined
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(full)?.[1] ?? ''
  return { url, port: /:(\d+)$/.exec(authority)?.[1] }
}

/** Without the brackets of IPv6 and the final dot of a full name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$|\.$/g, '')

export const isAddressLiteral = (url: URL): boolean => isIP(hostOf(url)) !== 0
/** Of this machine or its network, or without any dot. */
export const isLocalName = (url: URL): boolean =>
  /^([^.:]+|.+\.(localhost|local|localdomain|internal|lan|home\.arpa))$/.test(hostOf(url))
export const isWeixinApi = (url: URL): boolean => hostOf(url) === 'api.weixin.qq.com'
