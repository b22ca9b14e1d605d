import { X509Certificate } from 'node:crypto'
import { openAesGcm } from '@shouyin/wechatpay-core/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import type { RawAnswer } from '../testing/raw-request.ts'
import { isSignedBy, type Receiver, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  receiver = await startReceiver()
  return () => receiver.close()
})
afterAll(() => simulator.close())

const open = (mode: string) => TestMerchant.open(simulator.port, { mode })
const refreshed = async (merchant: TestMerchant) => (await merchant.control('GET', '/merchant')).json
const signedWithCertificate = (merchant: TestMerchant, { headers, bytes }: RawAnswer, index = 0) => {
  const certificate = merchant.info.platformCertificates[index]
  return (
    headers['wechatpay-serial'] === certificate?.serialNo &&
    isSignedBy(certificate?.certificatePem ?? '', headers, bytes)
  )
}
const signedWithPublicKey = ({ info }: TestMerchant, { headers, bytes }: RawAnswer) =>
  headers['wechatpay-serial'] === info.wechatpayPublicKeyId &&
  isSignedBy(info.wechatpayPublicKeyPem ?? '', headers, bytes)

/** Any good answer, with or without `Wechatpay-Serial`. */
const ask = (merchant: TestMerchant, serial?: string | null) =>
  merchant.order({}, serial ? { headers: { 'Wechatpay-Serial': serial } } : {})
const serials = () => receiver.received.map(({ headers }) => headers['wechatpay-serial'])
const pay = async (merchant: TestMerchant, serial?: string | null) => {
  const body = merchant.orderBody({ notify_url: receiver.url })
  const headers = serial ? { 'Wechatpay-Serial': serial } : {}
  expect((await merchant.call('POST', '/v3/pay/transactions/jsapi', body, { headers })).status).toBe(200)
  await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
  await merchant.control('POST', '/clock/advance', { seconds: 1 })
}

describe('a merchant in mode', () => {
  test('both is answered with the key that the request names', async () => {
    const merchant = await open('both')
    const { wechatpayPublicKeyId, platformCertificates } = merchant.info
    expect(signedWithCertificate(merchant, await ask(merchant))).toBe(true)
    expect(signedWithCertificate(merchant, await ask(merchant, platformCertificates[0]?.serialNo))).toBe(true)
    expect(signedWithPublicKey(merchant, await ask(merchant, wechatpayPublicKeyId))).toBe(true)
  })

  test('certificate has no public key and is always answered with the certificate', async () => {
    const merchant = await open('certificate')
    expect(merchant.info).toMatchObject({ wechatpayPublicKeyId: null, wechatpayPublicKeyPem: null })
    expect(signedWithCertificate(merchant, await ask(merchant))).toBe(true)
  })

  test('public_key has no certificate and is always answered with the public key', async () => {
    const merchant = await open('public_key')
    expect(merchant.info.platformCertificates).toEqual([])
    expect(signedWithPublicKey(merchant, await ask(merchant))).toBe(true)
    const answer = await merchant.call('GET', '/v3/certificates')
    expect(answer).toMatchObject({ status: 404, json: { code: 'RESOURCE_NOT_EXISTS' } })
    expect(answer.json.message).toMatch(/^无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。/)
  })

  test.each([['both'], ['certificate'], ['public_key']])('%s refuses a serial that is not its own', async (mode) => {
    const merchant = await open(mode)
    const other = await open('both')
    const foreign = [
      'PUB_KEY_ID_0000',
      'F'.repeat(40),
      other.info.wechatpayPublicKeyId,
      other.info.platformCertificates[0]?.serialNo,
    ]
    for (const serial of foreign) {
      const answer = await ask(merchant, serial)
      expect(answer).toMatchObject({
        status: 400,
        json: { code: 'PARAM_ERROR', message: '平台证书序列号Wechatpay-Serial错误' },
      })
    }
  })

  test.each([
    ['certificate', true],
    ['public_key', false],
  ])('%s is notified with its only key', async (mode, byCertificate) => {
    const merchant = await open(mode)
    await pay(merchant)
    await merchant.control('POST', '/platform-keys/switch', { percentByPublicKey: byCertificate ? 100 : 0 })
    await pay(merchant)
    const only = byCertificate ? merchant.info.platformCertificates[0]?.serialNo : merchant.info.wechatpayPublicKeyId
    expect(serials()).toEqual([only, only])
  })
})

