import { expect, test } from 'vitest'
import { type Driven, drive, until } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'
import { serveHttp, serveSockets } from '../testing/servers.ts'
import { setConditions } from './conditions.ts'
import { enterBackground, enterForeground } from './foreground.ts'

const DISCONNECTED = 'errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED'
const CALLS = { request: {}, uploadFile: { filePath: 'app.json', name: 'file' }, downloadFile: {} }

declare const wx: {
  request(options: object): void
  connectSocket(options: object): { onOpen(told: () => void): void; onClose(told: unknown): void }
}

/** A request that the server never answers, once it has arrived there. */
async function holdRequest(driven: Driven): Promise<{ failure: Promise<Record<string, unknown>> }> {
  let arrived = false
  const url = await serveHttp(() => {
    arrived = true
  })
  const failure = call(driven, 'request', { url })
  await until(
    () => arrived,
    (yes) => yes,
  )
  return { failure }
}

/** Opens a socket in the app; resolves, when it is open, to what its close event will tell. */
async function openSocket({ mini }: Driven): Promise<() => Promise<unknown>> {
  const url = await serveSockets(() => {})
  await mini.evaluate(
    (address: string) =>
      new Promise<void>((resolve) => {
        const socket = wx.connectSocket({ url: address })
        socket.onOpen(resolve)
        socket.onClose((told: unknown) => Object.assign(globalThis, { told }))
      }),
    url,
  )
  return () =>
    until(
      () => mini.evaluate(() => Reflect.get(globalThis, 'told')),
      (told) => told !== undefined && told !== null,
    )
}

test.each(Object.entries(CALLS))('without a network %s fails at once, and works again with one', async (api, given) => {
  const driven = await drive({ conditions: { networkType: 'none' } })
  const options = { ...given, url: 'http://127.0.0.1/' }
  expect(await call(driven, api, options)).toEqual({ errMsg: `${api}:fail ${DISCONNECTED}`, errno: 600001 })
  setConditions(driven.launched.host, { networkType: '4g' })
  const server = await serveHttp((_, response) => response.end('back'))
  expect(await call(driven, api, { ...options, url: server })).toMatchObject({ statusCode: 200 })
})

test('without a network no socket opens', async () => {
  const driven = await drive({ conditions: { networkType: 'none' } })
  expect(await call(driven, 'connectSocket', { url: 'ws://127.0.0.1/' })).toMatchObject({
    errMsg: `connectSocket:fail ${DISCONNECTED}`,
  })
})

test('when the network goes, calls under way fail and sockets close', async () => {
  const driven = await drive()
  const { failure } = await holdRequest(driven)
  const closed = await openSocket(driven)
  setConditions(driven.launched.host, { networkType: 'none' })
  expect(await failure).toMatchObject({ errMsg: `request:fail ${DISCONNECTED}` })
  expect(await closed()).toEqual({ code: 1006, reason: 'abnormal closure' })
})

test('a change from Wi-Fi to mobile ends calls under way, as on an iPhone', async () => {
  const driven = await drive()
  const { failure } = await holdRequest(driven)
  setConditions(driven.launched.host, { networkType: '4g' })
  expect((await failure).errMsg).toBe(
    'request:fail errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task',
  )
})

test('five seconds in the background interrupt what is under way, and nothing new starts until the user is back', async () => {
  const driven = await drive()
  const { host } = driven.launched
  expect(host.network.graceMs).toBe(5000)
  host.network.graceMs = 1
  const { failure } = await holdRequest(driven)
  const closed = await openSocket(driven)
  enterBackground(host)
  expect(await failure).toEqual({ errMsg: 'request:fail interrupted', errno: 600003 })
  expect(await closed()).toEqual({ code: 1000, reason: 'interrupted' })
  expect((await call(driven, 'request', { url: 'http://127.0.0.1/' })).errMsg).toBe(
    'request:fail createRequestTask:fail: jsapi has no permission, event=createRequestTask, runningState=suspend, permissionMsg=permission ok, detail=network api interrupted in suspend state',
  )
  enterForeground(host)
  const url = await serveHttp((_, response) => response.end('back'))
  expect(await call(driven, 'request', { url })).toMatchObject({ data: 'back' })
})

test('a moment in the background interrupts nothing', async () => {
  const driven = await drive()
  let finish = (): void => {}
  const url = await serveHttp((_, response) => {
    finish = () => response.end('late')
    enterBackground(driven.launched.host)
    enterForeground(driven.launched.host)
    finish()
  })
  expect(await call(driven, 'request', { url })).toMatchObject({ data: 'late' })
  expect(driven.launched.host.network.suspended).toBe(false)
})

test('the end of a run drops its connections', async () => {
  const driven = await drive()
  const seen: string[] = []
  const url = await serveHttp((request) => {
    seen.push('arrived')
    request.on('close', () => seen.push('dropped'))
  })
  await driven.mini.evaluate((address: string) => wx.request({ url: address }), url)
  await until(
    () => seen,
    ([first]) => first !== undefined,
  )
  await driven.launched.close()
  await until(
    () => seen,
    ([, second]) => second !== undefined,
  )
  expect(seen).toEqual(['arrived', 'dropped'])
})
