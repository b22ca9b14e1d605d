import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { signAnswer } from '@shouyin/wechatpay-core/protocol'
import type { Check } from '../context.ts'
import type { Finding } from '../finding.ts'
import { notifyUrlOf } from '../notify-url.ts'

const name = 'notify route'

const ANSWER_WITHIN_MS = 5_000
/** Looks like a public key's: an unknown certificate's serial would make the server download certificates. */
const SERIAL = 'PUB_KEY_ID_SHOUYINDOCTOR'

/**
 * Posts a notification that nobody at WeChat Pay signed to our own public address. Our server has to refuse it; anything
 * else that answers stands between WeChat Pay and us.
 */
export const checkProbe: Check = async ({ env, now }) => {
  const url = notifyUrlOf(env)
  if (url.port === '0') return { name, status: 'skipped', what: 'the server takes any free port' }
  try {
    const { status, text } = await post(url, now())
    return judgeAnswer(url, status, text)
  } catch (error) {
    return judgeSilence(url, error, env.live)
  }
}

async function post(url: URL, at: Date) {
  const { privateKey: key } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const body = Buffer.from(JSON.stringify({ id: 'doctor', event_type: 'SHOUYIN.DOCTOR', resource: {} }))
  const signed = await signAnswer({ key, serial: SERIAL, body, at })
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { ...signed, 'Content-Type': 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  return { status: response.status, text: await response.text() }
}

/** @param text the body */
function judgeAnswer(url: URL, status: number, text: string): Finding {
  const ours = ourErrorOf(text)
  if (status === 401 && ours?.code === 'UNAUTHENTICATED') return judgeRefusal(url, ours.field)
  const who = ours ? 'our server' : /^\s*</.test(text) ? 'something that answers with a page' : 'something else'
  const known = ours && status >= 500 ? unwell : remedies.find(({ from, to }) => status >= from && status <= to)?.remedy
  const what = `${status} from ${who} at ${url.href} instead of our 401`
  return { name, status: 'fail', what, remedy: known ?? otherRemedy }
}

/** Every notification that is not right is refused; the field tells whether this one came as it was sent. */
function judgeRefusal(url: URL, field: string | undefined): Finding {
  const wrong = field === undefined ? undefined : damages[field]
  if (wrong)
    return { name, status: 'fail', what: `${url.origin} leads to our server, but ${wrong.what}`, remedy: wrong.remedy }
  return { name, status: 'ok', what: `${url.origin} leads to our server, which refuses what WeChat Pay did not sign` }
}

const damages: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  'Wechatpay-*': {
    what: 'without the Wechatpay-* headers: it would refuse every notification',
    remedy: 'let the proxy or CDN pass Wechatpay-Timestamp, -Nonce, -Signature and -Serial unchanged',
  },
  mchid: {
    what: 'that one knows another merchant only',
    remedy: 'set PUBLIC_URL to the server of this merchant, or give that server the same WECHATPAY_MCHID',
  },
}

const unwell = 'the server runs and is not well: see its log and GET /readyz'

const otherRemedy =
  'find out what stands in front of the server; POST requests with their body and Wechatpay-* headers must reach it'
const remedies = [
  {
    from: 200,
    to: 299,
    remedy: 'it swallows notifications: WeChat Pay takes a 2xx for delivered. Let the path reach the server',
  },
  { from: 300, to: 399, remedy: 'set PUBLIC_URL to where it redirects to: WeChat Pay is not known to follow' },
  {
    from: 401,
    to: 403,
    remedy: 'a login or a firewall (WAF) stands in front; let /wechatpay/notifications/ through without one',
  },
  {
    from: 404,
    to: 405,
    remedy: 'the proxy must pass the path and the method unchanged, to this version of the server',
  },
  { from: 413, to: 413, remedy: 'allow bodies of 64 KB in the proxy' },
  { from: 502, to: 504, remedy: 'the proxy does not reach the server: start it (pnpm server) and check the proxy' },
]

/** @param error what `fetch` threw */
export function judgeSilence(url: URL, error: unknown, live: boolean): Finding {
  const cause = error instanceof Error ? error.cause : undefined
  const code = String(Reflect.get(Object(cause), 'code') ?? Reflect.get(Object(error), 'name') ?? 'no answer')
  const what = `no answer from ${url.href} (${code})`
  if (code === 'ECONNREFUSED' && !live) return { name, status: 'skipped', what: `${what}: the server does not run` }
  return {
    name,
    status: 'fail',
    what,
    remedy: silences.find(({ pattern }) => pattern.test(code))?.remedy ?? otherRemedy,
  }
}

const silences = [
  {
    pattern: /CERT|SIGNATURE|ALTNAME/,
    remedy: 'give the domain a certificate of a public authority, with its whole chain',
  },
  { pattern: /^(ENOTFOUND|EAI_AGAIN)$/, remedy: 'make a DNS record for the domain' },
  { pattern: /^ECONNREFUSED$/, remedy: 'start the server (pnpm server) and the proxy in front of it' },
  {
    pattern: /Timeout|ETIMEDOUT|UNREACH/,
    remedy: 'open the port in the firewall; WeChat Pay waits 5 s. The sources are below',
  },
]

/** Our own error body; undefined when it is none. */
function ourErrorOf(text: string): { readonly code: string; readonly field: string | undefined } | undefined {
  try {
    const { code, field, requestId } = JSON.parse(text).error
    return typeof code === 'string' && typeof requestId === 'string' ? { code, field } : undefined
  } catch {
    return undefined
  }
}
