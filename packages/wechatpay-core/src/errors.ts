import type { Outcome } from './contract/endpoint.ts'

export type WechatPayErrorCode =
  /** A setting is missing or wrong; nothing was sent. */
  | 'ERR_CONFIG_INVALID'
  /** An answer or a notification that WeChat Pay did not sign, or not like this. See `reason`. */
  | 'ERR_SIGNATURE_INVALID'
  /** The signature is right but the content does not open with this APIv3 key. */
  | 'ERR_DECRYPTION_FAILED'
  | 'ERR_RESPONSE_MALFORMED'
  | 'ERR_CONNECTION'
  /** WeChat Pay answered with an error. See `status` and `apiCode`. */
  | 'ERR_API'

export type SignatureReason =
  | 'HEADERS_MISSING'
  | 'TIMESTAMP_OUTSIDE_TOLERANCE'
  | 'SERIAL_UNKNOWN'
  | 'SIGNATURE_MISMATCH'
  | 'ALGORITHM_UNSUPPORTED'
  /** 签名探测流量: wrong on purpose. Refuse it like any forgery, but do not be alarmed. */
  | 'PROBE'

interface Details {
  readonly outcome: Outcome
  readonly requestId?: string | undefined
  readonly reason?: SignatureReason | undefined
  readonly status?: number | undefined
  readonly apiCode?: string | undefined
  readonly apiDetail?: unknown
  readonly cause?: unknown
}

/**
 * The one error of this package. Branch on `code`, `status` and `apiCode`, never on the message: WeChat rewords it.
 * `outcome` says what the failure proves: `rejected`, the call did nothing; `unknown`, it may have: query, never guess.
 */
export class WechatPayError extends Error {
  override readonly name = 'WechatPayError'
  readonly code: WechatPayErrorCode
  readonly outcome: Outcome
  /** WeChat's Request-ID, for their support. */
  readonly requestId: string | undefined
  readonly reason: SignatureReason | undefined
  readonly status: number | undefined
  /** WeChat's `code`, e.g. ORDER_NOT_EXIST. */
  readonly apiCode: string | undefined
  readonly apiDetail: unknown

  constructor(code: WechatPayErrorCode, message: string, details: Details) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.outcome = details.outcome
    this.requestId = details.requestId
    this.reason = details.reason
    this.status = details.status
    this.apiCode = details.apiCode
    this.apiDetail = details.apiDetail
  }
}

/** The content does not open; nearly always another APIv3 key than the one that is set at WeChat Pay. */
export const decryptionFailed = (what: string): WechatPayError =>
  new WechatPayError('ERR_DECRYPTION_FAILED', `${what} does not open: is the APIv3 key (APIv3密钥) this merchant's?`, {
    outcome: 'unknown',
  })

/** A cause without what may hang on it: headers, bodies and keys of signers and transports never reach a log. */
export function bareCause(cause: unknown): Error {
  const bare = new Error(cause instanceof Error ? cause.message : String(cause))
  const { name, code } = Object(cause) as { readonly name?: unknown; readonly code?: unknown }
  if (typeof name === 'string') bare.name = name
  return typeof code === 'string' ? Object.assign(bare, { code }) : bare
}

export const configInvalid = (message: string, cause?: unknown): WechatPayError =>
  new WechatPayError('ERR_CONFIG_INVALID', message, { outcome: 'rejected', cause })
