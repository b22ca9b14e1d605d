/** Authentication type of the RSA suite; the SM2 suite is not supported. */
export const AUTH_SCHEME = 'WECHATPAY2-SHA256-RSA2048'

export interface RequestToSign {
  readonly method: string
  /** Path and query exactly as they are sent. */
  readonly url: string
  /** Unix seconds. */
  readonly timestamp: number | string
  readonly nonce: string
  /** Exactly the bytes that are sent, as text; empty when there is no body. */
  readonly body: string
}

/**
 * 签名串 of a request: five lines, each ended by `\n`, the last one too.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function requestMessage({ method, url, timestamp, nonce, body }: RequestToSign): string {
  return `${method.toUpperCase()}\n${url}\n${timestamp}\n${nonce}\n${body}\n`
}

export interface Authorization {
  readonly mchid: string
  /** 商户API证书序列号: 40 hex digits. */
  readonly serialNo: string
  readonly nonce: string
  readonly timestamp: string
  /** base64 */
  readonly signature: string
}

/** Value of the Authorization header. */
export function formatAuthorization({ mchid, serialNo, nonce, timestamp, signature }: Authorization): string {
  return `${AUTH_SCHEME} mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serialNo}"`
}

/** Undefined for anything but one scheme, one space and the five members, in any order. */
export function parseAuthorization(header: string): Authorization | undefined {
  const space = header.indexOf(' ')
  if (header.slice(0, space) !== AUTH_SCHEME) return undefined
  const members = new Map<string, string>()
  for (const pair of header.slice(space + 1).split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(pair)
    if (!match?.[1] || match[2] === undefined || members.has(match[1])) return undefined
    members.set(match[1], match[2])
  }
  const mchid = members.get('mchid')
  const nonce = members.get('nonce_str')
  const signature = members.get('signature')
  const timestamp = members.get('timestamp')
  const serialNo = members.get('serial_no')
  if (members.size !== 5 || !mchid || !nonce || !signature || !timestamp || !serialNo) return undefined
  return { mchid, nonce, signature, timestamp, serialNo }
}
