import { control, controlUrl } from './api.js'
import { byId, copyButton, h } from './dom.js'

const merchantUrl = () => `${location.origin}${controlUrl('merchant')}`

/** One value with its name on both sides of the language border and a button to copy it. */
function row(name, chinese, value, shown = value) {
  if (!value) return []
  const label = h('dt', {}, `${name} `, h('span', { class: 'term', lang: 'zh' }, chinese))
  return [label, h('dd', { class: 'copyable' }, h('code', {}, shown), copyButton(value, name))]
}

const snippet = (title, text) => [h('h4', {}, title, copyButton(text, title)), h('pre', {}, text)]

/** Shell commands that save what this merchant has. */
const saveKeys = ({ wechatpayPublicKeyId, platformCertificates }) =>
  [
    `curl -s "${merchantUrl()}" -o merchant.json`,
    'jq -r .merchantPrivateKeyPem merchant.json > apiclient_key.pem',
    ...(wechatpayPublicKeyId ? ['jq -r .wechatpayPublicKeyPem merchant.json > pub_key.pem'] : []),
    ...(platformCertificates.length > 0
      ? ["jq -r '.platformCertificates[].certificatePem' merchant.json > platform.pem"]
      : []),
  ].join('\n')

const environment = (merchant) =>
  [
    ['WECHATPAY_BASE_URL', location.origin],
    ['WEIXIN_API_BASE_URL', location.origin],
    ['WECHATPAY_MCHID', merchant.mchid],
    ['WECHATPAY_MERCHANT_SERIAL_NO', merchant.merchantSerialNo],
    ['WECHATPAY_PUBLIC_KEY_ID', merchant.wechatpayPublicKeyId],
    ['WEIXIN_APPID', merchant.appid],
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

const MODES = {
  both: 'public key and platform certificates, as during a switch-over',
  certificate: 'platform certificates (平台证书)',
  public_key: 'WeChat Pay public key (微信支付公钥)',
}

export async function connectPanel() {
  const merchant = await control('GET', 'merchant')
  const certificates = merchant.platformCertificates.map(({ serialNo }) => serialNo)
  byId('connect').replaceChildren(
    h('h3', {}, merchant.merchantName),
    h('p', { class: 'muted' }, `Signs with ${MODES[merchant.mode] ?? merchant.mode}. Throw-away keys, made here.`),
    h(
      'dl',
      {},
      row('Base URL', '接口地址', location.origin),
      row('mchid', '商户号', merchant.mchid),
      row('Merchant serial', '商户API证书序列号', merchant.merchantSerialNo),
      row('Private key', '商户私钥', merchant.merchantPrivateKeyPem, 'apiclient_key.pem'),
      row('APIv3 key', 'APIv3密钥', merchant.apiV3Key),
      row('Public key id', '微信支付公钥ID', merchant.wechatpayPublicKeyId),
      row('Public key', '微信支付公钥', merchant.wechatpayPublicKeyPem, 'pub_key.pem'),
      certificates.flatMap((serial) => row('Platform serial', '平台证书序列号', serial)),
      row('appid', '小程序', merchant.appid),
      row('appSecret', '小程序密钥', merchant.appSecret),
    ),
    ...snippet('Save the keys', saveKeys(merchant)),
    ...snippet('Settings of a backend', environment(merchant)),
    h('h4', {}, 'Another world'),
    h(
      'p',
      { class: 'muted' },
      'POST /_sim/merchants makes a merchant with a world of its own. Open this page with ?mchid=… to see it.',
    ),
  )
}
