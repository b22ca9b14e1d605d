import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foreign, openBackend, openForeign } from '../support/foreign.ts'

const { Formatter, Aes } = foreign

let simulator: RunningSimulator
let backend: Awaited<ReturnType<typeof openBackend>>

beforeAll(async () => {
  simulator = await startSimulator()
  backend = await openBackend()
})
beforeEach(() => {
  backend.deliveries.length = 0
})
afterAll(async () => {
  await backend.close()
  await simulator.close()
})

const open = (mode: 'certificate' | 'public_key' | 'both') => openForeign(simulator.url, mode)

const bodyOf = (info: { appid: string; mchid: string }, outTradeNo: string, openid: string) => ({
  appid: info.appid,
  mchid: info.mchid,
  description: '收银体育馆 羽毛球场一小时',
  out_trade_no: outTradeNo,
  notify_url: backend.url,
  attach: '自定义数据',
  amount: { total: 4800, currency: 'CNY' },
  payer: { openid },
})

describe.each(['certificate', 'public_key', 'both'] as const)('wechatpay-axios-plugin in mode %s', (mode) => {
  test('logs in, orders, pays, is notified, queries and closes', async () => {
    const { info, client, control, open: openResource, verifies, paySign } = await open(mode)
    const named = mode === 'both' ? { headers: { 'Wechatpay-Serial': info.wechatpayPublicKeyId } } : {}
    const outTradeNo = `FOREIGN${Formatter.nonce().slice(0, 20)}`

    const { code } = await control('POST', '/client/login', {})
    const session = new URLSearchParams({
      appid: info.appid,
      secret: info.appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const { openid } = await (await fetch(`${simulator.url}/sns/jscode2session?${session}`)).json()

    const ordered = await client.request('v3/pay/transactions/jsapi', 'post', bodyOf(info, outTradeNo, openid), named)
    expect(ordered.status).toBe(200)
    const { prepay_id: prepayId } = ordered.data
    const wanted = mode === 'certificate' ? info.platformCertificates[0].serialNo : info.wechatpayPublicKeyId
    expect(ordered.headers['wechatpay-serial']).toBe(wanted)

    const unpaid = await client.request(`v3/pay/transactions/out-trade-no/${outTradeNo}`, 'get', undefined, {
      params: { mchid: info.mchid },
    })
    expect(unpaid.data).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 4800 } })

    const cashier = { appid: info.appid, openid, ...paySign(prepayId), action: 'pay' }
    expect(await control('POST', '/client/request-payment', cashier)).toEqual({
      errMsg: 'requestPayment:ok',
      reason: null,
      sheet: null,
    })
    await control('POST', '/clock/advance', { seconds: 1 })
    const [delivery] = backend.deliveries
    if (!delivery) throw new Error('no notification came')
    expect(verifies(delivery)).toBe(true)
    expect(verifies({ ...delivery, body: delivery.body.replace('支付成功', '支付失败') })).toBe(false)
    const paid = openResource(delivery)
    expect(paid).toMatchObject({
      out_trade_no: outTradeNo,
      trade_state: 'SUCCESS',
      attach: '自定义数据',
      amount: { total: 4800, payer_total: 4800, currency: 'CNY' },
      payer: { openid },
    })

    const byTransactionId = await client.request(`v3/pay/transactions/id/${paid.transaction_id}`, 'get', undefined, {
      params: { mchid: info.mchid },
    })
    expect(byTransactionId.data).toEqual(paid)

    const second = `${outTradeNo}B`
    await client.request('v3/pay/transactions/jsapi', 'post', bodyOf(info, second, openid), named)
    const closed = await client.request(
      `v3/pay/transactions/out-trade-no/${second}/close`,
      'post',
      { mchid: info.mchid },
      named,
    )
    expect([closed.status, closed.data]).toEqual([204, ''])
    const after = await client.request(`v3/pay/transactions/out-trade-no/${second}`, 'get', undefined, {
      params: { mchid: info.mchid },
    })
    expect(after.data.trade_state).toBe('CLOSED')
  })

  test('refuses an answer that was tampered with, unsigned, probed or under another serial', async () => {
    const { info, client, control } = await open(mode)
    for (const [kind, code] of [
      ['tamper-response', 'EV3_RES_HEADER_SIGNATURE_DIGEST'],
      ['unsigned-response', 'EV3_RES_HEADERS_INCOMPLATE'],
      ['probe-response', 'EV3_RES_HEADER_SIGNATURE_DIGEST'],
      ['wrong-serial', 'EV3_RES_HEADER_PLATFORM_SERIAL'],
    ]) {
      await control('PUT', '/faults', { faults: [{ kind }] })
      const outTradeNo = `BAD${Formatter.nonce().slice(0, 20)}`
      const answer = client.request('v3/pay/transactions/jsapi', 'post', bodyOf(info, outTradeNo, 'o1'))
      await expect(answer).rejects.toMatchObject({ code })
    }
    await control('PUT', '/faults', { faults: [{ kind: 'odd-json' }] })
    const outTradeNo = `ODD${Formatter.nonce().slice(0, 20)}`
    const odd = await client.request('v3/pay/transactions/jsapi', 'post', bodyOf(info, outTradeNo, 'o1'))
    expect(odd.data.prepay_id).toMatch(/^wx/)
  })

  test('reads an error as WeChat words it', async () => {
    const { info, client } = await open(mode)
    const query = client.request('v3/pay/transactions/out-trade-no/NOSUCH', 'get', undefined, {
      params: { mchid: info.mchid },
    })
    await expect(query).rejects.toMatchObject({
      response: { status: 404, data: { code: 'ORDER_NOT_EXIST', message: '订单不存在' } },
    })
  })
})

test('a foreign client downloads the platform certificates and opens them with its own primitives', async () => {
  const { info, client } = await open('both')
  const { data } = await client.request('v3/certificates', 'get')
  const [{ serial_no: serialNo, encrypt_certificate: sealed }] = data.data
  const pem = Aes.AesGcm.decrypt(sealed.ciphertext, info.apiV3Key, sealed.nonce, sealed.associated_data)
  expect({ serialNo, certificatePem: pem }).toEqual(info.platformCertificates[0])
})
