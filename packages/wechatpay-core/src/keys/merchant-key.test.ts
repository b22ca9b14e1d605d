import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { WechatPayError } from '../errors.ts'
import { vector } from '../testing/index.ts'
import { localSigner, parseMerchantSerial, parsePrivateKey, parsePublicKey } from './merchant-key.ts'

const pem = vector('A1').privateKeyPem ?? ''
const certificate = vector('C3').certificatePem ?? ''
const publicPem = vector('A4').publicKeyPem ?? ''

describe('merchant private key (apiclient_key.pem)', () => {
  it('is taken as text, as bytes and as a KeyObject', () => {
    for (const input of [pem, Buffer.from(pem), createPrivateKey(pem)])
      expect(parsePrivateKey(input).type).toBe('private')
  })

  it.each([
    ['an empty text', '', 'is empty'],
    ['a certificate', certificate, 'apiclient_key.pem'],
    ['a public key', publicPem, 'not pub_key.pem'],
    ['a .p12 file', Buffer.from([0x30, 0x82, 0x0a, 0x00]), 'openssl pkcs12'],
    ['a .p12 file in base64', `MIIK${'A'.repeat(100)}`, 'openssl pkcs12'],
    [
      'an encrypted key',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----',
      'decrypt it: openssl pkey',
    ],
    [
      'a broken key',
      '-----BEGIN PRIVATE KEY-----\nSECRETSECRET\n-----END PRIVATE KEY-----',
      'check it with: openssl pkey',
    ],
  ])('%s is refused with the command that mends it', (_, input, remedy) => {
    expect(() => parsePrivateKey(input)).toThrow(remedy)
    expect(() => parsePrivateKey(input)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID', outcome: 'rejected' }),
    )
  })

  it('refuses a key that is too short or of another kind', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    expect(() => parsePrivateKey(short)).toThrow('1024 bits')
    expect(() => parsePrivateKey(curve)).toThrow('needs an RSA key')
    expect(() => parsePrivateKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)).toThrow(
      'is a public key',
    )
  })

  it('shows no key material, neither in errors nor when printed', () => {
    const broken = pem.replace('MIIE', 'MIIX')
    expect(() => parsePrivateKey(broken)).toThrow(expect.not.stringContaining('NTbpJAIrbqiBiQG'))
    expect(inspect(localSigner(pem), { depth: 9, showHidden: true })).not.toContain('NTbpJAIrbqiBiQG')
  })
})

describe('serial of the merchant certificate (商户API证书序列号)', () => {
  it('is taken as 40 hex digits or out of the certificate, upper-cased', () => {
    expect(parseMerchantSerial('5f1c72e2a8931b72a2e13af8dee92471eb397115')).toBe(vector('C3').serial)
    expect(parseMerchantSerial(certificate)).toBe(vector('C3').serial)
  })

  it.each(['', '5F1C', 'PUB_KEY_ID_0119000000012026112100000000000000', `${'0'.repeat(39)}G`])(
    'refuses %j and names the command',
    (serial) => {
      expect(() => parseMerchantSerial(serial)).toThrow('openssl x509 -in apiclient_cert.pem -noout -serial')
    },
  )
})

describe('WeChat Pay public key (pub_key.pem)', () => {
  it('is an RSA public key', () => {
    expect(parsePublicKey(publicPem, 'publicKey').asymmetricKeyType).toBe('rsa')
  })

  it.each([
    [pem, 'is a private key'],
    [certificate, 'is a certificate'],
    ['nonsense', 'openssl pkey -pubin'],
    [
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'not an RSA public key',
    ],
  ])('refuses anything else and names the setting', (input, remedy) => {
    expect(() => parsePublicKey(input, 'platformKeys.publicKey.pem')).toThrow(remedy)
    expect(() => parsePublicKey(input, 'platformKeys.publicKey.pem')).toThrow('platformKeys.publicKey.pem')
    expect(() => parsePublicKey(input, 'x')).toThrow(WechatPayError)
  })
})
