import type { Check } from '../context.ts'

const name = 'merchant certificate'

/** apiclient_cert.pem is of the key and of the serial, without asking anybody. */
export const checkMerchantCertificate: Check = async ({ env }) => {
  const { certificate, privateKey, serialNo } = env.merchant
  if (!certificate) {
    const what = 'not given: whether key and serial are a pair is left to WeChat Pay (next line)'
    return { name, status: 'skipped', what, remedy: 'set WECHATPAY_MERCHANT_CERTIFICATE_FILE to apiclient_cert.pem' }
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    const remedy = 'take apiclient_cert.pem and apiclient_key.pem from one download'
    return { name, status: 'fail', what: 'the certificate is of another key than the private key', remedy }
  }
  const found = certificate.serialNumber.toUpperCase()
  if (found !== serialNo.toUpperCase()) {
    const remedy = `set WECHATPAY_MERCHANT_SERIAL_NO=${found}`
    return { name, status: 'fail', what: `the certificate has the serial ${found}, the setting ${serialNo}`, remedy }
  }
  return { name, status: 'ok', what: 'certificate, private key and serial belong together' }
}
