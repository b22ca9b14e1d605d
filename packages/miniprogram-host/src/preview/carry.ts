import type { Context } from 'hono'
import { causeOf } from '../core/errors.ts'
import { fetchCarrier } from '../node/carrier.ts'
import { CARRY } from './browser/carry.ts'
import { isForeignOrigin } from './origin.ts'

const refuse = (context: Context, status: 400 | 403, message: string) => context.json({ error: message }, status)

/**
 * Carries `wx.request` for the page, which the browser's CORS would stop; only to the origins that the preview was
 * started with, anywhere without targets. A redirect is handed back, not followed: it could lead elsewhere.
 */
export function createCarry(targets: readonly string[] | undefined) {
  const allowed = targets && new Set(targets.map((target) => new URL(target).origin))
  return async (context: Context): Promise<Response> => {
    const header = (name: string) => context.req.header(name)
    if (isForeignOrigin(header('origin'), header('host'))) return refuse(context, 403, 'foreign origin')
    const [method, url, headers] = [header(CARRY.method), header(CARRY.url), header(CARRY.headers)]
    if (!method || !url || !headers)
      return refuse(context, 400, `the headers ${CARRY.method}, -url and -headers are required`)
    if (allowed && !(URL.canParse(url) && allowed.has(new URL(url).origin))) {
      const targets = [...allowed].join(' and ')
      return refuse(context, 403, `the preview carries requests only to ${targets}: start it with another --api`)
    }
    const body = method === 'GET' || method === 'HEAD' ? undefined : new Uint8Array(await context.req.arrayBuffer())
    try {
      const answer = await untilHead(context.req.raw.signal, (signal) =>
        fetchCarrier({ url, method, headers: JSON.parse(decodeURIComponent(headers)), body, signal }),
      )
      const carried = {
        [CARRY.status]: String(answer.status),
        [CARRY.headers]: encodeURIComponent(JSON.stringify(answer.headers)),
      }
      return context.body(answer.body, 200, {
        ...carried,
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
      })
    } catch (error) {
      const { message, code } = causeOf(error)
      return context.json({ error: message, code }, 502)
    }
  }
}

/** The page may give up until there is an answer; from then on the end of the answer's stream says it all. */
async function untilHead<T>(page: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController()
  const giveUp = (): void => control.abort()
  page.addEventListener('abort', giveUp)
  try {
    return await work(control.signal)
  } finally {
    page.removeEventListener('abort', giveUp)
  }
}
