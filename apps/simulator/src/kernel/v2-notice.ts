import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { Delivery } from './delivery.ts'
import type { Merchant } from './merchants.ts'

/** Members of a V2 message: flat, and text. */
export type XmlMembers = Readonly<Record<string, string>>

/** `<xml>`, as the old API (V2) speaks it. */
export const toXml = (root: string, members: XmlMembers): string =>
  `<${root}>${Object.entries(members)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</${root}>`

/**
 * 退款结果通知 of V2: unsigned; `req_info` is AES-256-ECB under the MD5 of the V2 key, in lower-case hex.
 * @param plaintext the members as XML
 */
export function makeV2Notice(merchant: Merchant, appid: string, plaintext: string): Delivery {
  const key = createHash('md5').update(merchant.apiV2Key).digest('hex')
  const cipher = createCipheriv('aes-256-ecb', key, null)
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64')
  const body = toXml('xml', {
    return_code: 'SUCCESS',
    appid,
    mch_id: merchant.mchid,
    nonce_str: randomBytes(16).toString('hex'),
    req_info: sealed,
  })
  return { headers: { 'Content-Type': 'text/xml', Accept: '*/*', 'User-Agent': 'Mozilla/4.0' }, body }
}
