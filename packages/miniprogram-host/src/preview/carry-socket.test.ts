import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { FIXTURE } from '../testing/fixture.ts'
import { serveHttp, serveSockets } from '../testing/servers.ts'
import { CARRY } from './browser/carry.ts'
import { SOCKET_PATH } from './browser/sockets.ts'
import { type Preview, servePreview } from './server.ts'

async function start(apiUrl: string): Promise<Preview> {
  const preview = await servePreview({ project: FIXTURE, port: 0, apiUrl, simulatorUrl: apiUrl })
  onTestFinished(() => preview.close())
  return preview
}

function knock({ url }: Preview, origin: string | undefined): WebSocket {
  const socket = new WebSocket(url.replace('http', 'ws') + SOCKET_PATH, origin === undefined ? {} : { origin })
  onTestFinished(() => socket.terminate())
  return socket
}

async function next(socket: WebSocket): Promise<unknown> {
  const [data, isBinary]: [Buffer, boolean] = (await once(socket, 'message')) as never
  return isBinary ? [...data] : JSON.parse(String(data))
}

const ask = (socket: WebSocket, frame: object): void => socket.send(JSON.stringify(frame))

test('the page’s socket is carried to the API with the app’s headers, text and bytes both ways', async () => {
  const url = await serveSockets((socket, { headers }) => {
    socket.send(String(headers['x-token']))
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  const preview = await start(url.replace('ws', 'http'))
  const socket = knock(preview, preview.url)
  await once(socket, 'open')
  const frames: unknown[] = []
  ask(socket, { connect: { url, headers: { 'x-token': 't' }, protocols: [] } })
  frames.push(await next(socket), await next(socket))
  ask(socket, { text: 'hi' })
  frames.push(await next(socket))
  socket.send(Buffer.from([0, 255]))
  frames.push(await next(socket))
  ask(socket, { close: { code: 1000, reason: 'done' } })
  frames.push(await next(socket))
  expect(frames).toEqual([
    { open: expect.arrayContaining([['upgrade', 'websocket']]) },
    { text: 't' },
    { text: 'hi' },
    [0, 255],
    { closed: { code: 1000, reason: 'done' } },
  ])
})

test.each(['ws://127.0.0.1:9/', 'ws://localhost:9/', 'wss://example.com/', 'nonsense'])(
  'no socket is carried to %s',
  async (url) => {
    const preview = await start('http://127.0.0.1:1')
    const socket = knock(preview, preview.url)
    await once(socket, 'open')
    ask(socket, { connect: { url, headers: {}, protocols: [] } })
    expect(await next(socket)).toEqual({ refused: 'the preview connects only to 127.0.0.1:1' })
  },
)

test.each(['https://evil.example', 'null', undefined])('a page of the origin %s gets no socket', async (origin) => {
  const [error] = await once(knock(await start('http://127.0.0.1:1'), origin), 'error')
  expect(String(error)).toContain('403')
})

test('an answer is handed on as it comes, and a refusal of the network with its code', async () => {
  const apiUrl = await serveHttp((_, response) => void response.write('first'))
  const preview = await start(apiUrl)
  const carry = (url: string): Promise<Response> =>
    fetch(preview.url + CARRY.path, {
      method: 'POST',
      headers: { [CARRY.method]: 'GET', [CARRY.url]: url, [CARRY.headers]: '%7B%7D' },
    })
  const reader = (await carry(apiUrl)).body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
  await reader?.cancel()
  const dead = await start('http://127.0.0.1:2')
  const refused = await fetch(dead.url + CARRY.path, {
    method: 'POST',
    headers: { [CARRY.method]: 'GET', [CARRY.url]: 'http://127.0.0.1:2/', [CARRY.headers]: '%7B%7D' },
  })
  expect([refused.status, await refused.json()]).toEqual([502, expect.objectContaining({ code: 'ECONNREFUSED' })])
})
