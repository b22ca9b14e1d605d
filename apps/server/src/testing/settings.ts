import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `GET /_sim/merchant` shows, as far as settings need it. */
export interface SimulatedMerchant {
  readonly mchid: string
  readonly appid: string
  readonly appSecret: string
  readonly merchantSerialNo: string
  readonly merchantPrivateKeyPem: string
  readonly merchantCertificatePem: string
  readonly apiV3Key: string
  readonly wechatpayPublicKeyId: string | null
  readonly wechatpayPublicKeyPem: string | null
}

/** Settings as a person writes them, with their files in a folder of their own. */
export function openSettings() {
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-settings-'))
  let files = 0
  const keep = (text: string): string => {
    const path = join(folder, String(files++))
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  return {
    keep,
    of: (url: string, databaseUrl: string, merchant: SimulatedMerchant): Record<string, string> => ({
      DATABASE_URL: databaseUrl,
      PORT: '0',
      WECHATPAY_BASE_URL: url,
      WEIXIN_API_BASE_URL: url,
      WECHATPAY_MCHID: merchant.mchid,
      WECHATPAY_MERCHANT_SERIAL_NO: merchant.merchantSerialNo,
      WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: keep(merchant.merchantPrivateKeyPem),
      WECHATPAY_MERCHANT_CERTIFICATE_FILE: keep(merchant.merchantCertificatePem),
      WECHATPAY_API_V3_KEY_FILE: keep(merchant.apiV3Key),
      WEIXIN_APPID: merchant.appid,
      WEIXIN_APP_SECRET_FILE: keep(merchant.appSecret),
      ...(merchant.wechatpayPublicKeyId !== null && {
        WECHATPAY_PUBLIC_KEY_ID: merchant.wechatpayPublicKeyId,
        WECHATPAY_PUBLIC_KEY_FILE: keep(merchant.wechatpayPublicKeyPem ?? ''),
      }),
    }),
    close: () => rmSync(folder, { recursive: true }),
  }
}
