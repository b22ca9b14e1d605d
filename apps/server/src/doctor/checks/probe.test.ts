import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ServerEnv } from '../../env.ts'
import { type Running, startRunning } from '../../testing/running.ts'
import { openDoctor } from '../context.ts'
import { checkProbe, judgeSilence } from './probe.ts'

let running: Running
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  running = await startRunning()
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})
afterAll(() => running?.close())

async function probe(publicUrl: string, live = true, change: Partial<ServerEnv> = {}) {
  const { ctx, close } = openDoctor({ ...running.env, live, publicUrl: new URL(publicUrl), ...change })
  const finding = await checkProbe(ctx)
  await close()
  return finding
}

/** Whatever stands between WeChat Pay and the server. */
async function inFront(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('our own server refuses the probe, and that is what is wanted', async () => {
  expect(await probe(running.url)).toMatchObject({ status: 'ok' })
})

test('the probe reaches the route with its headers, and leaves nothing in the inbox', async () => {
  await probe(running.url)
  expect(running.log.text()).toContain('SERIAL_UNKNOWN')
  const { rows } = await running.pool.query('select 1 from notification_inbox')
  expect(rows).toEqual([])
})

describe('what answers instead is named', () => {
  const html = '<!doctype html><title>welcome</title>'
  test.each<[number, string, Record<string, string>, RegExp]>([
    [200, html, {}, /swallows notifications/],
    [200, '{"code":"SUCCESS"}', {}, /swallows notifications/],
    [204, '', {}, /swallows notifications/],
    [301, '', { Location: 'https://elsewhere.example.com/' }, /redirects to/],
    [401, html, {}, /login or a firewall/],
    [401, '{"error":{"code":"UNAUTHENTICATED"}}', {}, /login or a firewall/],
    [403, html, {}, /login or a firewall/],
    [404, html, {}, /path and the method unchanged/],
    [405, '', {}, /path and the method unchanged/],
    [413, '', {}, /64 KB/],
    [502, html, {}, /start it/],
    [504, '', {}, /start it/],
    [500, 'oops', {}, /what stands in front/],
  ])('%i %s', async (status, body, headers, remedy) => {
    const url = await inFront((_, response) => response.writeHead(status, headers).end(body))
    expect(await probe(url)).toMatchObject({
      status: 'fail',
      what: expect.stringContaining(`${status} from something`),
      remedy: expect.stringMatching(remedy),
    })
  })

  test('a page is called a page, and our own 404 ours', async () => {
    const page = await inFront((_, response) => response.writeHead(404).end(html))
    expect((await probe(page)).what).toContain('answers with a page')
    const stripping = await inFront(async (_, response) => {
      const answer = await fetch(`${running.url}/payments`, { method: 'POST', body: '{}' })
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text())
    })
    expect((await probe(stripping)).what).toContain('404 from our server')
  })

  test('a proxy that drops the headers, before our own server', async () => {
    const url = await inFront(async (request, response) => {
      const answer = await fetch(`${running.url}${request.url}`, { method: 'POST', body: '{}' })
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text())
    })
    expect(await probe(url)).toMatchObject({
      status: 'fail',
      what: expect.stringContaining('without the Wechatpay-* headers'),
      remedy: expect.stringContaining('proxy'),
    })
  })

  test('a server of ours, but of another merchant', async () => {
    const { merchant } = running.env
    const finding = await probe(running.url, true, { merchant: { ...merchant, mchid: '1900000099' } })
    expect(finding).toMatchObject({ status: 'fail', remedy: expect.stringContaining('WECHATPAY_MCHID') })
  })

  test('a server of ours that is not well', async () => {
    const body = JSON.stringify({ error: { code: 'UNAVAILABLE', message: '', requestId: 'r' } })
    const url = await inFront((_, response) => response.writeHead(503).end(body))
    expect(await probe(url)).toMatchObject({ status: 'fail', remedy: expect.stringContaining('its log') })
  })

  test('silence is a time-out', async () => {
    const url = new URL(await inFront(() => undefined))
    const error = await fetch(url, { signal: AbortSignal.timeout(1) }).catch((reason: unknown) => reason)
    expect(judgeSilence(url, error, true)).toMatchObject({
      status: 'fail',
      what: expect.stringContaining('TimeoutError'),
      remedy: expect.stringContaining('firewall'),
    })
  })

  test('a host without a DNS record', async () => {
    expect(await probe('https://shop.invalid')).toMatchObject({
      status: 'fail',
      remedy: expect.stringContaining('DNS'),
    })
  })

  test('nobody at the door: in a simulation the server just does not run', async () => {
    const url = await inFront(() => undefined)
    await Promise.all(closing.splice(0).map((close) => close()))
    expect(await probe(url, false)).toMatchObject({ status: 'skipped' })
    expect(await probe(url, true)).toMatchObject({
      status: 'fail',
      remedy: expect.stringContaining('start the server'),
    })
  })
})
