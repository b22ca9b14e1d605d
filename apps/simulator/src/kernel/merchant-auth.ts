import { verifySha256Rsa } from '@shouyin/wechatpay-core/crypto'
import {
  AUTH_SCHEME,
  type Authorization,
  CLOCK_TOLERANCE_SECONDS,
  parseAuthorization,
  requestMessage,
} from '@shouyin/wechatpay-core/protocol'
import type { Call } from './call.ts'
import { type Diagnosis, diagnoseSignature } from './diagnose.ts'
import { type Merchant, merchantPublicKey } from './merchants.ts'
import { Refusal } from './refusal.ts'
import type { Membership, Simulator } from './simulator.ts'

export type AuthFailure =
  | 'ACCEPT_OR_USER_AGENT_MISSING'
  | 'AUTHORIZATION_MALFORMED'
  | 'TIMESTAMP_OUTSIDE_TOLERANCE'
  | 'MERCHANT_UNKNOWN'
  | 'SERIAL_UNKNOWN'
  | 'SIGNATURE_MISMATCH'

export type AuthResult =
  | ({ readonly verified: true } & Membership)
  | {
      readonly verified: false
      readonly reason: AuthFailure
      readonly refusal: Refusal
      readonly claimedMchid: string | null
      readonly diagnosis: Diagnosis | null
    }

// Two front doors answer differently (probed): the one of transactions checks the signature before all else.
const isTransactionsPath = (path: string) => path.startsWith('/v3/pay/transactions/')

/** Checks the request signature of APIv3 in the order in which the real gateway was seen to check. */
export function authenticate(simulator: Simulator, call: Call): AuthResult {
  const lacksHeader = !call.headers['user-agent'] || !call.headers.accept
  if (lacksHeader && !isTransactionsPath(call.path)) return headerMissing(null)
  const authorization = parseAuthorization(call.headers.authorization ?? '')
  if (!authorization) return fail('AUTHORIZATION_MALFORMED', malformed(call), null)
  const claimedMchid = authorization.mchid
  if (!isFresh(authorization.timestamp)) {
    const message = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'
    return fail('TIMESTAMP_OUTSIDE_TOLERANCE', signError(message), claimedMchid)
  }
  const membership = simulator.find(claimedMchid)
  // DERIVED: a probe with a made-up mchid and a forged signature was answered so.
  if (!membership) return fail('MERCHANT_UNKNOWN', signError('签名错误'), claimedMchid)
  const { merchant } = membership
  if (merchant.certificate.serialNo !== authorization.serialNo.toUpperCase()) {
    const message = '商户证书序列号有误。请使用签名私钥匹配的证书序列号'
    return fail('SERIAL_UNKNOWN', signError(message), claimedMchid)
  }
  if (!verifySha256Rsa(merchantPublicKey(merchant), signedBytes(call, authorization), authorization.signature)) {
    const diagnosis = diagnose(call, authorization, merchant, membership.world.appid)
    return fail('SIGNATURE_MISMATCH', mismatch(call, authorization), claimedMchid, diagnosis)
  }
  // DERIVED for transactions: the probe had no signature, so whether the rule holds after one is not known.
  return lacksHeader ? headerMissing(claimedMchid) : { verified: true, ...membership }
}

const isFresh = (timestamp: string) =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) <= CLOCK_TOLERANCE_SECONDS

/** Node hands over header and URL bytes as Latin-1; the body stays as it came. */
function signedBytes(call: Call, { timestamp, nonce }: Authorization): Buffer {
  const head = requestMessage({ method: call.method, url: call.url, timestamp, nonce, body: '' }).slice(0, -1)
  return Buffer.concat([Buffer.from(head, 'latin1'), call.body, Buffer.from('\n')])
}

function diagnose(call: Call, authorization: Authorization, merchant: Merchant, appid: string): Diagnosis {
  const { timestamp, nonce, signature, mchid } = authorization
  return diagnoseSignature({
    method: call.method,
    url: call.url,
    host: call.headers.host ?? '',
    timestamp,
    nonce,
    body: call.body.toString(),
    signature,
    merchantPublicKey: merchantPublicKey(merchant),
    appid,
    mchid,
  })
}

const fail = (
  reason: AuthFailure,
  refusal: Refusal,
  claimedMchid: string | null,
  diagnosis: Diagnosis | null = null,
): AuthResult => ({ verified: false, reason, refusal, claimedMchid, diagnosis })

const headerMissing = (claimedMchid: string | null) => {
  const refusal = new Refusal(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent')
  return fail('ACCEPT_OR_USER_AGENT_MISSING', refusal, claimedMchid)
}

const signError = (message: string, detail?: object) => new Refusal(401, 'SIGN_ERROR', message, detail && { ...detail })

function malformed({ path, headers: { authorization } }: Call): Refusal {
  if (isTransactionsPath(path)) return signError('签名信息错误，验签失败')
  if (authorization && !authorization.startsWith(`${AUTH_SCHEME} `))
    return signError('HTTP头Authorization认证类型不正确')
  return signError('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》')
}

/** Like the real one, shows the message with its secrets cut short. */
function mismatch(call: Call, authorization: Authorization): Refusal {
  const { method, url, body } = call
  const { timestamp, nonce } = authorization
  const start = body.subarray(0, 8).toString()
  return signError('签名错误', {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method,
      sign_message_length: signedBytes(call, authorization).length,
      truncated_sign_message: `${method}\n${url}\n${timestamp}\n${nonce.slice(0, 4)}...\n${start}\n`,
      url,
    },
  })
}
