import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeParties, signed, vector } from '../testing/index.ts'
import { headerValue, verifyMessage } from './message-signature.ts'

const parties = makeParties()
const keyOf = createPublicKey(parties.options.platformKeys.publicKey.pem)
const findKey = async (serial: string) => (serial === parties.publicKeyId ? keyOf : undefined)
const body = Buffer.from('{"prepay_id":"wx1"}')

async function reasonOf(headers: Record<string, string>, bytes: Uint8Array = body, now = new Date()) {
  try {
    await verifyMessage(headers, bytes, findKey, now)
    return 'valid'
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

describe('verification of answers and notifications (验签)', () => {
  it('accepts the published answer A4', async () => {
    const { publicKeyPem = '', timestamp = '', nonce = '', body: text = '', signature = '' } = vector('A4')
    const headers = {
      'Wechatpay-Serial': 'A4',
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': signature,
    }
    const now = new Date(Number(timestamp) * 1000)
    await expect(
      verifyMessage(headers, Buffer.from(text), async () => createPublicKey(publicKeyPem), now),
    ).resolves.toBe('A4')
  })

  it('accepts the published notification B3', async () => {
    const {
      certificatePem = '',
      serial = '',
      timestamp = '',
      nonce = '',
      body: text = '',
      signature = '',
    } = vector('B3')
    const headers = {
      'wechatpay-serial': serial,
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature,
    }
    const key = new X509Certificate(certificatePem).publicKey
    const now = new Date(Number(timestamp) * 1000)
    await expect(verifyMessage(headers, Buffer.from(text), async () => key, now)).resolves.toBe(serial)
  })

  it('accepts a signed 204, whose body is empty', async () => {
    expect(await reasonOf(await signed(parties, ''), Buffer.alloc(0))).toBe('valid')
  })

  it.each(['Timestamp', 'Nonce', 'Signature', 'Serial'] as const)(
    'refuses a message without Wechatpay-%s',
    async (name) => {
      const { [`Wechatpay-${name}`]: _, ...rest } = (await signed(parties, body)) as Record<string, string>
      expect(await reasonOf(rest)).toBe('HEADERS_MISSING')
    },
  )

  it('P10: refuses a message that is 301 s old or 301 s early, accepts 300 s', async () => {
    const at = new Date('2026-11-21T08:00:00Z')
    const headers = await signed(parties, body, { at })
    const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
    expect(await reasonOf(headers, body, later(300))).toBe('valid')
    expect(await reasonOf(headers, body, later(-300))).toBe('valid')
    expect(await reasonOf(headers, body, later(301))).toBe('TIMESTAMP_OUTSIDE_TOLERANCE')
    expect(await reasonOf(headers, body, later(-301))).toBe('TIMESTAMP_OUTSIDE_TOLERANCE')
  })

  it.each(['', 'NaN', '1e9', '-1', ' 1722850421', '9'.repeat(400)])('refuses the timestamp %j', async (timestamp) => {
    const headers = { ...(await signed(parties, body)), 'Wechatpay-Timestamp': timestamp }
    expect(await reasonOf(headers)).toMatch(/HEADERS_MISSING|TIMESTAMP_OUTSIDE_TOLERANCE/)
  })

  it('refuses everything when the own clock is no number', async () => {
    expect(await reasonOf(await signed(parties, body), body, new Date(Number.NaN))).toBe('TIMESTAMP_OUTSIDE_TOLERANCE')
  })

  it('refuses an unknown serial, another key, a changed byte and another algorithm', async () => {
    const good = await signed(parties, body)
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(await reasonOf({ ...good, 'Wechatpay-Serial': 'PUB_KEY_ID_other' })).toBe('SERIAL_UNKNOWN')
    expect(await reasonOf(await signed(parties, body, { key: privateKey }))).toBe('SIGNATURE_MISMATCH')
    expect(await reasonOf(good, Buffer.from('{"prepay_id":"wx2"}'))).toBe('SIGNATURE_MISMATCH')
    expect(await reasonOf({ ...good, 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' })).toBe(
      'ALGORITHM_UNSUPPORTED',
    )
  })

  it('verifies raw bytes: a byte order mark, CRLF and invalid UTF-8 count', async () => {
    const odd = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x0d, 0x0a, 0xff, 0x7d])
    const headers = await signed(parties, odd)
    expect(await reasonOf(headers, odd)).toBe('valid')
    expect(await reasonOf(headers, Buffer.from(odd.toString()))).toBe('SIGNATURE_MISMATCH')
  })

  it('names a signature probe, which fails like any forgery', async () => {
    const headers = { ...(await signed(parties, body)), 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/not/base64=' }
    expect(await reasonOf(headers)).toBe('PROBE')
  })

  it('reads Fetch headers and plain ones in any case; a repeated header counts as missing', () => {
    expect(headerValue(new Headers({ 'Request-ID': 'a' }), 'request-id')).toBe('a')
    expect(headerValue({ 'REQUEST-id': 'a' }, 'Request-ID')).toBe('a')
    expect(headerValue({ 'request-id': ['a', 'b'] }, 'Request-ID')).toBeUndefined()
  })
})
