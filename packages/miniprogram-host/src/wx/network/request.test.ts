import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { drive, until } from '../../testing/fixture.ts'
import { call } from '../../testing/in-app.ts'
import { bodyOf, serveHttp } from '../../testing/servers.ts'
import { timeoutOf } from './timeouts.ts'

type Listen = (listener: (told: never) => void) => void

interface Task {
  abort(): void
  onHeadersReceived: Listen
  offHeadersReceived: Listen
  onChunkReceived: Listen
}

declare const wx: { request(options: object): Task }

const echo = (): Promise<string> =>
  serveHttp(async (request, response) => {
    const body = String(await bodyOf(request))
    response.setHeader('content-type', 'application/json')
    const echoed = `${request.method} ${request.headers['content-type']} ${body}`
    response.end(JSON.stringify({ echo: echoed, url: request.url, headers: request.headers }))
  })

test('a request is sent as JSON and its JSON answer is parsed', async () => {
  const { tap, text } = await drive({ query: { url: encodeURIComponent(await echo()) } })
  await tap('#fetch')
  expect(await until(() => text('#answer'), Boolean)).toBe('POST application/json {"a":1}')
})

test('a request that takes too long fails with timeout', async () => {
  const url = await serveHttp(() => {})
  expect(await call(await drive(), 'request', { url, timeout: 20 })).toEqual({
    errMsg: 'request:fail timeout',
    errno: 5,
  })
})

test('the time-out is the call’s own, else that of app.json, else a minute', async () => {
  const { host } = (await drive()).launched
  const configured = { 'app.json': '{"networkTimeout":{"request":3000}}' }
  const withConfig = { ...host, env: { ...host.env, files: configured } }
  expect(timeoutOf(withConfig, 'request', { timeout: 50 })).toBe(50)
  expect(timeoutOf(withConfig, 'request', {})).toBe(3000)
  expect(timeoutOf(withConfig, 'uploadFile', { timeout: -1 })).toBe(60_000)
})

test('an aborted request fails with abort', async () => {
  const url = await serveHttp(() => {})
  const { mini } = await drive()
  const failure = await mini.evaluate(
    (target: string) =>
      new Promise((resolve) => {
        wx.request({ url: target, fail: resolve }).abort()
      }),
    url,
  )
  expect(failure).toEqual({ errMsg: 'request:fail abort' })
})

test('ten requests run at a time, the others wait for their turn; one given up while waiting is never sent', async () => {
  const held: [url: string | undefined, response: ServerResponse][] = []
  const url = await serveHttp(({ url }, response) => held.push([url, response]))
  const { mini } = await drive()
  await mini.evaluate((target: string) => {
    const tasks = Array.from({ length: 12 }, (_, index) => wx.request({ url: `${target}/${index}` }))
    tasks[10]?.abort()
  }, url)
  await until(
    () => held.length,
    (count) => count === 10,
  )
  held[0]?.[1].end('{}')
  await until(
    () => held.length,
    (count) => count === 11,
  )
  expect(held.at(-1)?.[0]).toBe('/11')
})

test('data of a GET becomes its query, text that is not JSON stays text', async () => {
  const url = await serveHttp((request, response) => response.end(`got ${request.url}`))
  const driven = await drive()
  const answer = await call(driven, 'request', { url: `${url}/a?b=1`, data: { c: 'd e', f: { g: [1] } } })
  expect(answer).toMatchObject({
    statusCode: 200,
    data: 'got /a?b=1&c=d%20e&f=%7B%22g%22%3A%5B1%5D%7D',
    errMsg: 'request:ok',
  })
})

