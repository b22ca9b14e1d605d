import { type KeyObject, sign as signWithCallback, verify } from 'node:crypto'

/**
 * RSASSA-PKCS1-v1_5 with SHA-256, the only algorithm of APIv3 here.
 * Asynchronous: a signature takes about a millisecond and would otherwise hold up the event loop.
 * @returns base64 without line breaks
 */
export function signSha256Rsa(privateKey: KeyObject, message: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    signWithCallback('sha256', Buffer.from(message as Uint8Array), privateKey, (error, signature) =>
      error ? reject(error) : resolve(signature.toString('base64')),
    )
  })
}

/** True only for a valid signature. Never throws: probe signatures are often not even base64. */
export function verifySha256Rsa(publicKey: KeyObject, message: string | Uint8Array, signatureBase64: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signatureBase64)) return false
  return verify('sha256', Buffer.from(message as Uint8Array), publicKey, Buffer.from(signatureBase64, 'base64'))
}
