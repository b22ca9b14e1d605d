import { createPrivateKey } from 'node:crypto'
import { inspect } from 'node:util'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { sealAesGcm } from '../crypto/aes-gcm.ts'
import { decryptOaep } from '../crypto/oaep.ts'
import type { WechatPayOptions } from '../index.ts'
import { endpoints, schema } from '../products/refunds/index.ts'
import { openClient } from '../testing/client-world.ts'
import { acceptedRefund, makeParties, type Reply, type SeenRequest, signed, vector } from '../testing/index.ts'

const CARD = '6225880137706868'
const NAME = '欧阳娜娜'
const parties = makeParties()
const path = { refund_id: acceptedRefund.refund_id }
const body = {
  type: 'USER_BANK_CARD',
  out_refund_no: acceptedRefund.out_refund_no,
  bank_type: 'ICBC_DEBIT',
  bank_account: CARD,
  real_name: NAME,
} as const
const accepted: Reply = { body: JSON.stringify(acceptedRefund) }

/** A client in public-key mode unless changed, whatever it tells its hooks, and what goes wrong. */
async function world(answer: (request: SeenRequest) => Reply | Promise<Reply>, change: Partial<WechatPayOptions> = {}) {
  const told: unknown[] = []
  const hooks = { onCall: (event: unknown) => told.push(event), onVerification: (event: unknown) => told.push(event) }
  const opened = await openClient(parties, answer, { hooks, ...change })
  return {
    ...opened,
    told,
    failure: (changed: object = {}) =>
      opened.wechatPay.call(endpoints.applyAbnormal, { path, body: { ...body, ...changed } }).then(
        () => expect.unreachable('it should have failed'),
        (error: unknown) => error,
      ),
  }
}

const everythingOf = (...values: unknown[]) => inspect(values, { depth: 12, showHidden: true, maxStringLength: null })

describe('sensitive fields (敏感信息加密)', () => {
  it('are encrypted with the public key, which the request names; the rest is sent as it is', async () => {
    await using w = await world(() => accepted)
    expect(await w.wechatPay.call(endpoints.applyAbnormal, { path, body })).toMatchObject({ status: 'PROCESSING' })
    const [seen] = w.platform.seen
    expect(seen?.headers['wechatpay-serial']).toBe(parties.publicKeyId)
    expect(seen?.body).not.toMatch(CARD)
    const sent = JSON.parse(seen?.body ?? '')
    expect(sent).toMatchObject({ type: body.type, out_refund_no: body.out_refund_no, bank_type: body.bank_type })
    expect(decryptOaep(parties.platformKey, sent.bank_account)).toBe(CARD)
    expect(decryptOaep(parties.platformKey, sent.real_name)).toBe(NAME)
    expect(v.safeParse(schema.AbnormalBody, sent).success).toBe(true)
  })

  it('leave the body of the caller as it was, and two calls have two ciphertexts', async () => {
    await using w = await world(() => accepted)
    const mine = { ...body }
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body: mine })
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body: mine })
    expect(mine).toEqual(body)
    const [first, second] = w.platform.seen.map((seen) => JSON.parse(seen.body).bank_account)
    expect(first).not.toBe(second)
  })

  it('that are not in the body are not missed', async () => {
    await using w = await world(() => accepted)
    const toMerchant = { type: 'MERCHANT_BANK_CARD', out_refund_no: body.out_refund_no } as const
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body: toMerchant })
    expect(JSON.parse(w.platform.seen[0]?.body ?? '')).toEqual(toMerchant)
  })

  it.each<[string, object, RegExp]>([
    ['214 bytes and one more', { bank_account: '1'.repeat(215) }, /body\.bank_account has 215 bytes/],
    ['characters of more bytes', { real_name: '张'.repeat(72) }, /body\.real_name has 216 bytes/],
    ['what is no text', { bank_account: 6225 }, /body\.bank_account must be text/],
    ['an empty text', { real_name: '' }, /body\.real_name must be text/],
  ])('of %s are refused by name before anything is sent', async (_, change, message) => {
    await using w = await world(() => accepted)
    const error = await w.failure(change)
    expect(error).toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      outcome: 'rejected',
      message: expect.stringMatching(message),
    })
    expect(w.platform.seen).toHaveLength(0)
  })

  it('214 bytes are taken', async () => {
    await using w = await world(() => accepted)
    const longest = `${'张'.repeat(71)}x`
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body: { ...body, real_name: longest } })
    const sent = JSON.parse(w.platform.seen[0]?.body ?? '')
    expect(decryptOaep(parties.platformKey, sent.real_name)).toBe(longest)
  })
})

