import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { vector } from '../testing/index.ts'
import { signSha256Rsa, verifySha256Rsa } from './rsa.ts'

describe('SHA256-RSA2048', () => {
  it.each(['A1', 'A2', 'C3', 'S1'])('signs vector %s as published', async (id) => {
    const { privateKeyPem, message, signature } = vector(id) as Record<string, string>
    expect(await signSha256Rsa(createPrivateKey(privateKeyPem ?? ''), message ?? '')).toBe(signature)
  })

  it.each(['S1', 'S2'])('verifies vector %s', (id) => {
    const { publicKeyPem, message, signature } = vector(id) as Record<string, string>
    expect(verifySha256Rsa(createPublicKey(publicKeyPem ?? ''), message ?? '', signature ?? '')).toBe(true)
  })

  it('refuses another message, another key and a cut signature', () => {
    const { publicKeyPem = '', message = '', signature = '' } = vector('S1')
    const key = createPublicKey(publicKeyPem)
    const other = createPublicKey(vector('A4').publicKeyPem ?? '')
    expect(verifySha256Rsa(key, `${message} `, signature)).toBe(false)
    expect(verifySha256Rsa(other, message, signature)).toBe(false)
    expect(verifySha256Rsa(key, message, signature.slice(0, -4))).toBe(false)
  })

  it.each(['', 'WECHATPAY/SIGNTEST/abc', 'not base64!', '===='])(
    'returns false for %j and never throws',
    (signature) => {
      expect(verifySha256Rsa(createPublicKey(vector('S1').publicKeyPem ?? ''), 'x', signature)).toBe(false)
    },
  )
})
