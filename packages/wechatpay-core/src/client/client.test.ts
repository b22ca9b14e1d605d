import { describe, expect, it } from 'vitest'
import { verifySha256Rsa } from '../crypto/rsa.ts'
import { createWechatPay } from '../index.ts'
import { endpoints } from '../products/payments/index.ts'
import { parseAuthorization, requestMessage } from '../protocol/authorization.ts'
import { openClient } from '../testing/client-world.ts'
import {
  makeParties,
  orderBody,
  paidTransaction,
  type Reply,
  type SeenRequest,
  signed,
  startPlatform,
} from '../testing/index.ts'

const parties = makeParties()
const query = { path: { out_trade_no: '1217752501201407033233388881' }, query: { mchid: '1900000001' } }
const notPay = JSON.stringify({ ...paidTransaction, trade_state: 'NOTPAY' })

const world = (answer: (request: SeenRequest, count: number) => Reply | Promise<Reply>, deadlineMs = 5_000) =>
  openClient(parties, answer, { deadlineMs })

describe('a call', () => {
  it('is signed over the URL and the bytes that are sent, and asks for the public key', async () => {
    await using w = await world(() => ({ body: '{"prepay_id":"wx1"}' }))
    expect(await w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).toEqual({ prepay_id: 'wx1' })
    const [seen] = w.platform.seen
    const authorization = parseAuthorization(seen?.headers.authorization ?? '')
    const { timestamp = '', nonce = '', signature = '' } = authorization ?? {}
    const message = requestMessage({ method: 'POST', url: seen?.url ?? '', timestamp, nonce, body: seen?.body ?? '' })
    expect(verifySha256Rsa(parties.merchantPublicKey, message, signature)).toBe(true)
    expect(authorization).toMatchObject({
      mchid: '1900000001',
      serialNo: parties.options.merchantSerialNo.toUpperCase(),
    })
    expect(seen?.headers).toMatchObject({
      'wechatpay-serial': parties.publicKeyId,
      accept: 'application/json',
      'content-type': 'application/json',
    })
    expect(JSON.parse(seen?.body ?? '')).toEqual(orderBody)
  })

  it('signs the URL as it is sent, also with | in the number', async () => {
    await using w = await world(() => ({ body: notPay }))
    await w.wechatPay.call(endpoints.queryByOutTradeNo, {
      path: { out_trade_no: 'a|b*c-d_1' },
      query: { mchid: '19 00' },
    })
    const [seen] = w.platform.seen
    const { timestamp = '', nonce = '', signature = '' } = parseAuthorization(seen?.headers.authorization ?? '') ?? {}
    expect(seen?.url).toBe('/v3/pay/transactions/out-trade-no/a%7Cb*c-d_1?mchid=19%2000')
    const message = requestMessage({ method: 'GET', url: seen?.url ?? '', timestamp, nonce, body: '' })
    expect(verifySha256Rsa(parties.merchantPublicKey, message, signature)).toBe(true)
  })

  it('P5: a signed 204 is a success without an answer', async () => {
    await using w = await world(() => ({ status: 204 }))
    await expect(w.wechatPay.call(endpoints.close, { path: query.path, body: query.query })).resolves.toBeUndefined()
  })

  it('keeps members that it does not know and survives states of tomorrow', async () => {
    await using w = await world(() => ({
      body: JSON.stringify({ ...paidTransaction, trade_state: 'FROZEN', fresh: { a: 1 } }),
    }))
    expect(await w.wechatPay.call(endpoints.queryByOutTradeNo, query)).toMatchObject({
      trade_state: 'FROZEN',
      fresh: { a: 1 },
    })
  })

  it('a part of the URL that names another operation is refused before anything is sent', async () => {
    await using w = await world(() => ({ body: notPay }))
    for (const out_trade_no of ['', '../../refund', 'a/close', '..', undefined as unknown as string]) {
      await expect(
        w.wechatPay.call(endpoints.queryByOutTradeNo, { ...query, path: { out_trade_no } }),
      ).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID', message: expect.stringContaining('out_trade_no') })
    }
    expect(w.platform.seen).toHaveLength(0)
  })
})

