import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** WeChat waits this long for the answer to a notification; real time. */
export const ANSWER_TIMEOUT_MS = 5000

export interface PostResult {
  /** Null when no answer came. */
  readonly status: number | null
  readonly error: string | null
}

/** One POST on a connection of its own; redirects are not followed. Never rejects. */
export function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostResult> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
    const failed = (error: Error) =>
      resolve({
        status: null,
        error: signal.aborted ? `no answer within ${ANSWER_TIMEOUT_MS / 1000} s` : describe(error),
      })
    const { protocol } = new URL(url)
    const send = protocol === 'https:' ? requestHttps : requestHttp
    const length = String(Buffer.byteLength(body))
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'Content-Length': length },
    })
    request.on('error', failed)
    // A promise that is settled stays as it is; without any of the above (101 Switching Protocols) there is no answer.
    request.on('close', () => failed(new Error('closed without an answer')))
    request.on('response', (response) => {
      response.on('error', failed)
      response.on('end', () => resolve({ status: response.statusCode ?? null, error: null }))
      response.resume()
    })
    request.end(body)
  })
}

// A refused connection to a name with several addresses has an empty message but a code.
const describe = (error: Error): string => error.message || ('code' in error ? String(error.code) : error.name)
