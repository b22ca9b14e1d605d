import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createSession, type Parameters, type Session } from '../automator/handles.ts'
import { handle } from '../automator/protocol.ts'
import { describeError, HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'

export interface AutomatorServer {
  wsEndpoint: string
  /** Sends an event to every connected client. */
  emit(method: string, parameters: Parameters): void
  /** Requests wait until there is a host to answer them. */
  serve(host: Host): void
  close(): Promise<void>
}

/**
 * Listens on the loopback address for miniprogram-automator, which runs code in the app: a web page, which a browser
 * marks with its origin, may not.
 */
export async function openAutomatorServer(port: number): Promise<AutomatorServer> {
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
  const { promise: started, resolve: start } = Promise.withResolvers<Host>()
  server.on('connection', (socket) => {
    const session = started.then(createSession)
    socket.on('message', async (data) => socket.send(await answer(session, String(data))))
  })
  return {
    wsEndpoint: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emit: (method, params) => broadcast(server.clients, JSON.stringify({ method, params })),
    serve: start,
    close: () => {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function broadcast(clients: Iterable<WebSocket>, text: string): void {
  for (const client of clients) client.send(text)
}

async function answer(session: Promise<Session>, text: string): Promise<string> {
  let id: unknown
  try {
    const request: unknown = JSON.parse(text)
    if (!isRecord(request)) throw new TypeError('a request is an object with id, method and params')
    id = request.id
    const params = isRecord(request.params) ? request.params : {}
    return JSON.stringify({ id, result: await handle(await session, String(request.method), params) })
  } catch (error) {
    return JSON.stringify({ id, error: { message: describeError(error).message } })
  }
}
