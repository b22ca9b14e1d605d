import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { post } from './post.ts'

let server: Server | undefined

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  server = undefined
})

const serve = async (answer: Parameters<typeof createServer>[1]) => {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`
}

describe('a delivery over HTTP', () => {
  test('sends the bytes with their length and the headers', async () => {
    const seen: string[] = []
    const url = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text) => seen.push(text))
      request.on('end', () => {
        seen.push(String(request.headers['content-length']), String(request.headers['x-mark']), request.method ?? '')
        response.writeHead(204).end()
      })
    })
    expect(await post(url, { 'X-Mark': 'm' }, '支付')).toEqual({ status: 204, error: null })
    expect(seen).toEqual(['支付', '6', 'm', 'POST'])
  })

  test('does not follow a redirect', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.writeHead(302, { Location: '/elsewhere' }).end()
    })
    expect(await post(url, {}, '{}')).toEqual({ status: 302, error: null })
    expect(calls).toBe(1)
  })

  test('swallows a long answer and keeps its status', async () => {
    const url = await serve((_request, response) => response.writeHead(200).end('x'.repeat(500_000)))
    expect(await post(url, {}, '{}')).toEqual({ status: 200, error: null })
  })

  test.each([
    ['cut before the answer', (socket: { destroy(): void }) => socket.destroy()],
    [
      'cut within the answer',
      (socket: { end(text: string): void }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
    ],
    ['answered in another protocol', (socket: { end(text: string): void }) => socket.end('hello\r\n\r\n')],
    [
      'answered with a change of protocol',
      (socket: { write(text: string): void }) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ],
  ])('that is %s has no status and says why', async (_name, behave) => {
    const url = await serve((request) => behave(request.socket))
    const { status, error } = await post(url, {}, '{}')
    expect(status).toBeNull()
    expect(error).toMatch(/\w/)
  })

  test('reads the scheme in any case', async () => {
    const { status, error } = await post('HTTPS://127.0.0.1:9/notify', {}, '{}')
    expect([status, error]).toEqual([null, expect.stringContaining('ECONNREFUSED')])
  })

  test('to a port where nobody listens says so', async () => {
    const { status, error } = await post('http://127.0.0.1:9/notify', {}, '{}')
    expect([status, error]).toEqual([null, expect.stringContaining('ECONNREFUSED')])
  })
})
