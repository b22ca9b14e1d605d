import type { Endpoint, RequestOf, ResponseOf } from '../contract/endpoint.ts'
import { configInvalid, WechatPayError } from '../errors.ts'
import { createPlatformKeys, type PlatformCertificate, type PlatformKeys } from '../keys/platform-keys.ts'
import { type FindKey, type Headers, verifyMessage } from '../protocol/message-signature.ts'
import { makePaySign, type PaymentParameters } from '../protocol/pay-sign.ts'
import { decodeAnswer } from './answer.ts'
import { downloadCertificates } from './certificates.ts'
import { createDownload, type Download } from './download.ts'
import { createExchange } from './exchange.ts'
import { safely } from './hooks.ts'
import { createNotifications, type Notifications } from './notifications.ts'
import { readOptions, type Settings, type VerificationEvent, type WechatPayOptions } from './options.ts'
import type { CallInput } from './request.ts'

export interface WechatPay {
  readonly mchid: string
  /**
   * Calls a declared endpoint and verifies the answer.
   * @returns the answer, or undefined for 204
   * @throws WechatPayError; `outcome` says whether the call may have taken effect
   */
  call<E extends Endpoint>(endpoint: E, request: RequestOf<E>): Promise<ResponseOf<E>>
  readonly download: Download
  /** Parameters for `wx.requestPayment`. */
  paySign(input: { readonly appid: string; readonly prepayId: string }): Promise<PaymentParameters>
  readonly notifications: Notifications
  /** Key for sensitive fields (敏感信息加密): the public key, else the newest certificate, downloaded if need be. */
  encryptionKey(): ReturnType<PlatformKeys['newest']>
  /** No calls after this one; those under way go on, then the connections end. */
  close(): void
}

/**
 * A client for one merchant. Holds its keys in closures: printing it shows none.
 * @throws WechatPayError ERR_CONFIG_INVALID naming the setting and the remedy
 */
export function createWechatPay(options: WechatPayOptions): WechatPay {
  const settings = readOptions(options)
  const download = (): Promise<readonly PlatformCertificate[]> => downloadCertificates(exchange, settings, keys.held)
  const keys = createPlatformKeys(options.platformKeys, download, settings.now)
  const exchange = createExchange(settings, keys)
  const verify = verifier(settings, keys.find)
  return {
    mchid: settings.mchid,
    call: async (endpoint, request) => {
      if (endpoint.stream) throw configInvalid(`${endpoint.id} answers a file: use download instead of call`)
      return exchange(endpoint, request as CallInput, async (answer) => {
        await verify('answer', answer.headers, answer.body)
        return decodeAnswer(endpoint, answer)
      })
    },
    download: createDownload(settings, keys.publicKeyId),
    paySign: (input) => makePaySign(input, settings.signer, settings.now()),
    notifications: createNotifications(settings.apiV3Keys, (headers, body) => verify('notification', headers, body)),
    encryptionKey: keys.newest,
    close: () => settings.transport.close?.(),
  }
}

/** `verifyMessage`, reported to the hooks. */
function verifier({ hooks, now }: Settings, findKey: FindKey) {
  return async (source: VerificationEvent['source'], headers: Headers, body: Uint8Array): Promise<void> => {
    try {
      await verifyMessage(headers, body, findKey, now())
    } catch (error) {
      if (error instanceof WechatPayError && error.reason) {
        safely(hooks.onVerification, { source, result: error.reason })
      }
      throw error
    }
    safely(hooks.onVerification, { source, result: 'valid' as const })
  }
}