test.each([
  [
    { data: { a: 1, b: '二' }, header: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'POST application/x-www-form-urlencoded a=1&b=%E4%BA%8C',
  ],
  [{ data: 'plain', header: { 'content-type': 'text/plain' } }, 'POST text/plain plain'],
  [{ data: [1] }, 'POST application/json [1]'],
  [{}, 'POST application/json '],
  [{ method: 'delete', data: { a: 1 } }, 'DELETE application/json {"a":1}'],
])('a body of %j arrives as %s', async (options, arrived) => {
  const answer = await call(await drive(), 'request', { url: await echo(), method: 'POST', ...options })
  expect(answer.data).toMatchObject({ echo: arrived })
})

test('the server sees where WeChat calls from; the app cannot say otherwise', async () => {
  const header = { Referer: 'https://shop.example/', Authorization: 'Bearer x' }
  const driven = await drive({ appid: 'wx0123456789abcdef' })
  const { data } = await call(driven, 'request', { url: await echo(), header })
  expect(data).toMatchObject({
    headers: {
      referer: 'https://servicewechat.com/wx0123456789abcdef/devtools/page-frame.html',
      authorization: 'Bearer x',
      'user-agent': expect.stringMatching(/MicroMessenger\/8\.\S+ NetType\/WIFI Language\/zh_CN$/),
    },
  })
})

test('an ArrayBuffer is one of the app’s own, both ways', async () => {
  const url = await serveHttp(async (request, response) => response.end(Buffer.from([...(await bodyOf(request)), 255])))
  const { mini } = await drive()
  const answer = await mini.evaluate(
    (target: string) =>
      new Promise((resolve) => {
        const data = new Uint8Array([0, 128]).buffer
        const success = ({ data: got }: { data: unknown }): void =>
          resolve([got instanceof ArrayBuffer, Array.from(new Uint8Array(got as ArrayBuffer))])
        wx.request({ url: target, method: 'POST', data, responseType: 'arraybuffer', success })
      }),
    url,
  )
  expect(answer).toEqual([true, [0, 128, 255]])
})

test('with another dataType JSON stays text, and a byte order mark is dropped', async () => {
  const url = await serveHttp((_, response) => response.end('\uFEFF{"a":1}'))
  const driven = await drive()
  expect((await call(driven, 'request', { url, dataType: '其他' })).data).toBe('{"a":1}')
  expect((await call(driven, 'request', { url })).data).toEqual({ a: 1 })
})

test('headers are told before the answer is there, cookies one by one', async () => {
  let finish = (): void => {}
  const url = await serveHttp((_, response) => {
    response.writeHead(201, { 'x-a': 'b', 'set-cookie': ['one=1', 'two=2'] }).write('{')
    finish = () => response.end('}')
  })
  const { mini } = await drive()
  await mini.evaluate((target: string) => {
    const told: unknown[] = []
    const task = wx.request({ url: target, success: ({ statusCode }: { statusCode: number }) => told.push(statusCode) })
    const silent = (): void => void told.push('not this one')
    task.onHeadersReceived(silent)
    task.offHeadersReceived(silent)
    task.onHeadersReceived(({ header, cookies }: { header: Record<string, string>; cookies: string[] }) => {
      told.push(header['x-a'], cookies)
    })
    Object.assign(globalThis, { told })
  }, url)
  const told = (): Promise<unknown> => mini.evaluate(() => Reflect.get(globalThis, 'told'))
  expect(await until(told, (list) => (list as unknown[]).length > 0)).toEqual(['b', ['one=1', 'two=2']])
  finish()
  expect(await until(told, (list) => (list as unknown[]).length > 2)).toEqual(['b', ['one=1', 'two=2'], 201])
})

test('chunks come as they are sent', async () => {
  const sent: ServerResponse[] = []
  const url = await serveHttp((_, response) => {
    response.write('one')
    sent.push(response)
  })
  const { mini } = await drive()
  await mini.evaluate((target: string) => {
    const chunks: string[] = []
    const task = wx.request({ url: target, enableChunked: true, success: () => chunks.push('end') })
    task.onChunkReceived(({ data }: { data: ArrayBuffer }) => {
      chunks.push(String.fromCharCode(...new Uint8Array(data)))
    })
    Object.assign(globalThis, { chunks })
  }, url)
  const chunks = (): Promise<unknown> => mini.evaluate(() => Reflect.get(globalThis, 'chunks'))
  expect(await until(chunks, (list) => (list as unknown[]).length > 0)).toEqual(['one'])
  sent[0]?.end('two')
  expect(await until(chunks, (list) => (list as unknown[]).length > 2)).toEqual(['one', 'two', 'end'])
})

test('a redirect is followed as browsers follow it, or handed back where the app asks for that', async () => {
  const target = await echo()
  const url = await serveHttp(({ url: path }, response) => {
    response.writeHead(path === '/307' ? 307 : 302, { location: `${target}/there` }).end()
  })
  const driven = await drive()
  const options = { method: 'POST', data: { a: 1 } }
  expect((await call(driven, 'request', { ...options, url: `${url}/302` })).data).toMatchObject({
    echo: 'GET undefined ',
  })
  expect((await call(driven, 'request', { ...options, url: `${url}/307` })).data).toMatchObject({
    echo: 'POST application/json {"a":1}',
    url: '/there',
  })
  expect(await call(driven, 'request', { ...options, url, redirect: 'manual' })).toMatchObject({
    statusCode: 302,
    header: { location: `${target}/there` },
  })
})
