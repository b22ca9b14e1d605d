import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createSession, type Parameters } from '../automator/handles.ts'
import { handle } from '../automator/protocol.ts'
import { describeError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'

export interface AutomatorServer {
  wsEndpoint: string
  /** Sends an event to every connected client. */
  emit(method: string, parameters: Parameters): void
  /** From here on requests are answered by this host. */
  serve(host: Host): void
  close(): Promise<void>
}

/** Listens on the loopback address for miniprogram-automator. */
export async function openAutomatorServer(port: number): Promise<AutomatorServer> {
  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  let host: Host | undefined
  server.on('connection', (socket) => {
    const session = host && createSession(host)
    socket.on('message', async (data) => {
      const { id, method, params } = JSON.parse(String(data))
      try {
        if (!session) throw new Error('the mini-program has not started yet')
        socket.send(JSON.stringify({ id, result: await handle(session, method, params ?? {}) }))
      } catch (error) {
        socket.send(JSON.stringify({ id, error: { message: describeError(error).message } }))
      }
    })
  })
  return {
    wsEndpoint: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emit: (method, params) => broadcast(server.clients, JSON.stringify({ method, params })),
    serve: (started) => {
      host = started
    },
    close: () => {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function broadcast(clients: Iterable<WebSocket>, text: string): void {
  for (const client of clients) client.send(text)
}
