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
/** A body up to here is read to its end and dropped: a sender that is still writing would never see the answer. */
const BODY_DROPPED_MAX_BYTES = 16 * BODY_MAX_BYTES

/** The body has more than `BODY_MAX_BYTES`. */
export class BodyTooLarge extends Error {}

/** @throws BodyTooLarge; the connection stays, so that it can be answered */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > BODY_DROPPED_MAX_BYTES) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > BODY_DROPPED_MAX_BYTES) throw new BodyTooLarge()
    if (bytes <= BODY_MAX_BYTES) chunks.push(chunk)
  }
  if (bytes > BODY_MAX_BYTES) throw new BodyTooLarge()
  return Buffer.concat(chunks)
}

/** The caller left before the whole request was here: no defect, and nobody to answer. */
export const isAbandoned = ({ incoming }: HttpBindings): boolean => incoming.destroyed && !incoming.complete

// What Pay Score keeps, and a discount card, are matched and listed by their numbers as an order is.
const NUMBER_IN_PATH =
  /\/(?:out-trade-no|merchant-plan-no|merchant-sign-plan-no|payscore\/serviceorder|discount-card\/cards)\/([^/]+)/
const NUMBERS_IN_BODY = ['out_trade_no', 'out_order_no', 'merchant_sign_plan_no', 'merchant_plan_no', 'out_card_code']

/** The merchant's number of what a call is about; for faults and lists, so never strict. */
export function outTradeNoOf(call: Call): string | null {
  const inPath = NUMBER_IN_PATH.exec(call.path)?.[1]
  if (inPath !== undefined) return decodeNumber(inPath)
  const inQuery = numberInQuery(call, 'out_order_no')
  if (inQuery !== null) return inQuery
  return NUMBERS_IN_BODY.map((name) => numberInBody(call, name)).find((number) => number !== null) ?? null
}

export const numberInQuery = ({ url }: Call, name: string): string | null =>
  new URLSearchParams(url.split('?').slice(1).join('?')).get(name)

/** The first text of that name anywhere in the body. */
export function numberInBody({ body }: Call, name: string): string | null {
  // No number is longer; a longer text would be kept with the request.
  const found = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.){1,200}")`).exec(body.toString())?.[1]
  return found === undefined ? null : decodeJson(found)
}

/** A number out of a path; what is wrongly escaped stays as it is. */
export function decodeNumber(text: string): string {
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
