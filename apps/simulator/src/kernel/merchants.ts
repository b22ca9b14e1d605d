import { createPublicKey, type KeyObject, randomBytes, randomInt } from 'node:crypto'
import { makeCertificate, makeKeyPair, privateKeyOf, type StoredCertificate, type StoredKeyPair } from './keys.ts'

export const modes = ['both', 'certificate', 'public_key'] as const

/** With what WeChat Pay signs for this merchant: 平台证书, 微信支付公钥, or both during the switch-over. */
export type Mode = (typeof modes)[number]

export interface Merchant {
  readonly mchid: string
  readonly merchantName: string
  readonly mode: Mode
  /** 商户API证书 with its private key. */
  readonly certificate: StoredCertificate
  /** 微信支付公钥; null in certificate mode. */
  readonly publicKey: (StoredKeyPair & { readonly id: string }) | null
  /** APIv3密钥: 32 characters. Set anew by `/_sim/api-v3-key/rotate`. */
  apiV3Key: string
  readonly apiV2Key: string
}

/** Makes a merchant with keys of its own. */
export async function makeMerchant(authority: StoredKeyPair, mchid: string, mode: Mode): Promise<Merchant> {
  const [certificate, keyPair] = await Promise.all([
    makeCertificate(authority, mchid),
    mode === 'certificate' ? null : makeKeyPair(),
  ])
  return {
    mchid,
    merchantName: `收银体育馆${mchid === DEFAULT_MCHID ? '' : ` ${mchid}`}`,
    mode,
    certificate,
    publicKey: keyPair && { ...keyPair, id: makePublicKeyId(mchid) },
    apiV3Key: makeApiV3Key(),
    apiV2Key: randomBytes(16).toString('hex'),
  }
}

export const makeApiV3Key = (): string => randomBytes(16).toString('hex')

export const DEFAULT_MCHID = '1900000001'

// As issued: PUB_KEY_ID_, 0, 1, the mchid, then digits to 28.
const makePublicKeyId = (mchid: string) =>
  `PUB_KEY_ID_01${mchid}${Array.from({ length: 16 }, () => randomInt(10)).join('')}`

/** The key that verifies what the merchant signs. */
export function merchantPublicKey(merchant: Merchant): KeyObject {
  const known = publicKeys.get(merchant)
  if (known) return known
  const key = createPublicKey(privateKeyOf(merchant.certificate.privateKeyPem))
  publicKeys.set(merchant, key)
  return key
}
const publicKeys = new WeakMap<Merchant, KeyObject>()
