import type { Check } from '../context.ts'
import { explain, isPassing } from '../explain.ts'

const name = 'APIv3 key'

/** Opens the platform certificates with it. Its length was checked with the settings. */
export const checkApiV3Key: Check = async ({ env, certificates }) => {
  const downloaded = await certificates()
  if (downloaded.kind === 'opened') {
    return { name, status: 'ok', what: `it opens ${downloaded.certificates.length} platform certificate(s)` }
  }
  if (downloaded.kind === 'failed') {
    return { name, status: isPassing(downloaded.error) ? 'warn' : 'fail', ...explain(downloaded.error) }
  }
  if (downloaded.kind === 'sealed') {
    const what = 'it does not open the platform certificates: at WeChat Pay another APIv3密钥 is set'
    const remedy =
      'set the same in 商户平台 → 账户中心 → API安全 → APIv3密钥 and in the file of WECHATPAY_API_V3_KEY_FILE'
    return { name, status: 'fail', what, remedy }
  }
  if (env.merchant.publicKey) {
    const what = 'it has 32 bytes; this merchant has no platform certificates to open, so nothing proves it yet'
    const remedy = 'if the first notification does not open (alarm notification_does_not_open), it is the wrong one'
    return { name, status: 'skipped', what, remedy }
  }
  const remedy =
    'set WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY_FILE from 商户平台 → 账户中心 → API安全 → 微信支付公钥'
  return { name, status: 'fail', what: 'this merchant has no platform certificates and no public key is set', remedy }
}
