import type { KeyObject } from 'node:crypto'
import { randomNonce } from '../crypto/nonce.ts'
import { signSha256Rsa, verifySha256Rsa } from '../crypto/rsa.ts'
import { bareCause, type SignatureReason, WechatPayError } from '../errors.ts'
import { AUTH_SCHEME } from './authorization.ts'

/** WeChat's own tolerance, and ours in both directions. */
export const CLOCK_TOLERANCE_SECONDS = 300

/** 签名探测流量: WeChat now and then sends a wrong signature on purpose, to see whether anybody checks. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

export type Headers =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | { get(name: string): string | null }

export interface MessageToVerify {
  readonly timestamp: string
  readonly nonce: string
  readonly body: Uint8Array
}

/** 验签名串: three lines over the raw bytes; a 204 has an empty third line. */
export function answerMessage({ timestamp, nonce, body }: MessageToVerify): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
}

export type SignatureHeaders = {
  readonly 'Wechatpay-Timestamp': string
  readonly 'Wechatpay-Nonce': string
  readonly 'Wechatpay-Signature': string
  readonly 'Wechatpay-Serial': string
  readonly 'Wechatpay-Signature-Type': typeof AUTH_SCHEME
}

/** The headers with which WeChat Pay signs an answer or a notification. */
export async function signAnswer(input: {
  readonly key: KeyObject
  readonly serial: string
  readonly body: Uint8Array
  readonly at: Date
  readonly nonce?: string
}): Promise<SignatureHeaders> {
  const timestamp = String(Math.floor(input.at.getTime() / 1000))
  const nonce = input.nonce ?? randomNonce()
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': await signSha256Rsa(input.key, answerMessage({ timestamp, nonce, body: input.body })),
    'Wechatpay-Serial': input.serial,
    'Wechatpay-Signature-Type': AUTH_SCHEME,
  }
}

/** serial → key, or undefined when nobody knows that serial. */
export type FindKey = (serial: string) => Promise<KeyObject | undefined>

/**
 * Verifies an answer or a notification: all four headers, a known serial, the clock, then the signature over the raw
 * bytes. Fails closed.
 * @returns the serial whose key verified it
 * @throws WechatPayError ERR_SIGNATURE_INVALID with a `reason`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verifyMessage(headers: Headers, body: Uint8Array, findKey: FindKey, now: Date): Promise<string> {
  const read = (name: string) => headerValue(headers, name)
  const serial = read('Wechatpay-Serial')
  const timestamp = read('Wechatpay-Timestamp')
  const nonce = read('Wechatpay-Nonce')
  const signature = read('Wechatpay-Signature')
  if (!serial || !timestamp || !nonce || !signature) {
    const missing = Object.entries({ serial, timestamp, nonce, signature }).find(([, value]) => !value)?.[0]
    const hint = 'a proxy that drops Wechatpay-* headers, or not WeChat Pay at all'
    throw invalid('HEADERS_MISSING', `header Wechatpay-${capitalise(missing ?? '')} is missing: ${hint}`)
  }
  const type = read('Wechatpay-Signature-Type') ?? AUTH_SCHEME
  if (type !== AUTH_SCHEME) throw invalid('ALGORITHM_UNSUPPORTED', `signature type ${type} is not ${AUTH_SCHEME}`)
  if (signature.startsWith(PROBE_PREFIX)) throw invalid('PROBE', 'a signature probe (WECHATPAY/SIGNTEST), refused')
  const skewSeconds = Math.floor(now.getTime() / 1000) - Number(timestamp)
  // Negated, so that a clock that is no number refuses too.
  if (!/^\d{1,12}$/.test(timestamp) || !(Math.abs(skewSeconds) <= CLOCK_TOLERANCE_SECONDS)) {
    throw invalid('TIMESTAMP_OUTSIDE_TOLERANCE', `Wechatpay-Timestamp is ${skewSeconds} s away from this clock`)
  }
  const key = await findKey(serial).catch((error: unknown) => {
    const why = bareCause(error)
    throw invalid('SERIAL_UNKNOWN', `the certificate ${serial} could not be fetched: ${why.message}`, why)
  })
  if (!key) throw invalid('SERIAL_UNKNOWN', `no platform key or certificate has the serial ${serial}`)
  if (!verifySha256Rsa(key, answerMessage({ timestamp, nonce, body }), signature)) {
    throw invalid('SIGNATURE_MISMATCH', 'the signature does not fit these bytes; pass the body exactly as received')
  }
  return serial
}

const capitalise = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)

const invalid = (reason: SignatureReason, message: string, cause?: Error) =>
  new WechatPayError('ERR_SIGNATURE_INVALID', message, { outcome: 'unknown', reason, cause })

/** Reads a header from a Fetch `Headers` or from Node's object of lower-case names; a repeated header counts as none. */
export function headerValue(headers: Headers, name: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined
  const wanted = name.toLowerCase()
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() === wanted && typeof value === 'string') return value
  }
  return undefined
}
