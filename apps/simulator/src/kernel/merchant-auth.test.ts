import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { rawRequest } from '../testing/raw-request.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())

const CERTIFICATES = '/v3/certificates'
const QUERY = '/v3/pay/transactions/out-trade-no/NOSUCH'
const queryUrl = () => `${QUERY}?mchid=${merchant.info.mchid}`
const plain = { 'User-Agent': 'test', Accept: 'application/json' }
const signError = (message: string) => ({ status: 401, json: { code: 'SIGN_ERROR', message } })
const lastRequest = async (of = merchant) => (await of.control('GET', '/requests?limit=1')).json.requests[0]

describe('a request without a usable Authorization', () => {
  test.each([
    ['none', CERTIFICATES, undefined, 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'],
    ['none', QUERY, undefined, '签名信息错误，验签失败'],
    ['another scheme', CERTIFICATES, 'Bearer x', 'HTTP头Authorization认证类型不正确'],
    ['another scheme', QUERY, 'Bearer x', '签名信息错误，验签失败'],
    [
      'members missing',
      CERTIFICATES,
      'WECHATPAY2-SHA256-RSA2048 mchid="1"',
      'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    ],
  ])('(%s, %s) is a SIGN_ERROR in the words of that door', async (_case, url, authorization, message) => {
    const headers = authorization ? { ...plain, Authorization: authorization } : plain
    const answer = await rawRequest(simulator.port, { method: 'GET', url, headers })
    expect(answer).toMatchObject(signError(message))
    expect(Object.keys(answer.json)).toEqual(['code', 'message'])
  })

  test('has a Request-ID in its answer, except on transactions', async () => {
    const [certificates, transactions] = await Promise.all(
      [CERTIFICATES, QUERY].map((url) => rawRequest(simulator.port, { method: 'GET', url, headers: plain })),
    )
    expect(certificates?.headers['request-id']).toMatch(/^[0-9A-F]{40}-268443699$/)
    expect(transactions?.headers).not.toHaveProperty('request-id')
  })
})

describe('User-Agent and Accept', () => {
  test.each([['User-Agent'], ['Accept']])(
    'without %s it is an INVALID_REQUEST before the signature is looked at',
    async (name) => {
      const answer = await rawRequest(simulator.port, {
        method: 'GET',
        url: CERTIFICATES,
        headers: { ...plain, [name]: '' },
      })
      expect(answer).toMatchObject({
        status: 400,
        json: { code: 'INVALID_REQUEST', message: 'Http头缺少Accept或User-Agent' },
      })
    },
  )

  test('on transactions the signature comes first', async () => {
    const bare = await rawRequest(simulator.port, { method: 'GET', url: QUERY })
    expect(bare).toMatchObject(signError('签名信息错误，验签失败'))
    const signed = await merchant.call('GET', queryUrl(), undefined, { headers: { 'User-Agent': undefined } })
    expect(signed).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
  })

  test('`*/*` is accepted', async () => {
    const answer = await merchant.call('GET', CERTIFICATES, undefined, { headers: { Accept: '*/*' } })
    expect(answer.status).toBe(200)
  })
})

describe('the timestamp', () => {
  const STALE = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'
  const now = () => Math.floor(Date.now() / 1000)

  test.each([[-310], [310]])('is refused %i s away', async (skewSeconds) => {
    const answer = await merchant.call('GET', queryUrl(), undefined, { timestamp: now() + skewSeconds })
    expect(answer).toMatchObject(signError(STALE))
    expect((await lastRequest()).reason).toBe('TIMESTAMP_OUTSIDE_TOLERANCE')
  })

  test.each([[-290], [290]])('is accepted %i s away', async (skewSeconds) => {
    const answer = await merchant.call('GET', queryUrl(), undefined, { timestamp: now() + skewSeconds })
    expect(answer.status).toBe(404)
  })

  test('is checked before merchant, serial and signature', async () => {
    const deviation = { timestamp: now() - 3600, mchid: '1', serialNo: 'F', signature: 'AAAA' }
    expect(await merchant.call('GET', queryUrl(), undefined, deviation)).toMatchObject(signError(STALE))
  })

  test('is wall time, wherever the business clock is', async () => {
    const traveller = await TestMerchant.open(simulator.port)
    await traveller.control('POST', '/clock/advance', { seconds: 86_400 })
    expect((await traveller.query('NOSUCH')).status).toBe(404)
  })
})

describe('merchant, serial and signature', () => {
  test('an unknown merchant is a bare 签名错误, journaled in the default world', async () => {
    const answer = await merchant.call('GET', queryUrl(), undefined, { mchid: '1999999999' })
    expect(answer.json).toEqual({ code: 'SIGN_ERROR', message: '签名错误' })
    const inDefault = await rawRequest(simulator.port, { method: 'GET', url: '/_sim/requests?limit=1' })
    expect(inDefault.json.requests[0]).toMatchObject({
      mchid: '1999999999',
      verified: false,
      reason: 'MERCHANT_UNKNOWN',
    })
  })

  test('another certificate serial is named as such', async () => {
    const answer = await merchant.call('GET', queryUrl(), undefined, { serialNo: 'A'.repeat(40) })
    expect(answer).toMatchObject(signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号'))
  })

  test('a forged signature is answered with what was looked at, cut short', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signature = sign('sha256', Buffer.from('x'), privateKey).toString('base64')
    const body = merchant.orderBody()
    const answer = await merchant.call('POST', '/v3/pay/transactions/jsapi', body, { signature })
    expect(answer.status).toBe(401)
    const { truncated_sign_message: shown, sign_message_length: length, ...rest } = answer.json.detail.sign_information
    expect(answer.json).toMatchObject({
      code: 'SIGN_ERROR',
      message: '签名错误',
      detail: { detail: { issue: 'sign not match' }, field: 'signature', location: 'authorization' },
    })
    expect(rest).toEqual({ method: 'POST', url: '/v3/pay/transactions/jsapi' })
    expect(shown).toMatch(/^POST\n\/v3\/pay\/transactions\/jsapi\n\d{10}\n[0-9A-F]{4}\.\.\.\n\{"appid"\n$/)
    const otherLines = `POST\n/v3/pay/transactions/jsapi\n1700000000\n${'F'.repeat(32)}\n\n`
    expect(length).toBe(otherLines.length + Buffer.byteLength(JSON.stringify(body)))
  })

  test('is explained in the journal, with the digest recovered from it', async () => {
    const deviation = { signedUrl: QUERY }
    expect((await merchant.call('GET', queryUrl(), undefined, deviation)).status).toBe(401)
    const item = await lastRequest()
    expect(item).toMatchObject({ verified: false, reason: 'SIGNATURE_MISMATCH', status: 401, code: 'SIGN_ERROR' })
    expect(item.diagnosis).toMatchObject({ verdict: 'other-message' })
    expect(item.diagnosis.expectedMessage).toContain(`${queryUrl()}\n`)
    expect(item.diagnosis.recoveredDigest).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([['WECHATPAY/SIGNTEST/abc'], ['not base64!'], ['A'], ['签名']])(
    'the signature %s is refused, not crashed on',
    async (signature) => {
      const encoded = Buffer.from(signature).toString('latin1')
      expect((await merchant.call('GET', queryUrl(), undefined, { signature: encoded })).status).toBe(401)
    },
  )
})

describe('the signature covers what was sent, byte for byte', () => {
  test('`|` and `%7C` are two URLs and one order', async () => {
    const outTradeNo = `PIPE|${Date.now()}`
    await merchant.order({ out_trade_no: outTradeNo })
    const urlOf = (number: string) => `/v3/pay/transactions/out-trade-no/${number}?mchid=${merchant.info.mchid}`
    const encoded = outTradeNo.replace('|', '%7C')
    for (const number of [outTradeNo, encoded]) {
      const answer = await merchant.call('GET', urlOf(number))
      expect(answer).toMatchObject({ status: 200, json: { out_trade_no: outTradeNo } })
    }
    const crossed = await merchant.call('GET', urlOf(encoded), undefined, { signedUrl: urlOf(outTradeNo) })
    expect(crossed.status).toBe(401)
  })

  test('a body of another spelling is another body', async () => {
    const body = merchant.orderBody()
    const spaced = JSON.stringify(body, null, 2)
    const url = '/v3/pay/transactions/jsapi'
    expect((await merchant.call('POST', url, spaced, { signedBody: JSON.stringify(body) })).status).toBe(401)
    expect((await merchant.call('POST', url, spaced)).status).toBe(200)
  })

  test('bytes that are no UTF-8 can be signed and are refused as a parameter', async () => {
    const answer = await merchant.call('POST', '/v3/pay/transactions/jsapi', Buffer.from([0x7b, 0xff, 0x7d]))
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR' } })
  })
})

test('no refusal carries a signature', async () => {
  const answers = await Promise.all([
    rawRequest(simulator.port, { method: 'GET', url: CERTIFICATES, headers: plain }),
    merchant.query('NOSUCH'),
    merchant.order({ amount: { total: 0 } }),
  ])
  for (const { headers } of answers) {
    expect(Object.keys(headers).filter((name) => name.startsWith('wechatpay-'))).toEqual([])
  }
})
