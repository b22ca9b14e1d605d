import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/merchant/4013053249'
const where = 'verification'
const basis = 'official'

/** Why an answer or a notification was not believed; the codes are ours. Such a notification is answered 401. */
export const verification: readonly Entry[] = [
  {
    id: 'wechatpay-headers-missing',
    where,
    match: { code: 'HEADERS_MISSING' },
    cause: 'A Wechatpay-* header is missing: a proxy or CDN drops it, or it is not from WeChat Pay.',
    remedy: 'Let the proxy pass Wechatpay-Timestamp, -Nonce, -Signature and -Serial unchanged.',
    doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4013053283',
    basis,
  },
  {
    id: 'wechatpay-timestamp',
    where,
    match: { code: 'TIMESTAMP_OUTSIDE_TOLERANCE' },
    cause: 'More than 5 minutes between its time and ours: our clock is off, or an old message is played again.',
    remedy: 'Set the clock: chrony or systemd-timesyncd.',
    doc,
    basis,
  },
  {
    id: 'wechatpay-serial-unknown',
    where,
    match: { code: 'SERIAL_UNKNOWN' },
    cause: 'Signed with a key that is not held: the 公钥ID is wrong, or the certificates could not be downloaded.',
    remedy:
      'Compare WECHATPAY_PUBLIC_KEY_ID with 商户平台 → 账户中心 → API安全; in certificate mode check the APIv3密钥 and the way to api.mch.weixin.qq.com.',
    doc,
    basis,
  },
  {
    id: 'wechatpay-signature-mismatch',
    where,
    match: { code: 'SIGNATURE_MISMATCH' },
    cause:
      "The signature does not fit: pub_key.pem is another merchant's, something on the way changed the body, or forged.",
    remedy: 'Download pub_key.pem again with its 公钥ID; let no proxy re-encode bodies.',
    doc,
    basis,
  },
  {
    id: 'wechatpay-algorithm',
    where,
    match: { code: 'ALGORITHM_UNSUPPORTED' },
    cause: 'Signed with SM2 (国密), which is not supported here.',
    remedy: 'Use the RSA suite: RSA certificate and RSA public key in 商户平台 → API安全.',
    basis,
  },
  {
    id: 'signature-probe',
    where,
    match: { code: 'PROBE' },
    cause:
      'A signature probe (签名探测流量): WeChat Pay sends wrong signatures now and then to see whether anybody checks.',
    remedy: 'Nothing to do; it is refused like a forgery and sent again rightly.',
    doc,
    basis,
  },
  {
    id: 'does-not-open',
    where,
    match: { code: 'ERR_DECRYPTION_FAILED' },
    cause: 'It is from WeChat Pay but does not open: the APIv3 key here is not the one that is set there.',
    remedy:
      'Set the same in 商户平台 → 账户中心 → API安全 → APIv3密钥 and in the file of WECHATPAY_API_V3_KEY_FILE; ' +
      'during a change, the other one in WECHATPAY_API_V3_KEY_PREVIOUS_FILE.',
    basis,
  },
]
