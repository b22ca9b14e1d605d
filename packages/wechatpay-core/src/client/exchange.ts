import type { Endpoint } from '../contract/endpoint.ts'
import { randomNonce } from '../crypto/nonce.ts'
import { WechatPayError } from '../errors.ts'
import { formatAuthorization, requestMessage } from '../protocol/authorization.ts'
import { headerValue } from '../protocol/message-signature.ts'
import { apiError, requestIdOf } from './answer.ts'
import type { CallEvent, Settings } from './options.ts'
import { buildBody, buildTarget, type CallInput } from './request.ts'
import { backOff, mayFailOver, mayRetry } from './retry.ts'
import { connectionFailed, type TransportAnswer } from './transport.ts'

const USER_AGENT = 'shouyin-wechatpay-core'

/** Signs and sends; `accept` verifies and decodes a 2xx, within the same tries and deadline. */
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
  async function sendOn(host: URL, { endpoint, target, body, signal }: Attempt): Promise<TransportAnswer> {
    const headers = await signedHeaders(settings, publicKeyId, endpoint.method, target, body)
    const bytes = body === '' ? undefined : Buffer.from(body)
    return settings.transport.send({ method: endpoint.method, url: host, target, headers, body: bytes, signal })
  }
  async function send(attempt: Attempt): Promise<TransportAnswer> {
    const [host, backup] = settings.hosts
    if (!host) throw new TypeError('no host')
    try {
      return await sendOn(host, attempt)
    } catch (error) {
      if (!backup || !mayFailOver(error) || attempt.signal.aborted) throw error
      return sendOn(backup, attempt)
    }
  }
  return async (endpoint, input, accept) => {
    const attempt: Attempt = {
      endpoint,
      target: buildTarget(endpoint, input),
      body: buildBody(endpoint, input),
      signal: AbortSignal.timeout(settings.deadlineMs),
    }
    const startedAtMs = performance.now()
    let answer: TransportAnswer | undefined
    for (let tries = 1; ; tries++) {
      const report = (error?: WechatPayError) =>
        settings.hooks.onCall?.(callEvent(endpoint, answer, error, tries, performance.now() - startedAtMs))
      try {
        answer = undefined
        answer = await send(attempt)
        if (answer.status < 200 || answer.status > 299) throw apiError(endpoint, answer)
        const result = await withRequestId(answer, () => accept(answer as TransportAnswer))
        report()
        return result
      } catch (error) {
        if (
          mayRetry(endpoint.method, tries, error) &&
          (await backOff(tries, attempt.signal).then(
            () => true,
            () => false,
          ))
        )
          continue
        const failure = error instanceof WechatPayError ? error : connectionFailed(error)
        report(failure)
        throw failure
      }
    }
  }
}

async function signedHeaders(
  settings: Settings,
  publicKeyId: string | undefined,
  method: string,
  target: string,
  body: string,
) {
  const { mchid, merchantSerialNo: serialNo } = settings
  const nonce = randomNonce()
  const timestamp = String(Math.floor(settings.now().getTime() / 1000))
  const signature = await settings.signer.sign(requestMessage({ method, url: target, timestamp, nonce, body }))
  return {
    Authorization: formatAuthorization({ mchid, serialNo, nonce, timestamp, signature }),
    Accept: 'application/json',
    'User-Agent': USER_AGENT,
    // Asks for an answer signed by the public key; without it a merchant in the switch-over gets the certificate's.
    ...(publicKeyId === undefined ? {} : { 'Wechatpay-Serial': publicKeyId }),
    ...(body === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
  }
}

/** Errors of verification and decoding know nothing of the exchange; the request id belongs on every error. */
async function withRequestId<T>(answer: TransportAnswer, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof WechatPayError) || error.requestId !== undefined) throw error
    const { code, message, outcome, reason, cause } = error
    throw new WechatPayError(code, message, {
      outcome,
      reason,
      cause,
      status: answer.status,
      requestId: requestIdOf(answer),
    })
  }
}

function callEvent(
  endpoint: Endpoint,
  answer: TransportAnswer | undefined,
  error: WechatPayError | undefined,
  tries: number,
  durationMs: number,
): CallEvent {
  const date = answer && headerValue(answer.headers, 'Date')
  return {
    endpoint: endpoint.id,
    status: answer?.status,
    error: error?.code,
    apiCode: error?.apiCode,
    outcome: error?.outcome,
    requestId: answer && requestIdOf(answer),
    tries,
    durationMs,
    skewMs: date ? Date.parse(date) - Date.now() : undefined,
  }
}
