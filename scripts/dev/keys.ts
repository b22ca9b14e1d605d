import { join } from 'node:path'
import { keep } from './keep.ts'
import { Problem, reasonOf } from './problem.ts'

/** What we need of `GET /_sim/merchant`. */
type Merchant = {
  mchid: string
  appid: string
  appSecret: string
  merchantSerialNo: string
  merchantPrivateKeyPem: string
  apiV3Key: string
  apiV2Key: string
  wechatpayPublicKeyId: string | null
  wechatpayPublicKeyPem: string | null
}

/** Fetches the merchant's keys from the simulator, stores them in DATA_DIR/keys, and returns the server's settings. */
export async function provideKeys(simulatorUrl: string, dataDir: string): Promise<Record<string, string>> {
  const merchant = await ask<Merchant>(simulatorUrl, '/merchant')
  const { services } = await ask<{ services: readonly { serviceId: string }[] }>(simulatorUrl, '/payscore/services')
  const folder = join(dataDir, 'keys')
  const settings: Record<string, string> = {
    WECHATPAY_MCHID: merchant.mchid,
    WECHATPAY_MERCHANT_SERIAL_NO: merchant.merchantSerialNo,
    WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: keep(folder, 'merchant_private_key.pem', merchant.merchantPrivateKeyPem),
    WECHATPAY_API_V3_KEY_FILE: keep(folder, 'api_v3_key', merchant.apiV3Key),
    WEIXIN_APPID: merchant.appid,
    WEIXIN_APP_SECRET_FILE: keep(folder, 'app_secret', merchant.appSecret),
  }
  const { wechatpayPublicKeyId: id, wechatpayPublicKeyPem: pem } = merchant
  if (id && pem) {
    settings.WECHATPAY_PUBLIC_KEY_ID = id
    settings.WECHATPAY_PUBLIC_KEY_FILE = keep(folder, 'wechatpay_public_key.pem', pem)
  }
  if (services[0]) {
    settings.WECHATPAY_PAYSCORE_SERVICE_ID = services[0].serviceId
    settings.WECHATPAY_API_V2_KEY_FILE = keep(folder, 'api_v2_key', merchant.apiV2Key)
  }
  return settings
}

async function ask<T>(simulatorUrl: string, path: string): Promise<T> {
  try {
    const response = await fetch(`${simulatorUrl}/_sim${path}`)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return (await response.json()) as T
  } catch (error) {
    throw new Problem(`the simulator gives no merchant (${reasonOf(error)}): remove simulator.json from DATA_DIR`)
  }
}
