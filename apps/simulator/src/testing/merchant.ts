import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { paySignMessage } from '@shouyin/wechatpay-core/protocol'
import { type RawAnswer, rawRequest } from './raw-request.ts'

/** What `/_sim/merchant` answers. */
export interface MerchantInfo {
  readonly mchid: string
  readonly merchantName: string
  readonly mode: string
  readonly appid: string
  readonly appSecret: string
  readonly merchantSerialNo: string
  readonly merchantPrivateKeyPem: string
  readonly merchantCertificatePem: string
  readonly apiV3Key: string
  readonly apiV2Key: string
  readonly platformCertificates: readonly { readonly serialNo: string; readonly certificatePem: string }[]
  readonly wechatpayPublicKeyId: string | null
  readonly wechatpayPublicKeyPem: string | null
}

/** Deviations from a well-made signed request. */
export interface Deviation {
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly timestamp?: number
  readonly mchid?: string
  readonly serialNo?: string
  /** What is signed in place of the URL that is sent. */
  readonly signedUrl?: string
  readonly signedBody?: string
  readonly signature?: string
}

interface Fault {
  readonly id: string
  readonly fired: number
}

/** A merchant that signs by hand, so that the tests share no code with the client in core. */
export class TestMerchant {
  readonly port: number
  readonly info: MerchantInfo

  constructor(port: number, info: MerchantInfo) {
    this.port = port
    this.info = info
  }

  /** A merchant in a world of his own, or in that of `joins`. */
  static async open(
    port: number,
    input: { readonly mode?: string; readonly joins?: string } = {},
  ): Promise<TestMerchant> {
    const answer = await controlCall(port, 'POST', '/merchants', input)
    return new TestMerchant(port, answer.json)
  }

  /** A control call on the merchant's world. */
  control(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return controlCall(this.port, method, `${path}${path.includes('?') ? '&' : '?'}mchid=${this.info.mchid}`, body)
  }

  /** A signed APIv3 call. A body that is not text or bytes is sent as JSON. */
  call(method: string, url: string, body?: unknown, deviation: Deviation = {}): Promise<RawAnswer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const sent = isRaw ? body : body === undefined ? '' : JSON.stringify(body)
    return rawRequest(this.port, { method, url, headers: this.headersOf(method, url, sent, deviation), body: sent })
  }

  /** Of a signed call, for whoever sends it himself. */
  headersOf(method: string, url: string, sent: string | Uint8Array = '', deviation: Deviation = {}) {
    const headers = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'User-Agent': 'test',
      Authorization: this.#authorize(method, url, sent, deviation),
      ...deviation.headers,
    }
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return Object.fromEntries(given)
  }

  /** Every member that an order must have; the number is new each time. */
  orderBody(changes: Readonly<Record<string, unknown>> = {}) {
    return {
      appid: this.info.appid,
      mchid: this.info.mchid,
      description: '羽毛球馆 一小时',
      out_trade_no: randomBytes(12).toString('hex'),
      // Nobody listens there, and nothing leaves this machine.
      notify_url: 'http://127.0.0.1:9/notify',
      amount: { total: 100, currency: 'CNY' },
      payer: { openid: 'oTestShopper' },
      ...changes,
    }
  }

  order(changes: Readonly<Record<string, unknown>> = {}, deviation: Deviation = {}): Promise<RawAnswer> {
    return this.call('POST', '/v3/pay/transactions/jsapi', this.orderBody(changes), deviation)
  }

  query(outTradeNo: string): Promise<RawAnswer> {
    return this.call('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${this.info.mchid}`)
  }

  close(outTradeNo: string): Promise<RawAnswer> {
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: this.info.mchid })
  }

  /** An order that was made and paid; its number. @param payment what `/_sim/transactions/{outTradeNo}/pay` takes */
  async paidOrder(totalFen = 100, payment: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const body = this.orderBody({ amount: { total: totalFen, currency: 'CNY' } })
    await this.order(body)
    await this.control('POST', `/transactions/${body.out_trade_no}/pay`, payment)
    return body.out_trade_no
  }

  /** Every member that a refund must have; the number is new each time. */
  refundBody(outTradeNo: string, refundFen: number, totalFen: number, changes: Readonly<Record<string, unknown>> = {}) {
    return {
      out_trade_no: outTradeNo,
      out_refund_no: randomBytes(12).toString('hex'),
      notify_url: 'http://127.0.0.1:9/notify',
      amount: { refund: refundFen, total: totalFen, currency: 'CNY' },
      ...changes,
    }
  }

  refund(body: object, deviation: Deviation = {}): Promise<RawAnswer> {
    return this.call('POST', '/v3/refund/domestic/refunds', body, deviation)
  }

  queryRefund(outRefundNo: string): Promise<RawAnswer> {
    return this.call('GET', `/v3/refund/domestic/refunds/${outRefundNo}`)
  }

  /** The faults of this world from now on. @returns them with their ids */
  async setFaults(...faults: readonly object[]): Promise<readonly Fault[]> {
    const answer = await this.control('PUT', '/faults', { faults })
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.json.faults
  }

  advance(seconds: number): Promise<RawAnswer> {
    return this.control('POST', '/clock/advance', { seconds })
  }

  /** What `wx.requestPayment` would be given. */
  payParameters(prepayId: string) {
    const { appid } = this.info
    const parameters = {
      timeStamp: String(Math.floor(Date.now() / 1000)),
      nonceStr: randomBytes(16).toString('hex'),
      package: `prepay_id=${prepayId}`,
    }
    return { appid, ...parameters, signType: 'RSA', paySign: this.sign(paySignMessage({ appid, ...parameters })) }
  }

  sign(message: string | Uint8Array): string {
    return sign(
      'sha256',
      Buffer.from(message as Uint8Array),
      createPrivateKey(this.info.merchantPrivateKeyPem),
    ).toString('base64')
  }

  #authorize(method: string, url: string, body: string | Uint8Array, deviation: Deviation): string {
    const timestamp = deviation.timestamp ?? Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('hex').toUpperCase()
    const head = `${method}\n${deviation.signedUrl ?? url}\n${timestamp}\n${nonce}\n`
    const message = Buffer.concat(
      [head, deviation.signedBody ?? body, '\n'].map((part) => Buffer.from(part as Uint8Array)),
    )
    const members = {
      mchid: deviation.mchid ?? this.info.mchid,
      nonce_str: nonce,
      signature: deviation.signature ?? this.sign(message),
      timestamp,
      serial_no: deviation.serialNo ?? this.info.merchantSerialNo,
    }
    const pairs = Object.entries(members).map(([name, value]) => `${name}="${value}"`)
    return `WECHATPAY2-SHA256-RSA2048 ${pairs.join(',')}`
  }
}

export function controlCall(port: number, method: string, path: string, body?: unknown): Promise<RawAnswer> {
  return rawRequest(port, {
    method,
    url: `/_sim${path}`,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body),
  })
}
