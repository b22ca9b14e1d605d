import { constants, type KeyObject, publicDecrypt } from 'node:crypto'

/** DigestInfo of RFC 8017 §9.2: this prefix, then the digest. */
const DIGEST_INFO = [
  { algorithm: 'SHA-256', prefix: '3031300d060960864801650304020105000420' },
  { algorithm: 'SHA-1', prefix: '3021300906052b0e03021a05000414' },
  { algorithm: 'SHA-384', prefix: '3041300d060960864801650304020205000430' },
  { algorithm: 'SHA-512', prefix: '3051300d060960864801650304020305000440' },
  { algorithm: 'MD5', prefix: '3020300c06082a864886f70d020505000410' },
] as const

export type DigestAlgorithm = (typeof DIGEST_INFO)[number]['algorithm'] | 'none'

export interface RecoveredDigest {
  /** `none`: what was signed is not wrapped in a DigestInfo. */
  readonly algorithm: DigestAlgorithm
  readonly hex: string
}

/** What was hashed and signed, read back out of a PKCS #1 v1.5 signature; undefined when another key made it. */
export function recoverDigest(publicKey: KeyObject, signature: Buffer): RecoveredDigest | undefined {
  let content: string
  try {
    content = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature).toString('hex')
  } catch {
    return undefined
  }
  const info = DIGEST_INFO.find(({ prefix }) => content.startsWith(prefix))
  return { algorithm: info?.algorithm ?? 'none', hex: content.slice(info?.prefix.length ?? 0) }
}
