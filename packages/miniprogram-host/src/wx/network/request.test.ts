import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { drive, until } from '../../testing/fixture.ts'

async function serveHttp(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const echo = (request: IncomingMessage, response: ServerResponse): void => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ echo: `${request.method} ${request.headers['content-type']} ${body}` }))
  })
}

test('a request is sent as JSON and its JSON answer is parsed', async () => {
  const url = await serveHttp(echo)
  const { tap, text } = await drive({ query: { url: encodeURIComponent(url) } })
  await tap('#fetch')
  expect(await until(() => text('#answer'), Boolean)).toBe('POST application/json {"a":1}')
})

test('a request that takes too long fails with timeout', async () => {
  const url = await serveHttp(() => {})
  const { tap, text } = await drive({ query: { url: encodeURIComponent(url), timeout: '20' } })
  await tap('#fetch')
  expect(await until(() => text('#answer'), Boolean)).toBe('request:fail timeout')
})

test('a request that nobody answers fails and names the cause', async () => {
  const { tap, text } = await drive({ query: { url: encodeURIComponent('http://127.0.0.1:1/') } })
  await tap('#fetch')
  expect(await until(() => text('#answer'), Boolean)).toMatch(/^request:fail .*(ECONNREFUSED|bad port)/)
})

declare const wx: { request(options: object): { abort(): void } }

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
  expect(failure).toMatchObject({ errMsg: 'request:fail abort' })
})

test('ten requests run at a time, the others wait for their turn', async () => {
  const held: ServerResponse[] = []
  const url = await serveHttp((_, response) => held.push(response))
  const { mini } = await drive()
  await mini.evaluate((target: string) => {
    for (let index = 0; index < 12; index += 1) wx.request({ url: `${target}/?${index}` })
  }, url)
  await until(
    () => held.length,
    (count) => count === 10,
  )
  held[0]?.end('{}')
  await until(
    () => held.length,
    (count) => count === 11,
  )
})

test('data of a GET becomes its query, text that is not JSON stays text', async () => {
  const url = await serveHttp((request, response) => response.end(`got ${request.url}`))
  const { mini } = await drive()
  const answer = await mini.evaluate(
    (target: string) =>
      new Promise((resolve) => {
        wx.request({ url: `${target}/a?b=1`, data: { c: 'd e' }, success: resolve })
      }),
    url,
  )
  expect(answer).toMatchObject({ statusCode: 200, data: 'got /a?b=1&c=d%20e', errMsg: 'request:ok' })
})
