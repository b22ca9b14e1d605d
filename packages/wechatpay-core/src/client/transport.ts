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

/** An answer whose bytes come as they are asked for; who stops asking before the end ends the connection. */
export interface TransportStream extends Pick<TransportAnswer, 'status' | 'headers'> {
  /** Throws when the answer breaks off. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Carries one request. Rejects with `ConnectionError` when no complete answer came back. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>
  /** The same for an answer of any size, which downloads need. The signal ends the body too. Follows no redirect. */
  stream?(request: TransportRequest): Promise<TransportStream>
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
  /** The head of the answer; the request is under way until its last byte was read or the connection ended. */
  const open = async (request: TransportRequest): Promise<http.IncomingMessage> => {
    underWay += 1
    const done = () => {
      underWay -= 1
      endIfIdle()
    }
    try {
      const incoming = await (request.url.protocol === 'https:'
        ? openWith(https, agents['https:'], request)
        : openWith(http, agents['http:'], request))
      return incoming.once('close', done)
    } catch (error) {
      done()
      throw error
    }
  }
  return {
    async send(request) {
      const incoming = await open(request)
      return { ...headOf(incoming), body: await collect(read(incoming, request)) }
    },
    async stream(request) {
      const incoming = await open(request)
      return { ...headOf(incoming), body: read(incoming, request) }
    },
    close() {
      closing = true
      endIfIdle()
    },
  }
}

function openWith(
  module: typeof http | typeof https,
  agent: http.Agent,
  request: TransportRequest,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Connected and, for https, past the handshake: from then on bytes may have left.
    let sent = false
    const { method, url, target: path, headers, signal } = request
    const fail = (error: unknown) => {
      clearTimeout(connecting)
      reject(connectionError(request, sent, error))
    }
    const outgoing = module.request(url, { agent, method, path, headers, signal }, (incoming) => {
      // An answer that ends before anybody reads it keeps its error for the reader.
      resolve(incoming.on('error', () => {}))
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

const headOf = ({ statusCode: status = 0, headers }: http.IncomingMessage) => ({ status, headers })

/** As fast as it is read, no faster: the socket is paused meanwhile. */
async function* read(incoming: http.IncomingMessage, request: TransportRequest): AsyncGenerator<Uint8Array, void> {
  try {
    yield* incoming as AsyncIterable<Buffer>
    if (!incoming.complete) throw new Error('the answer broke off')
  } catch (error) {
    throw connectionError(request, true, error)
  }
}

/** The whole of a body that should be small. */
export async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function connectionError({ method, url }: TransportRequest, sent: boolean, error: unknown): ConnectionError {
  const cause = bareCause(error)
  return new ConnectionError(`${method} ${url.origin}: ${cause.message}`, sent, cause)
}

/** A failed exchange as the package's own error; what may have been sent is unknown. */
export function connectionFailed(error: unknown): WechatPayError {
  if (error instanceof WechatPayError) return error
  const sent = !(error instanceof ConnectionError) || error.sent !== false
  const cause = bareCause(error)
  return new WechatPayError('ERR_CONNECTION', `no answer from WeChat Pay: ${cause.message}`, {
    outcome: sent ? 'unknown' : 'rejected',
    cause,
  })
}