describe('a plain text is in no error, no event and nothing printed', () => {
  const echo = JSON.stringify({
    code: 'PARAM_ERROR',
    message: `输入源“/body/real_name”映射到值字段“${NAME}”规则校验失败`,
    detail: {
      field: '/bank_account',
      value: Number(CARD),
      issue: `card ${CARD} is not a debit card`,
      location: 'body',
    },
  })

  it('not even when WeChat Pay repeats it; the field is still named', async () => {
    await using w = await world(() => ({ status: 400, body: echo }))
    const error = await w.failure()
    expect(error).toMatchObject({
      apiCode: 'PARAM_ERROR',
      outcome: 'rejected',
      message: expect.stringContaining('/body/real_name'),
      apiDetail: { field: '/bank_account', value: '***', issue: 'card *** is not a debit card', location: 'body' },
    })
    expect(everythingOf(error, w.told, w.wechatPay)).not.toMatch(new RegExp(`${CARD}|${NAME}`))
  })

  it.each<[string, Reply]>([
    ['an answer that is not signed', { ...accepted, headers: null }],
    ['an answer that is malformed', { body: JSON.stringify({ real_name: NAME, bank_account: CARD }) }],
    ['a connection that breaks', { reset: true }],
    ['a server error', { status: 500, body: '{"code":"SYSTEM_ERROR"}' }],
  ])('after %s', async (_, reply) => {
    await using w = await world(() => reply)
    const error = await w.failure()
    expect(error).toMatchObject({ name: 'WechatPayError', outcome: 'unknown' })
    expect(everythingOf(error, w.told, w.wechatPay)).not.toMatch(new RegExp(`${CARD}|${NAME}`))
  })

  it('errors of calls without such fields are left as they are', async () => {
    await using w = await world(() => ({ status: 400, body: echo }))
    const call = w.wechatPay.call(endpoints.query, { path: { out_refund_no: 'r1' } })
    await expect(call).rejects.toMatchObject({ apiDetail: { value: Number(CARD) } })
  })
})

// The certificate of vector C3, whose private key is published too, while it was valid.
const { certificatePem = '', serial = '', privateKeyPem = '' } = vector('C3')
const at = new Date('2024-06-01T08:00:00Z')
const certificateKey = createPrivateKey(privateKeyPem)
const inCertificateMode = {
  platformKeys: {},
  clock: { now: () => at },
} satisfies Partial<WechatPayOptions>

async function signedByCertificate(text: string): Promise<Reply> {
  return { body: text, headers: await signed(parties, text, { at, key: certificateKey, serial }) }
}

const sealedCertificate = JSON.stringify({
  data: [
    {
      serial_no: serial,
      encrypt_certificate: {
        algorithm: 'AEAD_AES_256_GCM',
        nonce: '61f9c719728a',
        associated_data: 'certificate',
        ciphertext: sealAesGcm({
          key: Buffer.from(parties.options.apiV3Key),
          nonce: '61f9c719728a',
          associatedData: 'certificate',
          plaintext: certificatePem,
        }),
      },
    },
  ],
})

const byUrl = ({ url }: SeenRequest) =>
  signedByCertificate(url === '/v3/certificates' ? sealedCertificate : JSON.stringify(acceptedRefund))

describe('certificate mode', () => {
  it('downloads a certificate when none is held, encrypts with it and names its serial', async () => {
    await using w = await world(byUrl, inCertificateMode)
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body })
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body })
    expect(w.platform.seen.map(({ url }) => url.split('/').at(-1))).toEqual([
      'certificates',
      'apply-abnormal-refund',
      'apply-abnormal-refund',
    ])
    const seen = w.platform.seen[1]
    expect(seen?.headers['wechatpay-serial']).toBe(serial)
    expect(decryptOaep(certificateKey, JSON.parse(seen?.body ?? '').bank_account)).toBe(CARD)
  })

  it('sends no serial where nothing is encrypted', async () => {
    await using w = await world(byUrl, inCertificateMode)
    await w.wechatPay.call(endpoints.query, { path: { out_refund_no: 'r1' } })
    const toMerchant = { type: 'MERCHANT_BANK_CARD', out_refund_no: 'r1' } as const
    await w.wechatPay.call(endpoints.applyAbnormal, { path, body: toMerchant })
    for (const { headers } of w.platform.seen) expect(headers).not.toHaveProperty('wechatpay-serial')
  })

  it.each<[string, Reply, object]>([
    [
      'has none for this merchant',
      { status: 404, body: '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}' },
      { code: 'ERR_CONFIG_INVALID', message: expect.stringContaining('platformKeys.publicKey') },
    ],
    ['is busy', { status: 429, body: '{"code":"FREQUENCY_LIMITED"}' }, { code: 'ERR_API' }],
    ['sends rubbish', { body: '{"data":[{}]}' }, { code: 'ERR_RESPONSE_MALFORMED' }],
    ['cannot be reached', { reset: true }, { code: 'ERR_CONNECTION' }],
  ])(
    'nothing is sent when WeChat Pay %s, and nothing of it reads as the answer to this call',
    async (_, reply, expected) => {
      await using w = await world(() => reply, inCertificateMode)
      const error = await w.failure()
      expect(error).toMatchObject({ ...expected, outcome: 'rejected', status: undefined, apiCode: undefined })
      expect(everythingOf(error, w.told)).not.toMatch(new RegExp(`${CARD}|${NAME}`))
      expect(w.platform.seen.filter(({ method }) => method === 'POST')).toHaveLength(0)
    },
  )

  it('a certificate that has expired encrypts nothing', async () => {
    const platformKeys = { certificates: [certificatePem], fetchCertificates: false }
    await using w = await world(() => accepted, { platformKeys })
    expect(await w.failure()).toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      outcome: 'rejected',
      message: expect.stringContaining('no valid key of WeChat Pay is held'),
    })
    expect(w.platform.seen).toHaveLength(0)
  })
})
