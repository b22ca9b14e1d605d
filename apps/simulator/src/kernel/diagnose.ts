import { constants, createHash, type KeyObject, verify } from 'node:crypto'
import { paySignMessage, requestMessage } from '@shouyin/wechatpay-core/protocol'
import type { Mistake } from './mistakes/mistake.ts'
import { paySignMistakes } from './mistakes/pay-sign.ts'
import { requestMistakes } from './mistakes/request.ts'
import { readSignature } from './read-signature.ts'
import { type RecoveredDigest, recoverDigest } from './recover-digest.ts'

export interface Diagnosis {
  /** What had to be signed. */
  readonly expectedMessage: string
  /** Its SHA-256 in hex. */
  readonly expectedDigest: string
  /** The digest that was signed, in hex; null when none can be read with the merchant's key. */
  readonly recoveredDigest: string | null
  /** `other-key`: not made by the merchant's key. `other-message`: right key, other text. `right`: nothing is wrong. */
  readonly verdict: 'right' | 'other-key' | 'other-message' | 'not-a-signature'
  /** Name of the first usual mistake that explains it. */
  readonly mistake: string | null
  /** One sentence for the developer. */
  readonly remedy: string
}

type Finding = Pick<Diagnosis, 'verdict' | 'mistake' | 'remedy'>

/** Explains the signature of a request. Every member as it arrived; `signature` from the Authorization header. */
export function diagnoseSignature(input: {
  readonly method: string
  readonly url: string
  readonly host: string
  readonly timestamp: string
  readonly nonce: string
  readonly body: string
  readonly signature: string
  readonly merchantPublicKey: KeyObject
  readonly appid?: string
  readonly mchid?: string
}): Diagnosis {
  const { method, url, timestamp, nonce, body, signature, merchantPublicKey } = input
  const parts = { ...input, lines: [method.toUpperCase(), url, timestamp, nonce, body] }
  return diagnose(requestMessage(input), signature, merchantPublicKey, parts, requestMistakes)
}

/** Explains a paySign, from what wx.requestPayment was given and the appid of the mini-program that called it. */
export function diagnosePaySign(input: {
  readonly appid: string
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly paySign: string
  readonly merchantPublicKey: KeyObject
}): Diagnosis {
  const { appid, timeStamp, nonceStr, paySign, merchantPublicKey } = input
  const parts = { ...input, lines: [appid, timeStamp, nonceStr, input.package] }
  return diagnose(paySignMessage(input), paySign, merchantPublicKey, parts, paySignMistakes)
}

function diagnose<Parts>(
  expectedMessage: string,
  signature: string,
  key: KeyObject,
  parts: Parts,
  mistakes: readonly Mistake<Parts>[],
): Diagnosis {
  const expectedDigest = sha256(expectedMessage)
  const result = (finding: Finding, recoveredDigest: string | null = null): Diagnosis => {
    return { expectedMessage, expectedDigest, recoveredDigest, ...finding }
  }
  const read = readSignature(signature, (key.asymmetricKeyDetails?.modulusLength ?? 2048) / 8)
  if (read.kind !== 'bytes') return result({ verdict: read.kind, mistake: read.mistake, remedy: read.remedy })
  const recovered = recoverDigest(key, read.bytes)
  if (!recovered) return result(isPss(expectedMessage, read.bytes, key) ? PSS : OTHER_KEY)
  if (read.misspelling) return result({ verdict: 'not-a-signature', ...read.misspelling }, recovered.hex)
  return result(explain(recovered, expectedDigest, parts, mistakes), recovered.hex)
}

function explain<Parts>(
  { algorithm, hex }: RecoveredDigest,
  expectedDigest: string,
  parts: Parts,
  mistakes: readonly Mistake<Parts>[],
): Finding {
  if (algorithm === 'none') return NO_DIGEST_INFO
  if (algorithm !== 'SHA-256') {
    const mistake = `digest-${algorithm.toLowerCase().replace('-', '')}`
    return { verdict: 'other-message', mistake, remedy: `Hash with SHA-256, not with ${algorithm}: SHA256withRSA.` }
  }
  if (hex === expectedDigest) return RIGHT
  for (const { name, remedy, messages } of mistakes) {
    for (const message of messages(parts)) {
      if (sha256(message) === hex) return { verdict: 'other-message', mistake: name, remedy }
    }
  }
  return UNEXPLAINED
}

export const RIGHT: Finding = {
  verdict: 'right',
  mistake: null,
  remedy: 'The signature fits; something else was refused.',
}
const OTHER_KEY: Finding = {
  verdict: 'other-key',
  mistake: null,
  remedy:
    'Sign with the private key of the merchant certificate whose serial number the request names (GET /_sim/merchant).',
}
const PSS: Finding = {
  verdict: 'not-a-signature',
  mistake: 'pss-padding',
  remedy: 'Key and message are right, the padding is PSS: use RSASSA-PKCS1-v1_5.',
}
const NO_DIGEST_INFO: Finding = {
  verdict: 'not-a-signature',
  mistake: 'no-digest-info',
  remedy: 'The key is right, but the bytes were encrypted raw: use the signing function SHA256withRSA instead.',
}
const UNEXPLAINED: Finding = {
  verdict: 'other-message',
  mistake: null,
  remedy:
    'The key is right, the text is not: print what you sign and compare it with the expected message, byte by byte.',
}

const sha256 = (message: string | Buffer) => createHash('sha256').update(message).digest('hex')
const isPss = (message: string, signature: Buffer, key: KeyObject) =>
  verify('sha256', Buffer.from(message), { key, padding: constants.RSA_PKCS1_PSS_PADDING }, signature)
