import { createCipheriv, createDecipheriv, KeyObject } from 'node:crypto'

const TAG_BYTES = 16

export interface SealInput {
  /**
   * APIv3 key: 32 ASCII characters, used raw. 16 bytes select AES-128, which only published test vectors use.
   * As a KeyObject for more than one use: bytes are made into one each time, which takes longer than to open 1 KB.
   */
  readonly key: Uint8Array | KeyObject
  /** Used raw; WeChat sends 12 characters. */
  readonly nonce: string
  readonly associatedData: string
  readonly plaintext: string | Uint8Array
}

export type OpenInput = Omit<SealInput, 'plaintext'> & { readonly ciphertext: string }

const bytesOf = (key: SealInput['key']) => (key instanceof KeyObject ? key.symmetricKeySize : key.length)
const algorithm = (key: SealInput['key']) => (bytesOf(key) === 16 ? 'aes-128-gcm' : 'aes-256-gcm')

/** AEAD_AES_256_GCM. @returns base64 of ciphertext followed by the 16-byte tag */
export function sealAesGcm({ key, nonce, associatedData, plaintext }: SealInput): string {
  const cipher = createCipheriv(algorithm(key), key, Buffer.from(nonce), { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(associatedData))
  const body = cipher.update(Buffer.from(plaintext as Uint8Array))
  return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** @throws when the key, the nonce, the associated data or a single bit of ciphertext or tag is not right */
export function openAesGcm({ key, nonce, associatedData, ciphertext }: OpenInput): Buffer {
  const sealed = Buffer.from(ciphertext, 'base64')
  if (sealed.length < TAG_BYTES) throw new RangeError('ciphertext is shorter than its authentication tag')
  const body = sealed.subarray(0, sealed.length - TAG_BYTES)
  const decipher = createDecipheriv(algorithm(key), key, Buffer.from(nonce), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(associatedData))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  return Buffer.concat([decipher.update(body), decipher.final()])
}
