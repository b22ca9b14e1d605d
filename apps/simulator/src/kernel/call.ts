import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

export type Env = { Bindings: HttpBindings }

/** A request as it arrived: nothing decoded, nothing normalised, because the signature covers these bytes. */
export interface Call {
  /** Wall time. */
  readonly arrivedAtMs: number
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Aborted when the caller has gone. */
  readonly gone: AbortSignal
}

export async function readCall(c: Context<Env>): Promise<Call> {
  const { incoming, outgoing } = c.env
  const arrivedAtMs = Date.now()
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const url = incoming.url ?? '/'
  const [path = '/'] = url.split('?', 1)
  const body = await readBody(incoming)
  return {
    arrivedAtMs,
    method: incoming.method ?? 'GET',
    url,
    path,
    headers: incoming.headers,
    body,
    gone: gone.signal,
  }
}

export const BODY_MAX_BYTES = 1024 * 1024

/** The body has more than `BODY_MAX_BYTES`. */
export class BodyTooLarge extends Error {}

/** @throws BodyTooLarge as soon as it is known; the connection stays, so that it can be answered */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > BODY_MAX_BYTES) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > BODY_MAX_BYTES) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The first of the members that tell which order a call is about; for faults and lists, so never strict. */
export function outTradeNoOf(call: Call): string | null {
  const inPath = /\/out-trade-no\/([^/]+)/.exec(call.path)?.[1]
  if (inPath !== undefined) return decode(inPath)
  const inBody = /"out_trade_no"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(call.body.toString())?.[1]
  return inBody === undefined ? null : decodeJson(inBody)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function decodeJson(text: string): string | null {
  try {
    return String(JSON.parse(text))
  } catch {
    return null
  }
}
