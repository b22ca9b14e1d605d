import { X509Certificate } from 'node:crypto'
import { type ResponseOf, type WechatPay, WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/certificates'
import { openAesGcm } from '@shouyin/wechatpay-core/crypto'

/** 平台证书 of the merchant: opened, none there, there but not to be opened with this APIv3 key, or not to be had. */
export type Certificates =
  | { readonly kind: 'opened'; readonly certificates: readonly X509Certificate[] }
  | { readonly kind: 'none' | 'sealed' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Downloads and opens them. Never throws. */
export async function downloadCertificates(wechat: WechatPay, apiV3Key: Buffer): Promise<Certificates> {
  let list: ResponseOf<typeof endpoints.list>
  try {
    list = await wechat.call(endpoints.list, {})
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'RESOURCE_NOT_EXISTS') return { kind: 'none' }
    // Without another key, the client opens them itself to verify the very answer that brought them.
    return isSealed(error) ? { kind: 'sealed' } : { kind: 'failed', error }
  }
  try {
    const certificates = list.data.map(({ encrypt_certificate: { nonce, associated_data, ciphertext } }) => {
      const sealed = { key: apiV3Key, nonce, associatedData: associated_data, ciphertext }
      return new X509Certificate(openAesGcm(sealed))
    })
    return { kind: 'opened', certificates }
  } catch {
    return { kind: 'sealed' }
  }
}

const isSealed = ({ code, cause }: WechatPayError): boolean =>
  [code, cause instanceof Error && Reflect.get(cause, 'code')].includes('ERR_DECRYPTION_FAILED')
