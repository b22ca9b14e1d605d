import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Host } from '../core/host.ts'

/** A server on this machine that ends with the test; its origin. */
export async function serveHttp(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function serveSockets(accept: (socket: WebSocket, request: IncomingMessage) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false })
  server.on('connection', accept)
  await new Promise<void>((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

/** The name service and the certificate of a domain: what is sent there arrives at a server on this machine. */
export function pointDomain({ env }: Host, domain: string, server: string): void {
  const { carrier, sockets } = env
  const redirect = (url: string): string => url.replace(domain, server)
  env.carrier = (request) => carrier({ ...request, url: redirect(request.url) })
  env.sockets = (request, events) => sockets({ ...request, url: redirect(request.url) }, events)
}
