import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Lifecycle } from './kernel/http/server.ts'
import { SettingsError } from './settings/reader.ts'

interface Fetcher {
  fetch(request: Request, env: object): Response | Promise<Response>
}

export interface Listening {
  readonly url: string
  /** Answers with this app; until then requests wait. */
  serve(app: Fetcher): void
  /** Goes on answering for that long, or until nobody is connected. */
  drain(ms: number): Promise<void>
  close(): Promise<void>
}

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 15_000
const CLOSE_WITHIN_MS = 15_000

/** Takes the port. @throws SettingsError when somebody else has it */
export async function listen(
  { host, port }: { readonly host: string; readonly port: number },
  lifecycle: Lifecycle,
): Promise<Listening> {
  const { promise: ready, resolve: serve } = Promise.withResolvers<Fetcher>()
  const server = createAdaptorServer({
    fetch: async (request, env) => (await ready).fetch(request, env),
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
    },
  }) as import('node:http').Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    url: urlOf(server.address() as AddressInfo),
    serve,
    drain: (ms) => delay(ms),
    async close() {
      lifecycle.draining = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const force = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
      await closed
      clearTimeout(force)
    },
  }
}

/** As reached from this machine, also when it listens on every address. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function explain(error: Error, host: string, port: number): Error {
  const code: unknown = Reflect.get(error, 'code')
  if (code === 'EADDRINUSE') return new SettingsError(`PORT: ${host}:${port} is taken; stop who has it or set another`)
  return new SettingsError(`HOST, PORT: cannot listen on ${host}:${port} (${String(code)})`)
}
