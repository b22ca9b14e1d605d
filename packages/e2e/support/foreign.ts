import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

/** As much of wechatpay-axios-plugin, which nobody here wrote, as the tests use. */
interface ForeignModule {
  readonly Wechatpay: new (
    config: object,
  ) => {
    readonly client: { request(path: string, method: string, data?: object, config?: object): Promise<ForeignAnswer> }
  }
  readonly Formatter: {
    castCsvBill(file: Buffer): {
      readonly rows: readonly Readonly<Record<string, string>>[]
      readonly summary: Readonly<Record<string, string>>
    }
    response(timestamp: string, nonce: string, body: string): string
    nonce(): string
    timestamp(): number
  }
  readonly Rsa: {
    from(pem: string, type: 'public' | 'private'): object
    sign(message: string, key: object): string
    verify(message: string, signature: string, key: object): boolean
    encrypt(text: string, key: object): string
  }
  readonly Aes: {
    readonly AesGcm: { decrypt(ciphertext: string, key: string, nonce: string, aad: string): string }
    readonly AesEcb: { decrypt(ciphertext: string, key: string): string }
  }
  readonly Hash: { md5(text: string): string; sign(type: string, members: object, key: string): string }
  readonly Transformer: { toObject(xml: string): Readonly<Record<string, string>> }
}
export interface ForeignAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the foreign client makes of an answer.
  readonly data: any
  readonly headers: Readonly<Record<string, string>>
}
export const foreign: ForeignModule = createRequire(import.meta.url)('wechatpay-axios-plugin')
const { Formatter, Rsa, Aes } = foreign

export interface Delivery {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A backend that takes every notification and keeps it. */
export async function openBackend() {
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      deliveries.push({ headers: request.headers, body })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    deliveries,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A merchant of that mode with a foreign client that holds just the keys which such a merchant has. */
export async function openForeign(simulatorUrl: string, mode: 'certificate' | 'public_key' | 'both') {
  const call = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    return (await fetch(`${simulatorUrl}/_sim${path}`, init)).json()
  }
  const info = await call('POST', '/merchants', { mode })
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
    baseURL: simulatorUrl,
  })
  return {
    info,
    certs,
    client,
    /** A control call in the merchant's world. */
    control: (method: string, path: string, body?: object) => call(method, `${path}?mchid=${info.mchid}`, body),
    verifies({ headers, body }: Delivery): boolean {
      const key = certs[String(headers['wechatpay-serial'])]
      const message = Formatter.response(
        String(headers['wechatpay-timestamp']),
        String(headers['wechatpay-nonce']),
        body,
      )
      return key !== undefined && Rsa.verify(message, String(headers['wechatpay-signature']), key)
    },
    /** The plaintext of a notification. */
    open({ body }: Delivery) {
      const { ciphertext, nonce, associated_data: associatedData } = JSON.parse(body).resource
      return JSON.parse(Aes.AesGcm.decrypt(ciphertext, info.apiV3Key, nonce, associatedData))
    },
    paySign(prepayId: string) {
      const { appid } = info
      const parameters = {
        timeStamp: String(Formatter.timestamp()),
        nonceStr: Formatter.nonce(),
        package: `prepay_id=${prepayId}`,
      }
      const message = [appid, parameters.timeStamp, parameters.nonceStr, parameters.package, ''].join('\n')
      return { ...parameters, signType: 'RSA', paySign: Rsa.sign(message, privateKey) }
    },
  }
}
