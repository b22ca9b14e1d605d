import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

/** As much of wechatpay-axios-plugin, which nobody here wrote, as these tests use. */
interface ForeignModule {
  readonly Wechatpay: new (
    config: object,
  ) => {
    readonly client: { request(path: string, method: string, data?: object, config?: object): Promise<ForeignAnswer> }
  }
  readonly Formatter: {
    response(timestamp: string, nonce: string, body: string): string
    nonce(): string
    timestamp(): number
  }
  readonly Rsa: {
    from(pem: string, type: 'public' | 'private'): object
    sign(message: string, key: object): string
    verify(message: string, signature: string, key: object): boolean
  }
  readonly Aes: { readonly AesGcm: { decrypt(ciphertext: string, key: string, nonce: string, aad: string): string } }
}
interface ForeignAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the foreign client makes of an answer.
  readonly data: any
  readonly headers: Readonly<Record<string, string>>
}
const foreign: ForeignModule = createRequire(import.meta.url)('wechatpay-axios-plugin')
const { Formatter, Rsa, Aes } = foreign

interface Delivery {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let simulator: RunningSimulator
const deliveries: Delivery[] = []
const backend = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    deliveries.push({ headers: request.headers, body })
    response.writeHead(204).end()
  })
})

beforeAll(async () => {
  simulator = await startSimulator()
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  deliveries.length = 0
})
afterAll(async () => {
  backend.closeAllConnections()
  await new Promise((resolve) => backend.close(resolve))
  await simulator.close()
})

const control = async (method: string, path: string, body?: object) => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  return (await fetch(`${simulator.url}/_sim${path}`, init)).json()
}

/** A merchant of that mode with a foreign client that holds just the keys which such a merchant has. */
async function open(mode: 'certificate' | 'public_key' | 'both') {
  const info = await control('POST', '/merchants', { mode })
  const certs = Object.fromEntries<object>([
    ...info.platformCertificates.map((one: { serialNo: string; certificatePem: string }) => [
      one.serialNo,
      Rsa.from(one.certificatePem, 'public'),
    ]),
    ...(info.wechatpayPublicKeyId ? [[info.wechatpayPublicKeyId, Rsa.from(info.wechatpayPublicKeyPem, 'public')]] : []),
  ])
  const privateKey = Rsa.from(info.merchantPrivateKeyPem, 'private')
  const { client } = new foreign.Wechatpay({
    mchid: info.mchid,
    serial: info.merchantSerialNo,
    privateKey,
    certs,
    baseURL: simulator.url,
  })
  const verifies = ({ headers, body }: Delivery) => {
    const key = certs[String(headers['wechatpay-serial'])]
    const message = Formatter.response(String(headers['wechatpay-timestamp']), String(headers['wechatpay-nonce']), body)
    return key !== undefined && Rsa.verify(message, String(headers['wechatpay-signature']), key)
  }
  const paySign = (prepayId: string) => {
    const { appid } = info
    const parameters = {
      timeStamp: String(Formatter.timestamp()),
      nonceStr: Formatter.nonce(),
      package: `prepay_id=${prepayId}`,
    }
    const message = [appid, parameters.timeStamp, parameters.nonceStr, parameters.package, ''].join('\n')
    return { ...parameters, signType: 'RSA', paySign: Rsa.sign(message, privateKey) }
  }
  return { info, client, verifies, paySign }
}

const bodyOf = (info: { appid: string; mchid: string }, outTradeNo: string, openid: string) => ({
  appid: info.appid,
  mchid: info.mchid,
  description: '收银体育馆 羽毛球场一小时',
  out_trade_no: outTradeNo,
  notify_url: `http://127.0.0.1:${(backend.address() as AddressInfo).port}/notify`,
  attach: '自定义数据',
  amount: { total: 4800, currency: 'CNY' },
  payer: { openid },
})

describe.each(['certificate', 'public_key', 'both'] as const)('wechatpay-axios-plugin in mode %s', (mode) => {
  test('logs in, orders, pays, is notified, queries and closes', async () => {
    const { info, client, verifies, paySign } = await open(mode)
    const named = mode === 'both' ? { headers: { 'Wechatpay-Serial': info.wechatpayPublicKeyId } } : {}
    const outTradeNo = `FOREIGN${Formatter.nonce().slice(0, 20)}`

    const { code } = await control('POST', `/client/login?mchid=${info.mchid}`, {})
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
    expect(await control('POST', `/client/request-payment?mchid=${info.mchid}`, cashier)).toEqual({
      errMsg: 'requestPayment:ok',
      reason: null,
      sheet: null,
    })
    await control('POST', `/clock/advance?mchid=${info.mchid}`, { seconds: 1 })
    const [delivery] = deliveries
    if (!delivery) throw new Error('no notification came')
    expect(verifies(delivery)).toBe(true)
    expect(verifies({ ...delivery, body: delivery.body.replace('支付成功', '支付失败') })).toBe(false)
    const { resource } = JSON.parse(delivery.body)
    const paid = JSON.parse(
      Aes.AesGcm.decrypt(resource.ciphertext, info.apiV3Key, resource.nonce, resource.associated_data),
    )
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
    const { info, client } = await open(mode)
    for (const [kind, code] of [
      ['tamper-response', 'EV3_RES_HEADER_SIGNATURE_DIGEST'],
      ['unsigned-response', 'EV3_RES_HEADERS_INCOMPLATE'],
      ['probe-response', 'EV3_RES_HEADER_SIGNATURE_DIGEST'],
      ['wrong-serial', 'EV3_RES_HEADER_PLATFORM_SERIAL'],
    ]) {
      await control('PUT', `/faults?mchid=${info.mchid}`, { faults: [{ kind }] })
      const outTradeNo = `BAD${Formatter.nonce().slice(0, 20)}`
      const answer = client.request('v3/pay/transactions/jsapi', 'post', bodyOf(info, outTradeNo, 'o1'))
      await expect(answer).rejects.toMatchObject({ code })
    }
    await control('PUT', `/faults?mchid=${info.mchid}`, { faults: [{ kind: 'odd-json' }] })
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
