import type { Endpoint } from '../contract/endpoint.ts'
import { encryptOaep, OAEP_BYTES_MAX } from '../crypto/oaep.ts'
import { bareCause, configInvalid, WechatPayError } from '../errors.ts'
import type { PlatformKeys } from '../keys/platform-keys.ts'

export interface SealedBody {
  readonly body: object
  /** Of the key that encrypted; undefined when nothing was to be encrypted. */
  readonly serial: string | undefined
  /** The plain texts, to be kept out of errors. */
  readonly secrets: readonly string[]
}

/**
 * 敏感信息加密: a copy of the body with the declared members encrypted for WeChat Pay.
 * @throws WechatPayError, rejected: nothing was sent
 */
export async function encryptFields(
  endpoint: Endpoint,
  body: object,
  newest: PlatformKeys['newest'],
): Promise<SealedBody> {
  const given = Object.entries(body).filter(
    ([name, value]) => endpoint.encrypted?.includes(name) && value !== undefined && value !== null,
  )
  if (given.length === 0) return { body, serial: undefined, secrets: [] }
  const plain = given.map(([name, value]) => [name, plainText(endpoint, name, value)] as const)
  const { serial, key } = await findKey(endpoint, newest)
  const sealed = plain.map(([name, text]) => [name, encryptOaep(key, text)])
  return { body: { ...body, ...Object.fromEntries(sealed) }, serial, secrets: plain.map(([, text]) => text) }
}

function plainText(endpoint: Endpoint, name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw configInvalid(`${endpoint.id}: body.${name} must be text; it is encrypted on the way out`)
  }
  const bytes = Buffer.byteLength(value)
  if (bytes <= OAEP_BYTES_MAX) return value
  const hint = 'pass it in plain text: it is encrypted on the way out'
  throw configInvalid(`${endpoint.id}: body.${name} has ${bytes} bytes, more than ${OAEP_BYTES_MAX}; ${hint}`)
}

const NO_KEY =
  'no valid key of WeChat Pay is held; pass platformKeys.publicKey { id, pem } from 商户平台 → API安全, ' +
  'or certificates, or leave fetchCertificates on (asked once in 30 s)'

async function findKey(endpoint: Endpoint, newest: PlatformKeys['newest']) {
  const key = await newest().catch((error: unknown) => {
    throw keyNotFetched(endpoint, error)
  })
  if (key) return key
  throw configInvalid(`${endpoint.id}: cannot encrypt: ${NO_KEY}`)
}

/** Not the status and code of the download: they would read as the answer to a call that was never made. */
function keyNotFetched(endpoint: Endpoint, error: unknown): WechatPayError {
  const cause = bareCause(error)
  const message = `${endpoint.id}: cannot encrypt: ${cause.message}`
  if (!(error instanceof WechatPayError))
    return new WechatPayError('ERR_CONNECTION', message, { outcome: 'rejected', cause })
  if (error.status === 404) return configInvalid(`${endpoint.id}: cannot encrypt: ${NO_KEY}`, cause)
  return new WechatPayError(error.code, message, { outcome: 'rejected', reason: error.reason, cause })
}
