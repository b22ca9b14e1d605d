import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { vector } from '../testing/index.ts'
import { decryptOaep, encryptOaep } from './oaep.ts'

describe('敏感信息加解密 (RSAES-OAEP, SHA-1)', () => {
  it.each(['C4', 'S3'])('decrypts vector %s', (id) => {
    const { privateKeyPem = '', ciphertext = '', plaintext } = vector(id)
    expect(decryptOaep(createPrivateKey(privateKeyPem), ciphertext)).toBe(plaintext)
  })

  it('decrypts what it encrypted, up to 214 bytes', () => {
    const privateKey = createPrivateKey(vector('A1').privateKeyPem ?? '')
    const publicKey = createPublicKey(privateKey)
    const longest = '张'.repeat(71)
    expect(decryptOaep(privateKey, encryptOaep(publicKey, longest))).toBe(longest)
    expect(() => encryptOaep(publicKey, 'x'.repeat(215))).toThrow()
  })

  it('throws for text that was encrypted for another key', () => {
    const { ciphertext = '' } = vector('C4')
    expect(() => decryptOaep(createPrivateKey(vector('A1').privateKeyPem ?? ''), ciphertext)).toThrow()
  })
})
