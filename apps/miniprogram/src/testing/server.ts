import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Send } from '../shared/client.ts'
import { RequestFailed } from '../shared/request-failed.ts'

export interface Received {
  method: string
  path: string
  query: Record<string, string>
  headers: IncomingMessage['headers']
  body: unknown
}
type Reply = { status?: number; body?: unknown } | 'hang-up'

/** A server on a free port that answers as told and remembers what it was asked. */
export async function startServer(answer: (request: Received) => Reply | Promise<Reply>) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    let text = ''
    for await (const chunk of request) text += chunk
    const one: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    received.push(one)
    const reply = await answer(one)
    if (reply === 'hang-up') return request.socket.destroy()
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' })
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What `wx.request` does on a phone: JSON when it is JSON, else the text. */
export const sendByFetch: Send = async (request) => {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    body: request.body ?? null,
    signal: AbortSignal.timeout(request.timeoutMs),
  }).catch((cause) => {
    throw new RequestFailed({ code: 'OFFLINE', message: String(cause) })
  })
  const text = await answer.text()
  try {
    return { status: answer.status, body: JSON.parse(text) }
  } catch {
    return { status: answer.status, body: text }
  }
}

export const problem = (status: number, code: string) => ({
  status,
  body: { error: { code, message: code, requestId: 'req-1' } },
})

/** An order as the server shows it. */
export const orderWith = (members: object) => ({
  id: 'order-1',
  outTradeNo: 'SY20261121000001',
  status: 'pending',
  confirming: false,
  amountFen: 1990,
  discountFen: 0,
  discountName: null,
  refundedFen: 0,
  items: [{ goodsId: 'ball', name: '羽毛球', priceFen: 1990, quantity: 1 }],
  createdAt: '2026-11-21T09:00:00+08:00',
  expiresAt: '2026-11-21T09:30:00+08:00',
  paidAt: null,
  ...members,
})
