import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { type Driven, drive, until } from '../../testing/fixture.ts'
import { call } from '../../testing/in-app.ts'
import { serveHttp, serveSockets } from '../../testing/servers.ts'

interface SocketTask {
  readyState: number
  OPEN: number
  send(options: object): void
  close(options: object): void
  onOpen(listener: (told: never) => void): void
  onMessage(listener: (told: never) => void): void
  onClose(listener: (told: never) => void): void
  onError(listener: (told: never) => void): void
}

type Told = [event: string, value: unknown]

declare const wx: Record<string, (given: unknown) => never> & { connectSocket(options: object): SocketTask }
declare const told: Told[]
declare const task: SocketTask

const echo = (): Promise<string> =>
  serveSockets((socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })))

/** Connects in the app, which writes down everything that it is told; then `told` and `task` are globals there. */
async function connect({ mini }: Driven, options: object): Promise<void> {
  await mini.evaluate((given: object) => {
    const told: Told[] = []
    const note = (event: string) => (value: unknown) => void told.push([event, value])
    const task = wx.connectSocket({ ...given, success: note('success'), fail: note('fail') })
    task.onOpen(note('open'))
    task.onError(note('error'))
    task.onClose(note('close'))
    task.onMessage(({ data }: { data: string | ArrayBuffer }) => {
      note('message')(data instanceof ArrayBuffer ? Array.from(new Uint8Array(data)) : data)
    })
    Object.assign(globalThis, { told, task })
  }, options)
}

const events = ({ mini }: Driven, last: string): Promise<Told[]> =>
  until(
    () => mini.evaluate(() => told) as unknown as Promise<Told[]>,
    (list) => list.some(([event]) => event === last),
  )

test('a socket opens, carries text and bytes both ways, and closes', async () => {
  const driven = await drive()
  await connect(driven, { url: await echo() })
  await events(driven, 'open')
  await driven.mini.evaluate(() => {
    task.send({ data: '你好' })
    task.send({ data: new Uint8Array([0, 255]).buffer })
  })
  await until(
    () => driven.mini.evaluate(() => told.length) as unknown as Promise<number>,
    (count) => count === 4,
  )
  await driven.mini.evaluate(() => task.close({ code: 1000, reason: 'done' }))
  expect(await events(driven, 'close')).toEqual([
    ['success', { errMsg: 'connectSocket:ok', socketTaskId: 1 }],
    ['open', { header: expect.objectContaining({ upgrade: 'websocket' }) }],
    ['message', '你好'],
    ['message', [0, 255]],
    ['close', { code: 1000, reason: 'done' }],
  ])
})

test('headers and protocols of the app arrive; the referer is WeChat’s', async () => {
  const requests: IncomingMessage[] = []
  const url = await serveSockets((_, request) => requests.push(request))
  const driven = await drive()
  await connect(driven, { url, header: { 'X-Token': 't', referer: 'mine' }, protocols: ['v2', 'v1'] })
  await events(driven, 'open')
  expect(requests[0]?.headers).toMatchObject({
    'x-token': 't',
    referer: expect.stringContaining('servicewechat.com'),
    'sec-websocket-protocol': 'v2,v1',
  })
})

test.each([
  ['the server', (socket: WebSocket) => socket.close(4001, 'bye'), { code: 4001, reason: 'bye' }],
  ['the server, without a reason', (socket: WebSocket) => socket.close(1000), { code: 1000, reason: 'normal closure' }],
  ['a broken line', (socket: WebSocket) => socket.terminate(), { code: 1006, reason: 'abnormal closure' }],
])('a socket closed by %s tells code and reason', async (_, end, wanted) => {
  const driven = await drive()
  await connect(driven, { url: await serveSockets(end) })
  expect((await events(driven, 'close')).at(-1)).toEqual(['close', wanted])
})

