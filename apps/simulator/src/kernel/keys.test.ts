import { createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isSignedBy } from '../testing/receiver.ts'
import { oid, time } from './der.ts'
import { ISSUER, makeCertificate, makeKeyPair, privateKeyOf } from './keys.ts'
import { makeMerchant, merchantPublicKey } from './merchants.ts'

describe('a certificate of the simulator', async () => {
  const authority = await makeKeyPair()
  const stored = await makeCertificate(authority, '1900000001')
  const certificate = new X509Certificate(stored.certificatePem)

  test('names Shouyin Simulator as its issuer and its owner as subject', () => {
    expect(certificate.issuer).toBe(`CN=${ISSUER}`)
    expect(ISSUER).toBe('Shouyin Simulator')
    expect(Buffer.from(certificate.serialNumber, 'hex').toString('latin1')).toMatch(/^SHOUYIN/)
    expect(certificate.subject).toBe('CN=1900000001')
    expect(certificate.ca).toBe(false)
  })

  test('has a serial of 40 upper-case hex digits', () => {
    expect(stored.serialNo).toMatch(/^[0-9A-F]{40}$/)
    expect(certificate.serialNumber).toBe(stored.serialNo)
  })

  test('is signed by the authority and belongs to its private key', () => {
    expect(certificate.verify(createPublicKey(authority.publicKeyPem))).toBe(true)
    expect(certificate.checkPrivateKey(privateKeyOf(stored.privateKeyPem))).toBe(true)
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  })

  test('is valid now and for five years', () => {
    const from = Date.parse(certificate.validFrom)
    const to = Date.parse(certificate.validTo)
    expect(from).toBeLessThan(Date.now())
    expect(from).toBe(Date.parse(stored.effectiveTime))
    expect(to).toBe(Date.parse(stored.expireTime))
    expect((to - from) / 86_400_000).toBe(1825)
  })

  test('can be parsed again from what it exports', () => {
    expect(new X509Certificate(certificate.toString()).serialNumber).toBe(stored.serialNo)
  })
})

describe('a merchant', async () => {
  const authority = await makeKeyPair()

  test('has keys by mode', async () => {
    const both = await makeMerchant(authority, '1900000009', 'both')
    expect(both.publicKey?.id).toMatch(/^PUB_KEY_ID_\d{28}$/)
    expect(both.apiV3Key).toMatch(/^[0-9a-f]{32}$/)
    expect((await makeMerchant(authority, '1900000010', 'certificate')).publicKey).toBeNull()
  })

  test('is verified with the key of its own certificate', async () => {
    const merchant = await makeMerchant(authority, '1900000011', 'certificate')
    const spki = merchantPublicKey(merchant).export({ type: 'spki', format: 'pem' })
    expect(
      new X509Certificate(merchant.certificate.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }),
    ).toBe(spki)
    expect(merchantPublicKey(merchant)).toBe(merchantPublicKey(merchant))
    expect(isSignedBy(spki.toString(), {}, Buffer.from('x'))).toBe(false)
  })
})

test('times after 2049 are written as generalized time', () => {
  expect(time(new Date('2049-12-31T23:59:59Z')).subarray(2).toString()).toBe('491231235959Z')
  expect(time(new Date('2050-01-01T00:00:00Z')).subarray(2).toString()).toBe('20500101000000Z')
})

test('object identifiers are written in base 128', () => {
  expect(oid('1.2.840.113549.1.1.11').toString('hex')).toBe('06092a864886f70d01010b')
})
