import type { ServerType } from '@hono/node-server'
import { type WebSocket, WebSocketServer } from 'ws'
import { isLoopbackHost } from './origin.ts'

export interface Sockets {
  /** Whoever connects to this path is handed to `accept`. */
  at(path: string, accept: (socket: WebSocket) => void): void
  close(): void
}

/** WebSockets of the page. A browser names the origin, and only the page's own is let in. */
export function acceptSockets(server: ServerType): Sockets {
  const sockets = new WebSocketServer({ noServer: true })
  const paths = new Map<string, (socket: WebSocket) => void>()
  server.on('upgrade', (request, socket, head) => {
    const { host, origin } = request.headers
    const accept = paths.get(request.url ?? '')
    if (accept && isLoopbackHost(host) && origin === `http://${host}`) {
      sockets.handleUpgrade(request, socket, head, accept)
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
    }
  })
  return {
    at: (path, accept) => void paths.set(path, accept),
    close: () => {
      for (const client of sockets.clients) client.terminate()
    },
  }
}
