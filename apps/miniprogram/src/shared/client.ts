import { Problem } from '@shouyin/contracts/problem'
import type { InputOf, OutputOf, Route } from '@shouyin/contracts/route'
import type { reports } from '@shouyin/contracts/shopper'
import * as v from 'valibot'
import { newRef } from './ref.ts'
import { isLocal, RequestFailed } from './request-failed.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  /** JSON. */
  body: string | undefined
  timeoutMs: number
}
export interface HttpAnswer {
  status: number
  /** Parsed JSON, or the text when it was none. */
  body: unknown
}
/** Rejects with {@link RequestFailed} when there is no answer. */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>

export interface Session {
  token(): Promise<string>
  /** Replaces a token that the server refused. */
  renew(refused: string): Promise<string>
}
export interface CallOptions {
  idempotencyKey?: string
}
export interface Client {
  call<R extends Route>(route: R, input: InputOf<R>, options?: CallOptions): Promise<OutputOf<R>>
}
interface Config {
  baseUrl: string
  send: Send
  session: Session
  now: () => number
  /** Told of slow requests, and of failures that the server cannot know of. */
  report: (report: reports.Report, thrown?: unknown) => void
}

const TIMEOUT_MS = 15_000
const SLOW_MS = 3000

/** Calls the routes of the contracts. Strict in what it sends, lenient in what it reads. */
export function createClient({ baseUrl, send, session, now, report }: Config): Client {
  return {
    async call(route, input, options = {}) {
      const about = { ref: newRef(), operation: `${route.method} ${route.path}` }
      const ask = async (token?: string) => {
        const startedAt = now()
        const headers = headersOf(about.ref, token, options)
        const answer = await send({ ...requestOf(baseUrl, route, input), headers })
        const durationMs = now() - startedAt
        // Longer than the time limit: the phone slept meanwhile.
        if (durationMs >= SLOW_MS && durationMs <= TIMEOUT_MS) report({ kind: 'slow-request', ...about, durationMs })
        return answer
      }
      try {
        if (route.public) return read(route, await ask())
        const token = await session.token()
        const answer = await ask(token)
        return read(route, answer.status === 401 ? await ask(await session.renew(token)) : answer)
      } catch (error) {
        const failed = error instanceof RequestFailed ? error : new RequestFailed({ code: 'DEFECT', message: '' })
        const { code } = failed
        // A login within this call has an id already, and was told of.
        if (!failed.ref && isLocal(code)) report({ kind: 'failed-request', ...about, code }, error)
        failed.ref ??= about.ref
        throw failed
      }
    },
  }
}

function requestOf(baseUrl: string, route: Route, input: unknown) {
  const rest: Record<string, unknown> = { ...(input as object) }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return value
  })
  const inBody = route.method === 'POST'
  return {
    method: route.method,
    url: baseUrl + path + (inBody ? '' : queryOf(rest)),
    body: inBody ? JSON.stringify(rest) : undefined,
    timeoutMs: TIMEOUT_MS,
  }
}

function queryOf(members: Record<string, unknown>): string {
  const pairs = Object.entries(members).filter(([, value]) => value !== undefined)
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}

function headersOf(ref: string, token: string | undefined, options: CallOptions): Record<string, string> {
  return {
    'content-type': 'application/json',
    'request-ref': ref,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
  }
}

function read<R extends Route>(route: R, answer: HttpAnswer): OutputOf<R> {
  if (answer.status >= 200 && answer.status < 300) {
    const output = v.safeParse(route.output, answer.body)
    if (output.success) return output.output as OutputOf<R>
  }
  const problem = v.safeParse(Problem, answer.body)
  if (problem.success) throw new RequestFailed(problem.output.error)
  throw new RequestFailed({ code: 'ANSWER_UNREADABLE', message: `answered ${answer.status}` })
}