describe('GET /v3/certificates', () => {
  test('lists certificates that open with the APIv3 key, and is signed', async () => {
    const merchant = await open('both')
    const answer = await merchant.call('GET', '/v3/certificates?algorithm_type=RSA')
    expect(answer.status).toBe(200)
    expect(signedWithCertificate(merchant, answer)).toBe(true)
    const [listed] = answer.json.data
    const { nonce, ciphertext, associated_data: associatedData, algorithm } = listed.encrypt_certificate
    expect([algorithm, associatedData, nonce.length]).toEqual(['AEAD_AES_256_GCM', 'certificate', 12])
    const pem = openAesGcm({ key: Buffer.from(merchant.info.apiV3Key), nonce, associatedData, ciphertext }).toString()
    expect(pem).toBe(merchant.info.platformCertificates[0]?.certificatePem)
    expect(new X509Certificate(pem).serialNumber).toBe(listed.serial_no)
    expect(Date.parse(listed.expire_time) - Date.parse(listed.effective_time)).toBe(1825 * 86_400_000)
  })
})

describe('rotation', () => {
  test('signs with the new certificate at once and lists both', async () => {
    const merchant = await open('certificate')
    const [old] = merchant.info.platformCertificates
    const rotated = await merchant.control('POST', '/platform-keys/rotate')
    expect(rotated.json.previousSerialNo).toBe(old?.serialNo)
    const after = new TestMerchant(simulator.port, await refreshed(merchant))
    expect(after.info.platformCertificates.map(({ serialNo }) => serialNo)).toEqual([
      old?.serialNo,
      rotated.json.serialNo,
    ])
    expect((await merchant.call('GET', '/v3/certificates')).json.data).toHaveLength(2)
    expect(signedWithCertificate(after, await ask(after), 1)).toBe(true)
    expect((await ask(after, old?.serialNo)).status).toBe(200)
  })

  test('of the APIv3 key seals with the new one from then on', async () => {
    const merchant = await open('certificate')
    const { json } = await merchant.control('POST', '/api-v3-key/rotate')
    expect(json.previousApiV3Key).toBe(merchant.info.apiV3Key)
    expect((await refreshed(merchant)).apiV3Key).toBe(json.apiV3Key)
    const [listed] = (await merchant.call('GET', '/v3/certificates')).json.data
    const { ciphertext, nonce, associated_data: associatedData } = listed.encrypt_certificate
    const openWith = (key: string) => openAesGcm({ key: Buffer.from(key), nonce, associatedData, ciphertext })
    expect(openWith(json.apiV3Key).toString()).toContain('BEGIN CERTIFICATE')
    expect(() => openWith(json.previousApiV3Key)).toThrow()
  })

  test('a second one drops the oldest', async () => {
    const merchant = await open('certificate')
    await merchant.control('POST', '/platform-keys/rotate')
    const second = (await merchant.control('POST', '/platform-keys/rotate')).json
    const { platformCertificates } = await refreshed(merchant)
    expect(platformCertificates.map(({ serialNo }: { serialNo: string }) => serialNo)).toEqual([
      second.previousSerialNo,
      second.serialNo,
    ])
  })
})

describe('the switch-over of notifications', () => {
  test.each([[0], [100]])('at %i % is one key for all, whatever the orders name', async (percentByPublicKey) => {
    const merchant = await open('both')
    const { wechatpayPublicKeyId, platformCertificates } = merchant.info
    const answer = await merchant.control('POST', '/platform-keys/switch', { percentByPublicKey })
    expect(answer.json).toEqual({ percentByPublicKey })
    await pay(merchant, wechatpayPublicKeyId)
    await pay(merchant)
    const expected = percentByPublicKey === 100 ? wechatpayPublicKeyId : platformCertificates[0]?.serialNo
    expect(serials()).toEqual([expected, expected])
    const answered = await ask(merchant, wechatpayPublicKeyId)
    expect(signedWithPublicKey(merchant, answered)).toBe(true)
  })

  test('in between brings both kinds', async () => {
    const merchant = await open('both')
    await merchant.control('POST', '/platform-keys/switch', { percentByPublicKey: 50 })
    for (let i = 0; i < 40 && new Set(serials()).size < 2; i++) await pay(merchant)
    expect(new Set(serials()).size).toBe(2)
  })

  test('before it is set follows what the order named', async () => {
    const merchant = await open('both')
    await pay(merchant, merchant.info.wechatpayPublicKeyId)
    await pay(merchant)
    expect(serials()).toEqual([merchant.info.wechatpayPublicKeyId, merchant.info.platformCertificates[0]?.serialNo])
  })

  test.each([[-1], [101], ['50'], [null]])('refuses %j', async (percentByPublicKey) => {
    const merchant = await open('both')
    const answer = await merchant.control('POST', '/platform-keys/switch', { percentByPublicKey })
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { code: 'INVALID_INPUT', field: 'percentByPublicKey' } },
    })
  })
})