describe('an answer that proves nothing has an unknown outcome', () => {
  it.each<[string, Reply | (() => Promise<Reply>), string]>([
    ['P3: an unsigned 200', { body: '{"prepay_id":"wx1"}', headers: null }, 'HEADERS_MISSING'],
    [
      'P4: a 200 signed by somebody else',
      async () => ({ body: '{}', headers: await signed({ ...parties, platformKey: makeParties().platformKey }, '{}') }),
      'SIGNATURE_MISMATCH',
    ],
    [
      'a 200 signed an hour ago',
      async () => ({ body: '{}', headers: await signed(parties, '{}', { at: new Date(Date.now() - 3_600_000) }) }),
      'TIMESTAMP_OUTSIDE_TOLERANCE',
    ],
    [
      'P6: a 200 with an unknown serial',
      async () => ({ body: '{}', headers: await signed(parties, '{}', { serial: 'F'.repeat(40) }) }),
      'SERIAL_UNKNOWN',
    ],
    ['a probe', { body: '{}', headers: { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' } }, 'PROBE'],
    ['an unsigned 204', { status: 204, headers: null }, 'HEADERS_MISSING'],
  ])('%s, and a POST is never sent again', async (_, reply, reason) => {
    await using w = await world(() => (typeof reply === 'function' ? reply() : reply))
    await expect(w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_SIGNATURE_INVALID',
      outcome: 'unknown',
      reason,
      requestId: 'REQ-1-0',
    })
    expect(w.platform.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it.each([
    ['{"prepay_id":5}', 'prepay_id'],
    ['{}', 'prepay_id'],
    ['nonsense', 'JSON'],
    ['', 'JSON'],
  ])('a signed answer %j is malformed', async (body, named) => {
    await using w = await world(() => ({ body }))
    await expect(w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_RESPONSE_MALFORMED',
      outcome: 'unknown',
      message: expect.stringContaining(named),
    })
  })

  it.each<[number, string, string]>([
    [400, '{"code":"PARAM_ERROR","message":"x"}', 'rejected'],
    [403, '{"code":"OUT_TRADE_NO_USED"}', 'rejected'],
    [429, '{"code":"RATELIMIT_EXCEEDED"}', 'rejected'],
    [400, '{"code":"OUT_TRADE_NO_USED"}', 'unknown'],
    [403, '{"code":"NEW_CODE"}', 'unknown'],
    [404, '', 'unknown'],
    [405, '', 'unknown'],
    [302, '', 'unknown'],
    [500, '{"code":"SYSTEM_ERROR"}', 'unknown'],
    [503, '<html>', 'unknown'],
  ])('%i %s has the outcome %s', async (status, body, outcome) => {
    await using w = await world(() => ({ status, body }))
    await expect(w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_API',
      status,
      outcome,
      requestId: 'REQ-1-0',
    })
    expect(w.platform.seen).toHaveLength(1)
  })

  it('a connection that breaks after the request is unknown; a refused one is rejected', async () => {
    await using w = await world(() => ({ reset: true }))
    await expect(w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      outcome: 'unknown',
    })
    expect(w.platform.seen).toHaveLength(1)
    const nobody = createWechatPay({ ...parties.options, baseUrl: 'http://127.0.0.1:9' })
    await expect(nobody.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      outcome: 'rejected',
    })
  })

  it('the deadline covers the whole call', async () => {
    await using w = await world(() => ({ silent: true }), 150)
    await expect(w.wechatPay.call(endpoints.queryByOutTradeNo, query)).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      outcome: 'unknown',
    })
  })

  it('an answer of more than a megabyte is given up', async () => {
    await using w = await world(() => ({ body: `{"prepay_id":"${'x'.repeat(1_100_000)}"}` }))
    await expect(w.wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      outcome: 'unknown',
    })
  })
})

describe('retries', () => {
  it.each<[string, Reply]>([
    ['a probe', { body: notPay, headers: { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' } }],
    ['a 500', { status: 500, body: '{"code":"SYSTEM_ERROR"}' }],
    ['a reset', { reset: true }],
  ])('a GET is sent again after %s', async (_, first) => {
    await using w = await world((_request, count) => (count === 1 ? first : { body: notPay }))
    expect(await w.wechatPay.call(endpoints.queryByOutTradeNo, query)).toMatchObject({ trade_state: 'NOTPAY' })
    expect(w.platform.seen).toHaveLength(2)
    expect(w.calls).toMatchObject([{ endpoint: 'payments.queryByOutTradeNo', tries: 2, status: 200, error: undefined }])
  })

  it('a GET is not sent again after a rejection', async () => {
    await using w = await world(() => ({ status: 404, body: '{"code":"ORDER_NOT_EXIST"}' }))
    await expect(w.wechatPay.call(endpoints.queryByOutTradeNo, query)).rejects.toMatchObject({
      apiCode: 'ORDER_NOT_EXIST',
    })
    expect(w.platform.seen).toHaveLength(1)
    expect(w.calls).toMatchObject([{ apiCode: 'ORDER_NOT_EXIST', outcome: 'rejected', requestId: 'REQ-1-0' }])
  })

  it('the backup host gets a write only when the first host got no byte', async () => {
    await using backup = await startPlatform(parties, () => ({ body: '{"prepay_id":"wx9"}' }))
    const refused = createWechatPay({ ...parties.options, baseUrl: 'http://127.0.0.1:9', backupBaseUrl: backup.url })
    expect(await refused.call(endpoints.createJsapi, { body: orderBody })).toEqual({ prepay_id: 'wx9' })
    refused.close()
    await using first = await startPlatform(parties, () => ({ reset: true }))
    const broken = createWechatPay({ ...parties.options, baseUrl: first.url, backupBaseUrl: backup.url })
    await expect(broken.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject({ outcome: 'unknown' })
    expect(backup.seen).toHaveLength(1)
    broken.close()
  })

  it('a remote signer signs requests and paySign', async () => {
    const { privateKey: _, ...bare } = parties.options
    const signedTexts: string[] = []
    const signer = { sign: async (text: string) => `sig${signedTexts.push(text)}` }
    await using platform = await startPlatform(parties, () => ({ body: notPay }))
    const wechatPay = createWechatPay({ ...bare, signer, baseUrl: platform.url })
    await wechatPay.call(endpoints.queryByOutTradeNo, query)
    expect(await wechatPay.paySign({ appid: 'wx1', prepayId: 'p' })).toMatchObject({ paySign: 'sig2', signType: 'RSA' })
    expect(signedTexts[0]).toMatch(/^GET\n/)
    wechatPay.close()
  })
})
