import * as v from 'valibot'
import type { Endpoint, ResponseOf } from '../contract/endpoint.ts'
import { describeIssue } from '../contract/issue.ts'
import { WechatPayError } from '../errors.ts'
import { headerValue } from '../protocol/message-signature.ts'
import { parseJson, withoutNulls } from '../protocol/notification.ts'
import type { TransportAnswer } from './transport.ts'

const ErrorBody = v.looseObject({ code: v.string(), message: v.optional(v.string()), detail: v.optional(v.unknown()) })

const MESSAGE_MAX = 500

/** 200 with a body and 204 without one are success; WeChat's 202 (USERPAYING) is not. */
export const isSuccess = ({ status }: TransportAnswer): boolean => status === 200 || status === 204

export const requestIdOf = (answer: TransportAnswer): string | undefined => headerValue(answer.headers, 'Request-ID')

/** Of an answer that is verified. An operation that declares none answers `undefined`. */
export function decodeAnswer<E extends Endpoint>(endpoint: E, answer: TransportAnswer): ResponseOf<E> {
  if (!endpoint.response) return undefined as ResponseOf<E>
  const parsed = v.safeParse(endpoint.response, withoutNulls(parseJson(answer.body, `the answer to ${endpoint.id}`)))
  if (parsed.success) return parsed.output as ResponseOf<E>
  throw new WechatPayError('ERR_RESPONSE_MALFORMED', `${endpoint.id}: ${describeIssue(parsed.issues[0])}`, {
    outcome: 'unknown',
    status: answer.status,
    requestId: requestIdOf(answer),
  })
}

/**
 * Of anything but success, without the `secrets` that its message or detail may repeat. These are never signed, so only a declared (status, code) pair is believed, and only as "this
 * call did nothing"; the rest proves nothing. 404 and 405 of the gateway have an empty body.
 */
export function apiError(endpoint: Endpoint, answer: TransportAnswer, secrets: readonly string[] = []): WechatPayError {
  const body = readErrorBody(answer.body, secrets)
  const declared = endpoint.errors.find((e) => e.status === answer.status && e.code === body?.code)
  const text = body ? `${body.code} ${body.message ?? ''}`.trim().slice(0, MESSAGE_MAX) : 'no error body'
  return new WechatPayError('ERR_API', `${endpoint.id}: ${answer.status} ${text}`, {
    outcome: declared?.outcome ?? 'unknown',
    status: answer.status,
    apiCode: body?.code,
    apiDetail: body?.detail,
    requestId: requestIdOf(answer),
  })
}

function readErrorBody(bytes: Uint8Array, secrets: readonly string[]) {
  const hide = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  const withoutSecrets = (name: string, value: unknown) =>
    typeof value === 'string' && name !== 'code' ? hide(value) : secrets.includes(String(value)) ? '***' : value
  try {
    const parsed = v.safeParse(ErrorBody, JSON.parse(Buffer.from(bytes).toString('utf8'), withoutSecrets))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
