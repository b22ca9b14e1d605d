import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sealAesGcm } from '../crypto/aes-gcm.ts'
import { createWechatPay } from '../index.ts'
import { endpoints } from '../products/payments/index.ts'
import { makeParties, paidTransaction, type Reply, sealed, signed, startPlatform, vector } from '../testing/index.ts'

// Certificate mode: WeChat Pay signs with the certificate of vector C3, whose private key is published too.
const { certificatePem = '', serial = '', privateKeyPem = '' } = vector('C3')
const base = makeParties()
const parties = { ...base, platformKey: createPrivateKey(privateKeyPem), publicKeyId: serial }
const options = { ...base.options, platformKeys: {} }
const query = { path: { out_trade_no: '1217752501201407033233388881' }, query: { mchid: '1900000001' } }

const listing = (apiV3Key: string, serialNo = serial): Reply => ({
  body: JSON.stringify({
    data: [
      {
        serial_no: serialNo,
        effective_time: '2018-06-08T10:34:56+08:00',
        expire_time: '2030-06-08T10:34:56+08:00',
        encrypt_certificate: {
          algorithm: 'AEAD_AES_256_GCM',
          nonce: '61f9c719728a',
          associated_data: 'certificate',
          ciphertext: sealAesGcm({
            key: Buffer.from(apiV3Key),
            nonce: '61f9c719728a',
            associatedData: 'certificate',
            plaintext: certificatePem,
          }),
        },
      },
    ],
  }),
})

describe('certificate mode', () => {
  it('starts with no key at all: the first download is opened with the APIv3 key and verifies itself', async () => {
    const answer = (url: string): Reply =>
      url === '/v3/certificates' ? listing(options.apiV3Key) : { body: JSON.stringify(paidTransaction) }
    await using platform = await startPlatform(parties, ({ url }) => answer(url))
    const wechatPay = createWechatPay({ ...options, baseUrl: platform.url })
    expect(await wechatPay.call(endpoints.queryByOutTradeNo, query)).toMatchObject({ trade_state: 'SUCCESS' })
    expect(platform.seen.map(({ url }) => url.split('?')[0])).toEqual([
      '/v3/pay/transactions/out-trade-no/1217752501201407033233388881',
      '/v3/certificates',
    ])
    expect(platform.seen[0]?.headers).not.toHaveProperty('wechatpay-serial')
    const body = sealed(parties, paidTransaction)
    expect(await wechatPay.notifications.open({ headers: await signed(parties, body), body })).toMatchObject({
      kind: 'payments.transactionSuccess',
    })
    expect(platform.seen).toHaveLength(2)
    // It is genuine, but nothing new may be encrypted for a certificate that has expired.
    expect(await wechatPay.encryptionKey()).toBeUndefined()
    wechatPay.close()
  })

  it.each<[string, Reply]>([
    ['signed by nobody', { ...listing(options.apiV3Key), headers: null }],
    ['sealed with another key', listing('x'.repeat(32))],
    ['that lists another serial', listing(options.apiV3Key, 'B'.repeat(40))],
  ])('a download %s brings no key', async (_, reply) => {
    await using platform = await startPlatform(parties, () => reply)
    const wechatPay = createWechatPay({ ...options, baseUrl: platform.url })
    const body = sealed(parties, paidTransaction)
    await expect(wechatPay.notifications.open({ headers: await signed(parties, body), body })).rejects.toMatchObject({
      reason: 'SERIAL_UNKNOWN',
      outcome: 'unknown',
    })
    expect(await wechatPay.encryptionKey()).toBeUndefined()
    wechatPay.close()
  })

  it('P11: a merchant with only a public key verifies, and never asks for certificates', async () => {
    await using platform = await startPlatform(base, () => ({ body: JSON.stringify(paidTransaction) }))
    const wechatPay = createWechatPay({ ...base.options, baseUrl: platform.url })
    expect(await wechatPay.call(endpoints.queryByOutTradeNo, query)).toMatchObject({ trade_state: 'SUCCESS' })
    expect(platform.seen).toHaveLength(1)
    wechatPay.close()
  })
})
