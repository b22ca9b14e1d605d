import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { FIXTURE, until } from '../testing/fixture.ts'
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

/** Everything that comes back, in order. */
function framesOf(socket: WebSocket): (count: number) => Promise<unknown[]> {
  const frames: unknown[] = []
  socket.on('message', (data: Buffer, isBinary) => frames.push(isBinary ? [...data] : JSON.parse(String(data))))
  return (count) =>
    until(
      () => frames,
      ({ length }) => length === count,
    )
}

const ask = (socket: WebSocket, frame: object): void => socket.send(JSON.stringify(frame))

test('the page’s socket is carried to the API with the app’s headers, text and bytes both ways', async () => {
  const url = await serveSockets((socket, { headers }) => {
    socket.send(String(headers['x-token']))
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  const preview = await start(url.replace('ws', 'http'))
  const socket = knock(preview, preview.url)
  const frames = framesOf(socket)
  await once(socket, 'open')
  ask(socket, { connect: { url, headers: { 'x-token': 't' }, protocols: [] } })
  await frames(2)
  ask(socket, { text: 'hi' })
  socket.send(Buffer.from([0, 255]))
  await frames(4)
  ask(socket, { close: { code: 1000, reason: 'done' } })
  expect(await frames(5)).toEqual([
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
    const frames = framesOf(socket)
    await once(socket, 'open')
    ask(socket, { connect: { url, headers: {}, protocols: [] } })
    expect(await frames(1)).toEqual([{ refused: 'the preview connects only to 127.0.0.1:1' }])
  },
)

test.each(['https://evil.example', 'null', undefined])('a page of the origin %s gets no socket', async (origin) => {
  const [error] = await once(knock(await start('http://127.0.0.1:1'), origin), 'error')
  expect(String(error)).toContain('403')
})

const carry = ({ url }: Preview, target: string): Promise<Response> =>
  fetch(url + CARRY.path, {
    method: 'POST',
    headers: { [CARRY.method]: 'GET', [CARRY.url]: target, [CARRY.headers]: '%7B%7D' },
  })

test('an answer is handed on as it comes, and ends at the API when the page gives it up', async () => {
  let isDropped = false
  const apiUrl = await serveHttp((_, response) => {
    response.write('first')
    response.on('close', () => {
      isDropped = true
    })
  })
  const reader = (await carry(await start(apiUrl), apiUrl)).body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
  await reader?.cancel()
  await until(
    () => isDropped,
    (yes) => yes,
  )
})

test('what the network refuses comes back with its code', async () => {
  const refused = await carry(await start('http://127.0.0.1:2'), 'http://127.0.0.1:2/')
  expect([refused.status, await refused.json()]).toEqual([502, expect.objectContaining({ code: 'ECONNREFUSED' })])
})
