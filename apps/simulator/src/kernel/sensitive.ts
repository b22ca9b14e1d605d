import { decryptOaep } from '@shouyin/wechatpay-core/crypto'
import type { Call } from './call.ts'
import { platformKey } from './platform-signer.ts'
import { Refusal } from './refusal.ts'
import type { Membership } from './simulator.ts'

/**
 * 敏感信息: the body with its encrypted members opened, by the key that `Wechatpay-Serial` names. What is opened goes to
 * the handler alone: neither the journal nor a refusal shows it.
 * @throws Refusal when the header is missing, or another key was used
 */
export function openSensitive(
  body: unknown,
  names: readonly string[],
  { headers }: Call,
  { world, merchant }: Membership,
): unknown {
  const sealed = Object.entries(body as Readonly<Record<string, unknown>>).filter(([name]) => names.includes(name))
  if (sealed.length === 0) return body
  const serial = headers['wechatpay-serial']
  if (serial === undefined) {
    throw new Refusal(400, 'PARAM_ERROR', 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)')
  }
  const key = platformKey(world, merchant, String(serial))
  const opened = sealed.map(([name, ciphertext]) => [name, open(name, () => decryptOaep(key, String(ciphertext)))])
  return { ...(body as object), ...Object.fromEntries(opened) }
}

function open(name: string, decrypt: () => string): string {
  try {
    return decrypt()
  } catch {
    // GUESS: the sentence; the code is that of a wrong serial.
    throw new Refusal(400, 'PARAM_ERROR', '敏感信息解密失败，请确认使用了Wechatpay-Serial对应的公钥加密', {
      field: `/${name}`,
      issue: 'is not encrypted with the key that Wechatpay-Serial names (RSAES-OAEP, SHA-1)',
      location: 'body',
    })
  }
}
