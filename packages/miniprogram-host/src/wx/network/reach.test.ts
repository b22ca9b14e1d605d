import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import type { DomainLists } from '../../core/environment.ts'
import { launch } from '../../index.ts'
import { drive, FIXTURE } from '../../testing/fixture.ts'
import { call } from '../../testing/in-app.ts'
import { pointDomain, serveHttp } from '../../testing/servers.ts'

const DOMAINS: DomainLists = {
  request: ['https://api.example', 'https://also.example'],
  uploadFile: ['https://up.example'],
  downloadFile: ['https://down.example'],
  socket: ['wss://live.example'],
}

const APIS = [
  ['request', 'https://up.example/'],
  ['uploadFile', 'https://api.example/'],
  ['downloadFile', 'https://api.example/'],
  ['connectSocket', 'wss://api.example/'],
] as const

test.each(APIS)('%s to a domain that only another list has fails as at WeChat', async (api, url) => {
  const driven = await drive({ domains: DOMAINS })
  expect(await call(driven, api, { url, filePath: 'app.json', name: 'file' })).toEqual({
    errMsg: `${api}:fail url not in domain list`,
    errno: 600002,
  })
})

test('a listed domain is asked', async () => {
  const driven = await drive({ domains: DOMAINS })
  pointDomain(driven.launched.host, 'https://api.example', await serveHttp((_, response) => response.end('here')))
  expect(await call(driven, 'request', { url: 'https://api.example/a' })).toMatchObject({ data: 'here' })
})

test('an entry that WeChat would not take keeps the app from starting, and is named', async () => {
  const domains = { ...DOMAINS, socket: ['wss://live.example:443'] }
  await expect(launch({ project: FIXTURE, domains })).rejects.toThrow(
    'domains.socket has "wss://live.example:443": leave out :443; a domain with the usual port is listed without one.',
  )
})

test.each(['request', 'downloadFile'])('%s follows a redirect only to a listed domain', async (api) => {
  const driven = await drive({ domains: { ...DOMAINS, downloadFile: DOMAINS.request } })
  const server = await serveHttp(({ url }, response) => {
    if (url === '/here') response.end('arrived')
    else
      response
        .writeHead(302, { location: url === '/inside' ? 'https://also.example/here' : 'https://evil.example/' })
        .end()
  })
  pointDomain(driven.launched.host, 'https://api.example', server)
  pointDomain(driven.launched.host, 'https://also.example', server)
  expect(await call(driven, api, { url: 'https://api.example/inside' })).toMatchObject({ statusCode: 200 })
  expect(await call(driven, api, { url: 'https://api.example/outside' })).toMatchObject({
    errMsg: `${api}:fail url not in domain list`,
    errno: 600002,
  })
})

test('a redirect to the usual port, written out, is another address', async () => {
  const driven = await drive({ domains: DOMAINS })
  const server = await serveHttp((_, response) =>
    response.writeHead(302, { location: 'https://also.example:443/' }).end(),
  )
  pointDomain(driven.launched.host, 'https://api.example', server)
  expect(await call(driven, 'request', { url: 'https://api.example/' })).toMatchObject({ errno: 600002 })
})

test.each([
  [{}, 'request:fail parameter error: parameter.url should be String instead of Undefined;', 1001],
  [{ url: 7 }, 'request:fail parameter error: parameter.url should be String instead of Number;', 1001],
  [{ url: '/api' }, 'request:fail invalid url "/api"', 600009],
  [{ url: 'ftp://a.example/' }, 'request:fail invalid url "ftp://a.example/"', 600009],
  [{ url: 'https://a.example/', method: 'PATCH' }, 'request:fail method is invalid', undefined],
])('request with %j fails before anything is sent', async (options, errMsg, errno) => {
  const failure = await call(await drive(), 'request', options)
  expect([failure.errMsg, failure.errno]).toEqual([errMsg, errno])
})

test('what the network refuses carries the code that a phone shows', async () => {
  const closed = createServer()
  const port = await new Promise<number>((resolve) => {
    closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port))
  })
  await new Promise((resolve) => closed.close(resolve))
  expect(await call(await drive(), 'request', { url: `http://127.0.0.1:${port}/` })).toEqual({
    errMsg: 'request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
    errno: 600001,
  })
})

test('twenty redirects and no more', async () => {
  const url = await serveHttp((_, response) => response.writeHead(302, { location: '/again' }).end())
  expect((await call(await drive(), 'request', { url })).errMsg).toContain('net::ERR_TOO_MANY_REDIRECTS')
})
