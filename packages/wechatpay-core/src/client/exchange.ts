import type { Endpoint } from '../contract/endpoint.ts'
import { randomNonce } from '../crypto/nonce.ts'
import { WechatPayError } from '../errors.ts'
import { signWith } from '../keys/merchant-key.ts'
import { formatAuthorization, requestMessage } from '../protocol/authorization.ts'
import { headerValue } from '../protocol/message-signature.ts'
import { apiError, isSuccess, requestIdOf } from './answer.ts'
import { safely } from './hooks.ts'
import type { CallEvent, Settings } from './options.ts'
import { buildBody, buildTarget, type CallInput } from './request.ts'
import { backOff, mayFailOver, mayRetry } from './retry.ts'
import { connectionFailed, type TransportAnswer } from './transport.ts'

const USER_AGENT = 'shouyin-wechatpay-core'

/** Signs and sends; `accept` verifies and decodes a success, within the same tries and deadline. */
export type Exchange = <T>(
  endpoint: Endpoint,
  input: CallInput,
  accept: (answer: TransportAnswer) => Promise<T>,
) => Promise<T>

interface Attempt {
  readonly endpoint: Endpoint
  readonly target: string
  readonly body: string
  readonly signal: AbortSignal
}

export function createExchange(settings: Settings, publicKeyId: string | undefined): Exchange {
  return async (endpoint, input, accept) => {
    const signal = AbortSignal.timeout(settings.deadlineMs)
    const attempt = { endpoint, target: buildTarget(endpoint, input), body: buildBody(endpoint, input), signal }
    const startedAtMs = performance.now()
    for (let tries = 1; ; tries++) {
      let answer: TransportAnswer | undefined
      const report = (error?: WechatPayError) => {
        const event = callEvent(settings, endpoint, answer, error)
        safely(settings.hooks.onCall, { ...event, tries, durationMs: performance.now() - startedAtMs })
      }
      try {
        answer = await send(settings, publicKeyId, attempt)
        const result = await beforeDeadline(signal, settings, read(endpoint, answer, accept))
        report()
        return result
      } catch (error) {
        if (mayRetry(endpoint.method, tries, error) && (await backOff(tries, signal))) continue
        const failure = error instanceof WechatPayError ? error : connectionFailed(error)
        report(failure)
        throw failure
      }
    }
  }
}

/** On the first host, or on the backup host when the first got not one byte. */
async function send(settings: Settings, publicKeyId: string | undefined, attempt: Attempt): Promise<TransportAnswer> {
  const { endpoint, target, body, signal } = attempt
  const headers = await beforeDeadline(signal, settings, signedHeaders(settings, publicKeyId, attempt), 'rejected')
  const bytes = body === '' ? undefined : Buffer.from(body)
  const sendTo = (url: URL) =>
    beforeDeadline(
      signal,
      settings,
      settings.transport.send({ method: endpoint.method, url, target, headers, body: bytes, signal }),
    )
  try {
    return await sendTo(settings.baseUrl)
  } catch (error) {
    if (!settings.backupBaseUrl || !mayFailOver(error) || signal.aborted) throw error
    return sendTo(settings.backupBaseUrl)
  }
}

/** Nothing of ours outlives the deadline, even a signer or a transport that ignores the signal. */
async function beforeDeadline<T>(
  signal: AbortSignal,
  { deadlineMs }: Settings,
  work: Promise<T>,
  outcome: 'rejected' | 'unknown' = 'unknown',
): Promise<T> {
  let stop = () => {}
  const late = new Promise<never>((_, reject) => {
    stop = () => reject(new WechatPayError('ERR_CONNECTION', `not finished within ${deadlineMs} ms`, { outcome }))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, late])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** After a success nothing may read as "this call did nothing", whatever fails while it is verified and decoded. */
async function read<T>(
  endpoint: Endpoint,
  answer: TransportAnswer,
  accept: (answer: TransportAnswer) => Promise<T>,
): Promise<T> {
  if (!isSuccess(answer)) throw apiError(endpoint, answer)
  try {
    return await accept(answer)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { code, message, reason, cause } = error
    const facts = { outcome: 'unknown', status: answer.status, requestId: requestIdOf(answer) } as const
    throw new WechatPayError(code, message, { ...facts, reason, cause })
  }
}

async function signedHeaders(settings: Settings, publicKeyId: string | undefined, attempt: Attempt) {
  const { mchid, merchantSerialNo: serialNo } = settings
  const { target: url, body } = attempt
  const nonce = randomNonce()
  const timestamp = String(Math.floor(settings.now().getTime() / 1000))
  const message = requestMessage({ method: attempt.endpoint.method, url, timestamp, nonce, body })
  const signature = await signWith(settings.signer, message)
  return {
    Authorization: formatAuthorization({ mchid, serialNo, nonce, timestamp, signature }),
    Accept: 'application/json',
    'User-Agent': USER_AGENT,
    // Asks for an answer signed by the public key; without it a merchant in the switch-over gets the certificate's.
    ...(publicKeyId === undefined ? {} : { 'Wechatpay-Serial': publicKeyId }),
    ...(body === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
  }
}

function callEvent(
  settings: Settings,
  endpoint: Endpoint,
  answer: TransportAnswer | undefined,
  error: WechatPayError | undefined,
): Omit<CallEvent, 'tries' | 'durationMs'> {
  const date = Date.parse((answer && headerValue(answer.headers, 'Date')) ?? '')
  return {
    endpoint: endpoint.id,
    status: answer?.status,
    error: error?.code,
    apiCode: error?.apiCode,
    outcome: error?.outcome,
    requestId: answer && requestIdOf(answer),
    skewMs: Number.isNaN(date) ? undefined : date - settings.now().getTime(),
  }
}
