import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** One notification exactly as it came. */
export interface Letter {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The public address of the servers: hands what comes to one of them, or keeps it. */
export type Postbox = Awaited<ReturnType<typeof openPostbox>>

const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

export async function openPostbox() {
  let target: string | undefined
  const letters: Letter[] = []
  const server = createServer(async (request, response) => {
    const letter = await read(request)
    letters.push(letter)
    response.statusCode = target === undefined ? 503 : await send(letter, target).catch(() => 502)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters: letters as readonly Letter[],
    /** Undefined: nobody is at home, WeChat Pay will come again. */
    forwardTo(url: string | undefined) {
      target = url
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @returns the status */
export async function send({ path, headers, body }: Letter, target: string): Promise<number> {
  const response = await fetch(target + path, { method: 'POST', headers, body: new Uint8Array(body) })
  await response.body?.cancel()
  return response.status
}

async function read(request: IncomingMessage): Promise<Letter> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !HOP_BY_HOP.has(name)) headers[name] = value
  }
  return { path: request.url ?? '/', headers, body: await buffer(request) }
}
