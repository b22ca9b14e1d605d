import http from 'node:http'
import https from 'node:https'
import { WechatPayError } from '../errors.ts'

export interface TransportRequest {
  readonly method: string
  readonly url: URL
  /** Path and query exactly as signed. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  readonly signal: AbortSignal
}

export interface TransportAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array
}

/** Carries one request. Rejects with `ConnectionError` when no complete answer came back. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>
  close?(): void
}

/** `sent` is false only when it is certain that not one byte of the request left this machine. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly sent: boolean
  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.sent = sent
  }
}

/** WeChat closes idle connections after 8 s; a socket older than this could be dead by the time it is used. */
const IDLE_SOCKET_MS = 7_000
const ANSWER_BYTES_MAX = 1024 * 1024

/** `node:http(s)` rather than fetch, because only here can one tell whether a byte was written. */
export function nodeTransport(): Transport {
  const options = { keepAlive: true, timeout: IDLE_SOCKET_MS, maxSockets: 64 }
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }
  return {
    send: (request) =>
      request.url.protocol === 'https:'
        ? sendOnce(https, agents['https:'], request)
        : sendOnce(http, agents['http:'], request),
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function sendOnce(
  module: typeof http | typeof https,
  agent: http.Agent,
  request: TransportRequest,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    // Connected and, for https, past the handshake: from then on bytes may have left.
    let sent = false
    const fail = (cause: unknown) => {
      const text = cause instanceof Error ? cause.message : String(cause)
      reject(new ConnectionError(`${request.method} ${request.url.origin}: ${text}`, sent, cause))
    }
    const outgoing = module.request(
      request.url,
      { agent, method: request.method, path: request.target, headers: request.headers, signal: request.signal },
      (incoming) => {
        sent = true
        collect(incoming).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
          fail,
        )
      },
    )
    outgoing.once('socket', (socket) => {
      const ready = request.url.protocol === 'https:' ? 'secureConnect' : 'connect'
      if (socket.connecting)
        socket.once(ready, () => {
          sent = true
        })
      else sent = true
    })
    outgoing.once('error', fail)
    outgoing.end(request.body)
  })
}

async function collect(incoming: http.IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX) {
      incoming.destroy()
      throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`)
    }
    chunks.push(chunk)
  }
  if (!incoming.complete) throw new Error('the answer broke off')
  return Buffer.concat(chunks)
}

/** A failed exchange as the package's own error; what may have been sent is unknown. */
export function connectionFailed(error: unknown): WechatPayError {
  const sent = error instanceof ConnectionError ? error.sent : true
  const message = error instanceof Error ? error.message : String(error)
  return new WechatPayError('ERR_CONNECTION', `no answer from WeChat Pay: ${message}`, {
    outcome: sent ? 'unknown' : 'rejected',
    cause: error,
  })
}
