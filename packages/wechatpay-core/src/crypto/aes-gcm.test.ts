import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vector } from '../testing/index.ts'
import { openAesGcm, sealAesGcm } from './aes-gcm.ts'

const inputOf = (id: string) => {
  const { key = '', nonce = '', aad = '', ciphertext = '', plaintext = '' } = vector(id)
  return { key: Buffer.from(key), nonce, associatedData: aad, ciphertext, plaintext }
}

describe('AEAD_AES_256_GCM', () => {
  it.each(['C1', 'D1', 'D2'])('seals and opens vector %s', (id) => {
    const input = inputOf(id)
    expect(sealAesGcm(input)).toBe(input.ciphertext)
    expect(openAesGcm(input).toString()).toBe(input.plaintext)
    const held = { ...input, key: createSecretKey(input.key) }
    expect([sealAesGcm(held), openAesGcm(held).toString()]).toEqual([input.ciphertext, input.plaintext])
  })

  it('opens the published certificates C2 and S4', () => {
    expect(openAesGcm(inputOf('C2')).toString()).toContain('BEGIN CERTIFICATE')
    expect(openAesGcm(inputOf('S4')).toString().trim()).toBe(inputOf('S4').plaintext.trim())
  })

  it('opens the published notification B3, whose 16-byte key no merchant can have', () => {
    const { apiv3Key = '', body = '', plaintext = '' } = vector('B3')
    const { nonce, associated_data: associatedData, ciphertext } = JSON.parse(body).resource
    const opened = openAesGcm({ key: Buffer.from(apiv3Key), nonce, associatedData, ciphertext })
    expect(JSON.parse(opened.toString())).toEqual(JSON.parse(plaintext))
  })

  it('P1, P2: one changed bit anywhere, also in the tag, does not open', () => {
    const input = inputOf('C1')
    const bytes = Buffer.from(input.ciphertext, 'base64')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openAesGcm({ ...input, ciphertext: changed.toString('base64') })).toThrow()
    }
  })

  it('a tag that is left out or shortened does not open', () => {
    const input = inputOf('C1')
    const bytes = Buffer.from(input.ciphertext, 'base64')
    for (let length = 0; length < bytes.length; length++) {
      expect(() => openAesGcm({ ...input, ciphertext: bytes.subarray(0, length).toString('base64') })).toThrow()
    }
  })

  it('other associated data or another nonce does not open', () => {
    const input = inputOf('C1')
    expect(() => openAesGcm({ ...input, associatedData: '' })).toThrow()
    expect(() => openAesGcm({ ...input, nonce: 'uluk4a9R25RX' })).toThrow()
  })

  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plaintext, associatedData) => {
        const key = Buffer.alloc(32, 7)
        const ciphertext = sealAesGcm({ key, nonce: '123456789012', associatedData, plaintext })
        const opened = openAesGcm({ key, nonce: '123456789012', associatedData, ciphertext })
        expect(opened.equals(Buffer.from(plaintext))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