test('a connection that does not come about is an error with the words of a phone', async () => {
  const http = (await serveHttp((_, response) => response.writeHead(404).end())).replace('http', 'ws')
  const silent = (await serveHttp(() => {})).replace('http', 'ws')
  const cases = [
    [{ url: 'ws://127.0.0.1:1/' }, 'exception onOpen fail code:2, msg:Underlying Transport Error'],
    [{ url: http }, 'exception onOpen fail code:20, msg:Invalid HTTP status.'],
    [{ url: silent, timeout: 20 }, 'exception onOpen fail code:9, msg:Timer Expired'],
  ] as const
  const driven = await drive()
  for (const [options, errMsg] of cases) {
    await connect(driven, options)
    expect((await events(driven, 'error')).at(-1)).toEqual(['error', { errMsg }])
  }
  expect(driven.launched.host.network.underWay.size).toBe(0)
})

test('a refused address reaches fail and the error event', async () => {
  const domains = { request: [], uploadFile: [], downloadFile: [], socket: ['wss://live.example'] }
  const driven = await drive({ domains })
  await connect(driven, { url: 'wss://live.example:443/' })
  expect(await events(driven, 'error')).toEqual([
    ['fail', { errMsg: 'connectSocket:fail url not in domain list', errno: 600002 }],
    ['error', { errMsg: 'createSocketTask:fail url not in domain list' }],
  ])
})

test('five sockets may be open; a sixth fails until one of them has closed', async () => {
  const sockets: WebSocket[] = []
  const url = await serveSockets((socket) => sockets.push(socket))
  const driven = await drive()
  for (let count = 0; count < 5; count += 1) await call(driven, 'connectSocket', { url })
  await until(
    () => sockets.length,
    (count) => count === 5,
  )
  expect((await call(driven, 'connectSocket', { url })).errMsg).toBe(
    'connectSocket:fail wcwss taskID=6 exceed max concurrent count',
  )
  sockets[0]?.close()
  await until(
    () => call(driven, 'connectSocket', { url }),
    ({ errMsg }) => errMsg === 'connectSocket:ok',
  )
})

test('what is sent too early or too late fails', async () => {
  const driven = await drive()
  expect((await call(driven, 'sendSocketMessage', { data: 'x' })).errMsg).toBe(
    'sendSocketMessage:fail WebSocket is not connected',
  )
  await connect(driven, { url: await echo() })
  await driven.mini.evaluate(() => {
    const fail = ({ errMsg }: { errMsg: string }): void => void told.push(['early', errMsg])
    task.send({ data: 'x', fail })
  })
  expect(await events(driven, 'early')).toContainEqual(['early', 'sendSocketMessage:fail WebSocket is not connected'])
  await events(driven, 'open')
  expect(await driven.mini.evaluate(() => task.readyState === task.OPEN)).toBe(true)
  await driven.mini.evaluate(() => task.close({}))
  await events(driven, 'close')
  await driven.mini.evaluate(() => {
    const fail = ({ errMsg }: { errMsg: string }): void => void told.push(['late', errMsg])
    task.close({ fail })
  })
  expect(await events(driven, 'late')).toContainEqual(['late', 'closeSocket:fail wcwss taskID not exist'])
})

test('the old global forms mean the newest socket, and keep one listener each', async () => {
  const driven = await drive()
  await driven.mini.evaluate(
    (url: string) => {
      const told: Told[] = []
      wx.onSocketMessage?.(() => told.push(['replaced', 0]))
      wx.onSocketMessage?.(({ data }: { data: string }) => {
        told.push(['message', data])
        wx.closeSocket?.({})
      })
      wx.onSocketOpen?.(() => wx.sendSocketMessage?.({ data: 'hi' }))
      wx.onSocketClose?.(({ code }: { code: number }) => told.push(['close', code]))
      wx.connectSocket({ url })
      Object.assign(globalThis, { told })
    },
    await echo(),
  )
  expect(await events(driven, 'close')).toEqual([
    ['message', 'hi'],
    ['close', 1000],
  ])
})
