import http from 'node:http'
import https from 'node:https'
import { bareCause, WechatPayError } from '../errors.ts'

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
  /** No calls after this one; those under way go on. */
  close?(): void
}

/** `sent` is false only when it is certain that not one byte of the request left this machine. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly sent: boolean
  constructor(message: string, sent: boolean, cause?: Error) {
    super(message, cause && { cause })
    this.sent = sent
  }
}

/** WeChat closes idle connections after 8 s; a socket older than this could be dead by the time it is used. */
const IDLE_SOCKET_MS = 7_000
const ANSWER_BYTES_MAX = 1024 * 1024

/** A host that takes longer to connect is given up, so that the backup host has time left. */
const CONNECT_MS = 3_000

/** `node:http(s)` rather than fetch, because only here can one tell whether a byte was written. */
export function nodeTransport(): Transport {
  const options = { keepAlive: true, timeout: IDLE_SOCKET_MS, maxSockets: 64 }
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }
  let underWay = 0
  let closing = false
  const endIfIdle = () => {
    if (closing && underWay === 0) for (const agent of Object.values(agents)) agent.destroy()
  }
  return {
    async send(request) {
      underWay += 1
      try {
        return request.url.protocol === 'https:'
          ? await sendOnce(https, agents['https:'], request)
          : await sendOnce(http, agents['http:'], request)
      } finally {
        underWay -= 1
        endIfIdle()
      }
    },
    close() {
      closing = true
      endIfIdle()
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
    const { method, url, target: path, headers, signal } = request
    const fail = (error: unknown) => {
      clearTimeout(connecting)
      const cause = bareCause(error)
      reject(new ConnectionError(`${method} ${url.origin}: ${cause.message}`, sent, cause))
    }
    const outgoing = module.request(url, { agent, method, path, headers, signal }, (incoming) => {
      const answered = (body: Uint8Array) =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body })
      collect(incoming).then(answered, fail)
    })
    const giveUp = () => outgoing.destroy(new Error(`not connected within ${CONNECT_MS} ms`))
    const connecting = setTimeout(giveUp, CONNECT_MS)
    const connected = () => {
      clearTimeout(connecting)
      sent = true
    }
    outgoing.once('socket', (socket) => {
      if (socket.connecting) socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
      else connected()
    })
    outgoing.once('upgrade', (_, socket) => {
      socket.destroy()
      fail(new Error('the answer switches protocols'))
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
  const sent = !(error instanceof ConnectionError) || error.sent !== false
  const cause = bareCause(error)
  return new WechatPayError('ERR_CONNECTION', `no answer from WeChat Pay: ${cause.message}`, {
    outcome: sent ? 'unknown' : 'rejected',
    cause,
  })
}
