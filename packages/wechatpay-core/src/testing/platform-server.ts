import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Parties, signed } from './keys.ts'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly body?: string
  /** Replaces the signature headers of a 2xx; `null` leaves an answer unsigned. */
  readonly headers?: Readonly<Record<string, string>> | null
  /** Ends the connection instead of answering. */
  readonly reset?: boolean
  /** Answers by itself, unsigned: a file. */
  readonly serve?: (outgoing: ServerResponse) => unknown
  /** Never answers. */
  readonly silent?: boolean
}

/** A WeChat Pay reduced to what one test says: it signs every 2xx and remembers what it saw. */
export async function startPlatform(
  parties: Parties,
  answer: (request: SeenRequest, count: number) => Reply | Promise<Reply>,
) {
  const seen: SeenRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    }
    seen.push(request)
    const reply = await answer(request, seen.length)
    if (reply.silent) return
    if (reply.serve) return void (await reply.serve(outgoing))
    if (reply.reset) return void incoming.socket.destroy()
    const status = reply.status ?? 200
    const body = reply.body ?? ''
    const good = status < 300 ? await signed(parties, body) : {}
    outgoing.writeHead(status, {
      'Request-ID': 'REQ-1-0',
      ...(reply.headers === null ? {} : { ...good, ...reply.headers }),
    })
    outgoing.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
