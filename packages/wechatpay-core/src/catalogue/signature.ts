import type { Entry } from './entry.ts'

const doc = 'https://pay.weixin.qq.com/doc/v3/merchant/4012072670'
const serialCommand = 'openssl x509 -in apiclient_cert.pem -noout -serial'

/** 401 SIGN_ERROR, by its message: the request did not prove who sent it. */
export const signature: readonly Entry[] = [
  {
    id: 'sign-error',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR' },
    cause: 'The request does not prove that this merchant sent it.',
    remedy:
      'Check that mchid, serial and private key are of one merchant and one certificate, and that the clock is right.',
    doc,
    basis: 'official',
  },
  {
    id: 'sign-mismatch',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '签名错误' },
    cause:
      'The signature does not fit the message: the key is of another certificate or merchant, or what was signed (method, path with query, body) is not what was sent.',
    remedy:
      'Use apiclient_key.pem from the same download as the certificate of the serial; then let the simulator check the request: its dashboard names the mistake.',
    doc,
    basis: 'seen',
  },
  {
    id: 'sign-information-wrong',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '签名信息错误，验签失败' },
    cause: 'The Authorization header is missing or of another kind (answered so at /v3/pay/transactions/*).',
    remedy: 'Send Authorization: WECHATPAY2-SHA256-RSA2048 …; look for a proxy that drops or replaces the header.',
    doc,
    basis: 'seen',
  },
  {
    id: 'sign-verification-failed',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '错误的签名，导致验签失败' },
    cause: 'The signature does not fit the message.',
    remedy: 'As for 签名错误: one key, one certificate, and the signed bytes are the bytes that are sent.',
    doc,
    basis: 'official',
  },
  {
    id: 'authorization-malformed',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: 'Http头Authorization值格式错误' },
    cause: 'The Authorization header is missing or not in its form.',
    remedy:
      'One scheme, one space, five key="value" pairs with commas and without spaces; look for a proxy that drops it.',
    doc,
    basis: 'seen',
  },
  {
    id: 'authorization-type',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: 'Authorization认证类型不正确' },
    cause: 'The authentication type is not WECHATPAY2-SHA256-RSA2048.',
    remedy: 'Begin the Authorization header with WECHATPAY2-SHA256-RSA2048 and one space.',
    doc,
    basis: 'official',
  },
  {
    id: 'clock-skew',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: 'timestamp与发起请求的时间不得超过5分钟' },
    cause: "This machine's clock is more than 5 minutes away from WeChat Pay's; this is checked before the signature.",
    remedy: 'Set the clock and keep it set: chrony or systemd-timesyncd.',
    doc,
    basis: 'seen',
  },
  {
    id: 'serial-wrong',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '商户证书序列号有误' },
    cause: 'The serial is not of a certificate of this merchant, or the key signs for another certificate.',
    remedy: `Read the serial of the certificate that belongs to the key: ${serialCommand}; compare with 商户平台 → 账户中心 → API安全.`,
    doc,
    basis: 'official',
  },
  {
    id: 'certificate-never-made',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '商户未申请过证书' },
    cause: 'This merchant has no 商户API证书.',
    remedy: 'Make one in 商户平台 → 账户中心 → API安全 → 申请API证书, and use its key and serial.',
    doc,
    basis: 'official',
  },
  {
    id: 'certificate-expired',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '商户证书已过期' },
    cause: 'The merchant certificate has expired.',
    remedy: 'Make a new one in 商户平台 → 账户中心 → API安全 and put its key and serial into the settings.',
    doc,
    basis: 'official',
  },
  {
    id: 'certificate-revoked',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '商户证书已作废' },
    cause: 'The merchant certificate was revoked.',
    remedy: 'Find out who revoked it; make a new one in 商户平台 → 账户中心 → API安全.',
    doc,
    basis: 'official',
  },
  {
    id: 'certificate-replaced',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '已更换证书，请使用新证书' },
    cause: 'A newer merchant certificate took the place of this one.',
    remedy: 'Use key and serial of the newer certificate; its holder is who made it in 商户平台 → 账户中心 → API安全.',
    doc,
    basis: 'official',
  },
  {
    id: 'api-v3-key-not-set',
    where: 'api',
    match: { status: 401, code: 'SIGN_ERROR', text: '商户未设置APIv3密钥' },
    cause: 'No APIv3 key is set at WeChat Pay; then no notification is sent either.',
    remedy: 'Set it in 商户平台 → 账户中心 → API安全 → APIv3密钥 (32 characters) and put the same into the settings.',
    doc,
    basis: 'official',
  },
]
