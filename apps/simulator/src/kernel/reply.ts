import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { Cut, waitFor } from './answer-faults.ts'
import { signedAnswer } from './answer-signature.ts'
import type { Call, Env } from './call.ts'
import type { AnswerFault } from './fault-kinds.ts'
import type { PlatformSigner } from './platform-signer.ts'
import type { Refusal } from './refusal.ts'
import { requestIdOf } from './request-id.ts'
import { describeStream, openStream, type Streamed } from './streamed.ts'

/** An answer before it goes out. */
export interface Reply {
  readonly status: number
  readonly code: string | null
  readonly requestId: string | null
  readonly headers: Readonly<Record<string, string>>
  /** As the journal shows it. */
  readonly body: string
  /** What is sent in its place, if anything. */
  readonly stream?: (cut: () => void) => BodyInit
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

/** Errors are never signed. */
export function refusalReply(refusal: Refusal, requestId: string | null = requestIdOf(refusal.code)): Reply {
  return { status: refusal.status, code: refusal.code, requestId, headers: JSON_TYPE, body: refusal.body }
}

export const emptyReply = (status: number): Reply => ({
  status,
  code: null,
  requestId: null,
  headers: { 'Content-Length': '0' },
  body: '',
})

/** 200 with JSON or 204 without, signed. */
export async function goodReply(json: string, signer: PlatformSigner, fault: AnswerFault | undefined): Promise<Reply> {
  const { headers, body } = await signedAnswer(signer, json, fault)
  const status = json === '' ? 204 : 200
  return { status, code: null, requestId: requestIdOf(null), headers: { ...(json && JSON_TYPE), ...headers }, body }
}

/** 200 with a file, or where else to fetch it. Never signed: its bytes are proved by the digest that the bill named. */
export function streamReply(streamed: Streamed, fault: AnswerFault | undefined): Reply {
  const common = { code: null, requestId: requestIdOf(null) }
  if (fault?.kind === 'redirect-download')
    return { ...common, status: 302, headers: { Location: fault.location }, body: '' }
  return {
    ...common,
    status: 200,
    // Said, so that nothing is held back to count its length: what is cut off has begun before.
    headers: { 'Content-Type': streamed.type, 'Transfer-Encoding': 'chunked' },
    body: describeStream(streamed),
    stream: (cut) => openStream(streamed, fault, cut),
  }
}

/** Sends the reply, or cuts the connection. */
export async function send(c: Context<Env>, { gone }: Call, reply: Reply | Cut): Promise<Response> {
  const cut = () => c.env.incoming.socket.resetAndDestroy()
  if (reply instanceof Cut) {
    await waitFor(reply.afterMs, gone)
    cut()
    return RESPONSE_ALREADY_SENT
  }
  const { status, headers, requestId, body, stream } = reply
  const sent = requestId === null ? headers : { ...headers, 'Request-ID': requestId }
  return new Response(stream ? stream(cut) : body || null, { status, headers: sent })
}
