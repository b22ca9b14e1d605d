import * as v from 'valibot'
import type { Endpoint, ResponseOf } from '../contract/endpoint.ts'
import { WechatPayError } from '../errors.ts'
import { headerValue } from '../protocol/message-signature.ts'
import { parseJson } from '../protocol/notification.ts'
import type { TransportAnswer } from './transport.ts'

const ErrorBody = v.looseObject({ code: v.string(), message: v.optional(v.string()), detail: v.optional(v.unknown()) })

export const requestIdOf = (answer: TransportAnswer): string | undefined => headerValue(answer.headers, 'Request-ID')

/** Of an answer that is verified and 2xx. A 204, or any 2xx of an operation without an answer, is `undefined`. */
export function decodeAnswer<E extends Endpoint>(endpoint: E, answer: TransportAnswer): ResponseOf<E> {
  if (!endpoint.response) return undefined as ResponseOf<E>
  const parsed = v.safeParse(endpoint.response, parseJson(answer.body, `the answer to ${endpoint.id}`))
  if (parsed.success) return parsed.output as ResponseOf<E>
  const issue = parsed.issues[0]
  throw new WechatPayError(
    'ERR_RESPONSE_MALFORMED',
    `${endpoint.id}: ${v.getDotPath(issue) ?? 'body'} ${issue.message}`,
    {
      outcome: 'unknown',
      status: answer.status,
      requestId: requestIdOf(answer),
    },
  )
}

/**
 * Of anything but 2xx. These are never signed, so only a declared (status, code) pair is believed, and only as "this
 * call did nothing"; the rest proves nothing. 404 and 405 of the gateway have an empty body.
 */
export function apiError(endpoint: Endpoint, answer: TransportAnswer): WechatPayError {
  const body = readErrorBody(answer.body)
  const declared = endpoint.errors.find((e) => e.status === answer.status && e.code === body?.code)
  const text = body ? `${body.code} ${body.message ?? ''}`.trim() : 'no error body'
  return new WechatPayError('ERR_API', `${endpoint.id}: ${answer.status} ${text}`, {
    outcome: declared?.outcome ?? 'unknown',
    status: answer.status,
    apiCode: body?.code,
    apiDetail: body?.detail,
    requestId: requestIdOf(answer),
  })
}

function readErrorBody(bytes: Uint8Array) {
  try {
    const parsed = v.safeParse(ErrorBody, JSON.parse(Buffer.from(bytes).toString('utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
