import type { IncomingHttpHeaders } from 'node:http'
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
  const body = Buffer.from(await c.req.arrayBuffer())
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
