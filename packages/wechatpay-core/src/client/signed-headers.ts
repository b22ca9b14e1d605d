import { randomNonce } from '../crypto/nonce.ts'
import { signWith } from '../keys/merchant-key.ts'
import { formatAuthorization, requestMessage } from '../protocol/authorization.ts'
import type { Settings } from './options.ts'

const USER_AGENT = 'shouyin-wechatpay-core'

/** Every header of a request, with a fresh nonce and timestamp. */
export async function signedHeaders(
  { mchid, merchantSerialNo: serialNo, signer, now }: Settings,
  request: {
    readonly method: string
    readonly target: string
    readonly body: string
    /** Of the key that should sign the answer and that has encrypted fields. */
    readonly platformSerial: string | undefined
  },
): Promise<Readonly<Record<string, string>>> {
  const { method, target: url, body, platformSerial } = request
  const nonce = randomNonce()
  const timestamp = String(Math.floor(now().getTime() / 1000))
  const signature = await signWith(signer, requestMessage({ method, url, timestamp, nonce, body }))
  return {
    Authorization: formatAuthorization({ mchid, serialNo, nonce, timestamp, signature }),
    Accept: 'application/json',
    'User-Agent': USER_AGENT,
    // Asks for an answer signed by the public key; without it a merchant in the switch-over gets the certificate's.
    ...(platformSerial === undefined ? {} : { 'Wechatpay-Serial': platformSerial }),
    // The pages demand it of every POST, also of one without a body (停止支付分计划).
    ...(method === 'GET'
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
  }
}
