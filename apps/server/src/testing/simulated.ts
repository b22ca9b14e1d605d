import { startSimulator } from '@shouyin/simulator'

/** What a test wants of the local WeChat Pay: its control calls, typed as far as tests look. */
export interface Simulated {
  readonly url: string
  readonly merchant: Merchant
  /** 支付分服务. */
  readonly serviceId: string
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  transaction(outTradeNo: string): Promise<Transaction>
  requests(outTradeNo: string): Promise<readonly JournalRequest[]>
  /** The shopper pays, in the simulated app. */
  pay(outTradeNo: string): Promise<void>
  advance(seconds: number): Promise<void>
  faults(...faults: readonly object[]): Promise<readonly { readonly id: string; readonly fired: number }[]>
  close(): Promise<void>
}

export interface Merchant {
  readonly mchid: string
  readonly appid: string
  readonly appSecret: string
  readonly merchantSerialNo: string
  readonly merchantPrivateKeyPem: string
  readonly apiV3Key: string
  readonly apiV2Key: string
  readonly platformCertificates: readonly { readonly certificatePem: string }[]
  readonly wechatpayPublicKeyId: string
  readonly wechatpayPublicKeyPem: string
}

export interface Transaction {
  readonly tradeState: string
  readonly prepayIds: readonly string[]
  readonly transactionId: string | null
  readonly amountFen: number
  readonly description: string
  readonly attach: string | null
}

export interface JournalRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly requestBody: string
}

export async function startSimulated(): Promise<Simulated> {
  const { url, close } = await startSimulator()
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/_sim${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const { services } = await call<{ services: readonly { serviceId: string }[] }>('GET', '/payscore/services')
  return {
    url,
    serviceId: services[0]?.serviceId ?? '',
    merchant: await call<Merchant>('GET', '/merchant'),
    call,
    transaction: (outTradeNo) => call('GET', `/transactions/${outTradeNo}`),
    requests: async (outTradeNo) =>
      (await call<{ requests: JournalRequest[] }>('GET', `/requests?outTradeNo=${outTradeNo}`)).requests,
    pay: (outTradeNo) => call('POST', `/transactions/${outTradeNo}/pay`, {}),
    advance: (seconds) => call('POST', '/clock/advance', { seconds }),
    faults: async (...faults) =>
      (await call<{ faults: { id: string; fired: number }[] }>('PUT', '/faults', { faults })).faults,
    close,
  }
}
