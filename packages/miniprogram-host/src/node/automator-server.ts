import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Parameters } from '../automator/handles.ts'
import type { Line } from '../automator/line.ts'
import { describeError, HostError } from '../core/errors.ts'
import { isRecord } from '../core/json.ts'

/** Methods that are answered around the app, not in it. */
export type OwnMethods = Record<string, (parameters: Parameters) => unknown>

export interface AutomatorServerOptions {
  /** 0 takes a free one. */
  port: number
  own?: OwnMethods
  /** Told the number of connected clients whenever it changes. */
  onClients?: ((count: number) => void) | undefined
}

export interface AutomatorServer {
  wsEndpoint: string
  /** Sends an event to every connected client. */
  emit(method: string, parameters: Parameters): void
  /** Requests wait until somebody gives them a line to an app. */
  serve(open: () => Line): void
  close(): Promise<void>
}

const GOING_AWAY = 1001
const GOODBYE_MS = 500

/**
 * Listens on the loopback address for miniprogram-automator, which runs code in the app: a web page, which a browser
 * marks with its origin, may not.
 */
export async function openAutomatorServer({ port, own = {}, onClients }: AutomatorServerOptions) {
  const server = await listen(port)
  const { promise: started, resolve: serve } = Promise.withResolvers<() => Line>()
  server.on('connection', (socket) => {
    const line = started.then((open) => open())
    socket.on('message', async (data) => socket.send(await answer(own, line, String(data))))
    socket.on('close', () => {
      void line.then((opened) => opened.end())
      onClients?.(server.clients.size)
    })
    onClients?.(server.clients.size)
  })
  const opened: AutomatorServer = {
    wsEndpoint: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emit: (method, params) => {
      for (const client of server.clients) client.send(JSON.stringify({ method, params }))
    },
    serve,
    close: () => {
      for (const client of server.clients) sayGoodbye(client)
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return opened
}

async function listen(port: number): Promise<WebSocketServer> {
  const server = new WebSocketServer({
    port,
    host: '127.0.0.1',
    verifyClient: ({ origin }: { origin?: string }) => !origin,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new HostError(`Port ${port} is taken: give the automator another one.`) : error)
    })
  })
  return server
}

/** A last answer still gets through; who does not hang up is cut off. */
function sayGoodbye(client: WebSocket): void {
  client.close(GOING_AWAY)
  setTimeout(() => client.terminate(), GOODBYE_MS).unref()
}

async function answer(own: OwnMethods, line: Promise<Line>, text: string): Promise<string> {
  let id: unknown
  try {
    const request: unknown = JSON.parse(text)
    if (!isRecord(request)) throw new TypeError('a request is an object with id, method and params')
    id = request.id
    const method = String(request.method)
    const params = isRecord(request.params) ? request.params : {}
    const answerHere = Object.hasOwn(own, method) ? own[method] : undefined
    const result = answerHere ? await answerHere(params) : await (await line).ask(method, params)
    return JSON.stringify({ id, result: result ?? {} })
  } catch (error) {
    return JSON.stringify({ id, error: { message: describeError(error).message } })
  }
}
