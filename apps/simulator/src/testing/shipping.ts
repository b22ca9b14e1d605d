import type { TestMerchant } from './merchant.ts'
import { type RawAnswer, rawRequest } from './raw-request.ts'

type Changes = Readonly<Record<string, unknown>>

/** The mini-program of a merchant, as one who ships calls it: by hand, without the client in core. */
export class TestShipper {
  readonly #merchant: TestMerchant
  #token = ''

  constructor(merchant: TestMerchant) {
    this.#merchant = merchant
  }

  /** A paid order. @returns its out_trade_no */
  async pay(changes: Changes = {}): Promise<string> {
    const body = this.#merchant.orderBody(changes)
    await this.#merchant.order(body)
    await this.#merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
    return body.out_trade_no
  }

  /** 自提 of one parcel, but for the changes. */
  upload(outTradeNo: string, changes: Changes = {}): Promise<RawAnswer> {
    return this.post('/wxa/sec/order/upload_shipping_info', {
      order_key: { order_number_type: 1, mchid: this.#merchant.info.mchid, out_trade_no: outTradeNo },
      logistics_type: 4,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '全碳素羽毛球拍 ×1' }],
      upload_time: '2026-11-21T13:29:35.120+08:00',
      payer: { openid: 'oTestShopper' },
      ...changes,
    })
  }

  query(outTradeNo: string): Promise<RawAnswer> {
    const key = { merchant_id: this.#merchant.info.mchid, merchant_trade_no: outTradeNo }
    return this.post('/wxa/sec/order/get_order', key)
  }

  /** With a token that is good, unless another is given. */
  async post(path: string, body: unknown, token?: string): Promise<RawAnswer> {
    if (this.#token === '') await this.renewToken()
    const url = `${path}?access_token=${token ?? this.#token}`
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return rawRequest(this.#merchant.port, { method: 'POST', url, body: text })
  }

  async renewToken(): Promise<void> {
    const { appid, appSecret: secret } = this.#merchant.info
    const body = JSON.stringify({ grant_type: 'client_credential', appid, secret })
    const answer = await rawRequest(this.#merchant.port, { method: 'POST', url: '/cgi-bin/stable_token', body })
    this.#token = answer.json.access_token
  }
}
