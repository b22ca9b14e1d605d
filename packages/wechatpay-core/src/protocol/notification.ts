import { type KeyObject, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { describeIssue } from '../contract/issue.ts'
import { formatShanghai, Rfc3339 } from '../contract/time.ts'
import { sealAesGcm } from '../crypto/aes-gcm.ts'
import { WechatPayError } from '../errors.ts'
import { openSealed } from './open-sealed.ts'

const ALGORITHM = 'AEAD_AES_256_GCM'

/** 通知报文. Loose: WeChat adds members. */
const Envelope = v.looseObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  create_time: Rfc3339,
  event_type: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  resource: v.looseObject({
    algorithm: v.literal(ALGORITHM),
    ciphertext: v.string(),
    nonce: v.string(),
    associated_data: v.optional(v.nullable(v.string())),
  }),
})

/** Makes the JSON body of a notification, encrypted with the merchant's APIv3 key. */
export function sealNotification(input: {
  readonly id: string
  readonly createTime: Date
  readonly eventType: string
  readonly originalType: string
  readonly summary: string
  readonly associatedData: string
  readonly plaintext: string
  readonly apiV3Key: Uint8Array
  readonly nonce?: string
}): string {
  const nonce = input.nonce ?? randomBytes(6).toString('hex')
  const sealed = { key: input.apiV3Key, nonce, associatedData: input.associatedData, plaintext: input.plaintext }
  return JSON.stringify({
    id: input.id,
    create_time: formatShanghai(input.createTime),
    resource_type: 'encrypt-resource',
    event_type: input.eventType,
    summary: input.summary,
    resource: {
      original_type: input.originalType,
      algorithm: ALGORITHM,
      ciphertext: sealAesGcm(sealed),
      associated_data: input.associatedData,
      nonce,
    },
  })
}

export interface OpenedEnvelope {
  /** 通知ID: the same for every re-send. */
  readonly id: string
  /** RFC 3339 with offset. */
  readonly createTime: string
  readonly eventType: string
  readonly plaintext: unknown
}

/**
 * Decrypts a body that `verifyMessage` has accepted. Not exported by the package: there is no way to decrypt without
 * verifying.
 * @throws WechatPayError ERR_RESPONSE_MALFORMED or ERR_DECRYPTION_FAILED
 */
export function openEnvelope(body: Uint8Array, apiV3Keys: readonly KeyObject[]): OpenedEnvelope {
  const envelope = v.safeParse(Envelope, parseJson(body, 'the notification'))
  if (!envelope.success) {
    throw malformed(`the notification is not one of APIv3: ${describeIssue(envelope.issues[0])}`)
  }
  const { id, create_time, event_type, resource } = envelope.output
  const { nonce, ciphertext } = resource
  const sealed = { nonce, associatedData: resource.associated_data ?? '', ciphertext }
  const plaintext = openSealed(apiV3Keys, sealed, 'the notification')
  return {
    id,
    createTime: create_time,
    eventType: event_type,
    plaintext: parseJson(plaintext, 'the decrypted resource'),
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** @throws WechatPayError ERR_RESPONSE_MALFORMED, without the parser's error, which quotes the text */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw malformed(`${what} is not JSON in UTF-8`)
  }
}

/** The same value without its null members: to WeChat Pay a null and an absent member are one. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]))
}

const malformed = (message: string) => new WechatPayError('ERR_RESPONSE_MALFORMED', message, { outcome: 'unknown' })
