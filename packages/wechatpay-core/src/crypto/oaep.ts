import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'

const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const

/** What a key of 2048 bits takes: 256 bytes without two hashes of 20 and two more bytes. */
export const OAEP_BYTES_MAX = 214

/**
 * 敏感信息加密: RSAES-OAEP with SHA-1 and MGF1-SHA-1, as WeChat's guide and its own libraries do.
 * The request then carries `Wechatpay-Serial` with the serial of this key.
 * @param text at most 214 bytes of UTF-8 for a 2048-bit key
 * @returns base64
 */
export function encryptOaep(publicKey: KeyObject, text: string): string {
  return publicEncrypt({ key: publicKey, ...padding }, Buffer.from(text)).toString('base64')
}

/** 敏感信息解密. @throws when the text was not encrypted for this key */
export function decryptOaep(privateKey: KeyObject, ciphertextBase64: string): string {
  return privateDecrypt({ key: privateKey, ...padding }, Buffer.from(ciphertextBase64, 'base64')).toString('utf8')
}
