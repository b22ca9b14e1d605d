import type { Endpoint } from '../contract/endpoint.ts'
import { WechatPayError } from '../errors.ts'
import type { PlatformKeys } from '../keys/platform-keys.ts'
import { headerValue } from '../protocol/message-signature.ts'
import { apiError, isSuccess, requestIdOf } from './answer.ts'
import { beforeDeadline } from './deadline.ts'
import { encryptFields } from './encrypted-fields.ts'
import { safely } from './hooks.ts'
import type { CallEvent, Settings } from './options.ts'
import { bodyOf, buildTarget, type CallInput } from './request.ts'
import { backOff, mayFailOver, mayRetry } from './retry.ts'
import { signedHeaders } from './signed-headers.ts'
import { connectionFailed, type TransportAnswer, type TransportRequest } from './transport.ts'

/** Signs and sends; `accept` verifies and decodes a success, within the same tries and deadline. */
export type Exchange = <T>(
  endpoint: Endpoint,
  input: CallInput,
  accept: (answer: TransportAnswer) => Promise<T>,
) => Promise<T>

/** What is signed and sent; the same in every try. */
export interface Outgoing {
  /** The first, then the next when not one byte reached it. */
  readonly hosts: readonly [URL, ...URL[]]
  readonly target: string
  /** Empty: none. */
  readonly body: string
  readonly platformSerial: string | undefined
  /** Plain texts of what is encrypted in the body. */
  readonly secrets: readonly string[]
}

/** One exchange in its parts, of which a download has others than a call. */
export interface Parts<Answer extends TransportAnswer, T> {
  readonly endpoint: Endpoint
  readonly prepare: () => Promise<Outgoing>
  readonly carry: (request: TransportRequest) => Promise<Answer>
  readonly accept: (answer: Answer) => Promise<T>
  readonly signal?: AbortSignal | undefined
}

export function createExchange(settings: Settings, keys: Pick<PlatformKeys, 'publicKeyId' | 'newest'>): Exchange {
  const { baseUrl, backupBaseUrl, transport } = settings
  return (endpoint, input, accept) => {
    const prepare = async (): Promise<Outgoing> => {
      const target = buildTarget(endpoint, input)
      const body = bodyOf(endpoint, input)
      const sealed = body && (await encryptFields(endpoint, body, keys.newest))
      return {
        hosts: backupBaseUrl ? [baseUrl, backupBaseUrl] : [baseUrl],
        target,
        body: sealed ? JSON.stringify(sealed.body) : '',
        platformSerial: sealed?.serial ?? keys.publicKeyId,
        secrets: sealed?.secrets ?? [],
      }
    }
    return perform(settings, { endpoint, prepare, carry: (request) => transport.send(request), accept })
  }
}

/** Tries until there is a result, another try is not safe, or the deadline has come; then tells the hook. */
export async function perform<Answer extends TransportAnswer, T>(
  settings: Settings,
  { endpoint, prepare, carry, accept, signal: given }: Parts<Answer, T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(settings.deadlineMs)
  const signal = given ? AbortSignal.any([deadline, given]) : deadline
  const outgoing = await beforeDeadline(signal, settings.deadlineMs, prepare(), 'rejected')
  const startedAtMs = performance.now()
  for (let tries = 1; ; tries++) {
    let answer: Answer | undefined
    const report = (error?: WechatPayError) => {
      const event = callEvent(settings, endpoint, answer, error)
      safely(settings.hooks.onCall, { ...event, tries, durationMs: performance.now() - startedAtMs })
    }
    try {
      answer = await send(settings, endpoint, outgoing, signal, carry)
      const result = await beforeDeadline(signal, settings.deadlineMs, read(endpoint, outgoing, answer, accept))
      report()
      return result
    } catch (error) {
      if (mayRetry(endpoint.method, tries, error) && (await backOff(tries, signal))) continue
      const failure = connectionFailed(error)
      report(failure)
      throw failure
    }
  }
}

/** On the first host, or on the next when the first got not one byte. */
async function send<Answer>(
  settings: Settings,
  { method }: Endpoint,
  { hosts, target, body, platformSerial }: Outgoing,
  signal: AbortSignal,
  carry: (request: TransportRequest) => Promise<Answer>,
): Promise<Answer> {
  const signing = signedHeaders(settings, { method, target, body, platformSerial })
  const headers = await beforeDeadline(signal, settings.deadlineMs, signing, 'rejected')
  const bytes = body === '' ? undefined : Buffer.from(body)
  const sendTo = (url: URL) =>
    beforeDeadline(signal, settings.deadlineMs, carry({ method, url, target, headers, body: bytes, signal }))
  const [first, next] = hosts
  try {
    return await sendTo(first)
  } catch (error) {
    if (!next || !mayFailOver(error) || signal.aborted) throw error
    return sendTo(next)
  }
}

/** After a success nothing may read as "this call did nothing", whatever fails while it is verified and decoded. */
async function read<Answer extends TransportAnswer, T>(
  endpoint: Endpoint,
  { secrets }: Outgoing,
  answer: Answer,
  accept: (answer: Answer) => Promise<T>,
): Promise<T> {
  if (!isSuccess(answer)) throw apiError(endpoint, answer, secrets)
  try {
    return await accept(answer)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { code, message, reason, cause } = error
    const facts = { outcome: 'unknown', status: answer.status, requestId: requestIdOf(answer) } as const
    throw new WechatPayError(code, message, { ...facts, reason, cause })
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
