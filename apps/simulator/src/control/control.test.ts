import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { controlCall, TestMerchant } from '../testing/merchant.ts'
import { problem } from '../testing/problem.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { until } from '../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())

const call = (method: string, path: string, body?: unknown) => controlCall(simulator.port, method, path, body)

describe('who may call', () => {
  const health = (headers: Readonly<Record<string, string>>) =>
    rawRequest(simulator.port, { method: 'GET', url: '/_sim/health', headers })

  test.each([['127.0.0.1'], ['127.0.0.1:8701'], ['localhost'], ['localhost:1'], ['[::1]:8701'], ['127.1.2.3']])(
    'Host %s',
    async (host) => {
      expect(await health({ Host: host })).toMatchObject({
        status: 200,
        json: { ok: true, version: expect.any(String) },
      })
    },
  )

  test.each([
    ['evil.example'],
    ['127.0.0.1.evil.example'],
    ['localhost.evil.example:8701'],
    ['10.0.0.1'],
    ['0.0.0.0:8701'],
  ])('not Host %s', async (host) => {
    const answer = await health({ Host: host })
    expect(answer).toMatchObject(problem(403, 'HOST_NOT_LOCAL'))
    expect(answer.json.error.message).toContain('http://127.0.0.1')
  })

  test.each([['http://127.0.0.1:8702'], ['http://localhost:3000'], ['http://[::1]:9']])('Origin %s', async (origin) => {
    expect((await health({ Origin: origin })).status).toBe(200)
  })

  test.each([['https://evil.example'], ['null'], ['http://127.0.0.1.evil.example'], ['file://']])(
    'not Origin %s',
    async (origin) => {
      expect(await health({ Origin: origin })).toMatchObject(problem(403, 'ORIGIN_NOT_LOCAL'))
    },
  )

  test('a foreign page changes nothing either', async () => {
    const headers = { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }
    const answer = await rawRequest(simulator.port, {
      method: 'POST',
      url: '/_sim/clock/advance',
      headers,
      body: '{"seconds":5}',
    })
    expect(answer.status).toBe(403)
    expect((await call('GET', '/clock')).json.offsetSeconds).toBe(0)
  })

  test('APIv3 itself may be called by any name', async () => {
    const answer = await merchant.order({}, { headers: { Host: 'simulator:8701' } })
    expect(answer.status).toBe(200)
  })
})

describe('errors', () => {
  test.each([
    ['GET', '/nothing', undefined, 404, 'NOT_FOUND', undefined],
    ['PATCH', '/faults', {}, 404, 'NOT_FOUND', undefined],
    ['GET', '/clock?mchid=1', undefined, 404, 'MERCHANT_NOT_FOUND', 'mchid'],
    ['POST', '/merchants', { joins: '1' }, 404, 'MERCHANT_NOT_FOUND', 'joins'],
    ['POST', '/merchants', { mode: 'none' }, 400, 'INVALID_INPUT', 'mode'],
    ['POST', '/merchants', { mchid: '1' }, 400, 'INVALID_INPUT', 'mchid'],
    ['POST', '/clock/advance', {}, 400, 'INVALID_INPUT', 'seconds'],
    ['POST', '/clock/advance', { seconds: 0 }, 400, 'INVALID_INPUT', 'seconds'],
    ['POST', '/clock/advance', { seconds: -60 }, 400, 'INVALID_INPUT', 'seconds'],
    ['POST', '/clock/advance', { seconds: '60' }, 400, 'INVALID_INPUT', 'seconds'],
    ['POST', '/clock/advance', { seconds: 1e12 }, 400, 'INVALID_INPUT', 'seconds'],
    ['PUT', '/faults', {}, 400, 'INVALID_INPUT', 'faults'],
    ['PUT', '/faults', { faults: [{ kind: 'x' }] }, 400, 'INVALID_INPUT', 'faults.0.kind'],
    ['PUT', '/faults', { faults: [{ kind: 'rate-limit' }], x: 1 }, 400, 'INVALID_INPUT', 'x'],
    ['PUT', '/switches', { closeMinAgeSecond: 1 }, 400, 'INVALID_INPUT', 'closeMinAgeSecond'],
    ['PUT', '/switches', { probeRate: 2 }, 400, 'INVALID_INPUT', 'probeRate'],
    ['POST', '/client/login', { openid: '' }, 400, 'INVALID_INPUT', 'openid'],
    ['POST', '/client/login', { appid: 'wxother' }, 404, 'APPID_NOT_FOUND', 'appid'],
    ['POST', '/client/request-payment', { action: 'open', extra: 1 }, 400, 'INVALID_INPUT', 'extra'],
    ['POST', '/client/request-payment', {}, 400, 'INVALID_INPUT', 'action'],
    ['GET', '/requests?limit=0', undefined, 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/requests?limit=many', undefined, 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/transactions/NOSUCH', undefined, 404, 'TRANSACTION_NOT_FOUND', 'outTradeNo'],
  ] as const)('%s %s %j is %i %s', async (method, path, body, status, code, field) => {
    expect(await call(method, path, body)).toMatchObject(problem(status, code, field))
  })

  test.each([['no JSON'], ['[]'], ['null'], ['"x"'], ['{"seconds":']])('a body %j is a clear 400', async (body) => {
    const answer = await rawRequest(simulator.port, { method: 'POST', url: '/_sim/clock/advance', body })
    expect(answer).toMatchObject(problem(400, 'INVALID_INPUT'))
  })

  test('a huge body is a clear 413', async () => {
    const answer = await rawRequest(simulator.port, {
      method: 'PUT',
      url: '/_sim/faults',
      body: Buffer.alloc(2 ** 20 + 1, 0x20),
    })
    expect(answer).toMatchObject(problem(413, 'BODY_TOO_LARGE'))
  })

  test('no answer is ever stored by a browser as a page of another type', async () => {
    expect((await call('GET', '/nothing')).headers['content-type']).toMatch(/^application\/json/)
  })
})

describe('login', () => {
  test('makes a new user each time, or the one that is asked for', async () => {
    const [one, other, named] = await Promise.all([
      call('POST', '/client/login'),
      call('POST', '/client/login', {}),
      call('POST', '/client/login', { openid: 'oNamed' }),
    ])
    expect(Object.keys(one.json)).toEqual(['code', 'openid', 'appid'])
    expect(one.json.openid).toMatch(/^o[\w-]{27}$/)
    expect(other.json.openid).not.toBe(one.json.openid)
    expect(named.json.openid).toBe('oNamed')
  })
})

describe('the clock', () => {
  test('is told with its offset', async () => {
    const before = Date.now()
    const { now, offsetSeconds } = (await merchant.control('GET', '/clock')).json
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/)
    expect(Math.abs(Date.parse(now) - before - offsetSeconds * 1000)).toBeLessThan(2000)
    const advanced = (await merchant.control('POST', '/clock/advance', { seconds: 3600 })).json
    expect(advanced).toMatchObject({ offsetSeconds: offsetSeconds + 3600, deliveries: 0 })
    expect(Date.parse(advanced.now) - Date.parse(now)).toBeGreaterThanOrEqual(3_600_000)
  })
})

describe('switches', () => {
  test('have defaults, and a PUT changes only what it names', async () => {
    const world = await TestMerchant.open(simulator.port)
    const defaults = (await world.control('GET', '/switches')).json
    expect(defaults).toMatchObject({
      closeMinAgeSeconds: 0,
      combineCloseMinAgeSeconds: 300,
      downloadUrlSeconds: 30,
      probeRate: 0,
    })
    await world.control('PUT', '/switches', { closeMinAgeSeconds: 300 })
    const changed = await world.control('PUT', '/switches', { probeRate: 0.5 })
    expect(changed).toMatchObject({ status: 200, json: { ...defaults, closeMinAgeSeconds: 300, probeRate: 0.5 } })
  })
})

describe('transactions', () => {
  test('are listed newest first', async () => {
    const world = await TestMerchant.open(simulator.port)
    for (const number of ['FIRST-1', 'SECOND-2', 'THIRD-3']) await world.order({ out_trade_no: number })
    const { transactions } = (await world.control('GET', '/transactions')).json
    expect(transactions.map((one: { outTradeNo: string }) => one.outTradeNo)).toEqual([
      'THIRD-3',
      'SECOND-2',
      'FIRST-1',
    ])
  })

  test('with a `|` in the number are found', async () => {
    await merchant.order({ out_trade_no: 'A|B-12345' })
    expect((await merchant.control('GET', '/transactions/A%7CB-12345')).json.outTradeNo).toBe('A|B-12345')
  })
})

describe('events', () => {
  test('carry the items of the lists as they happen, of this world only', async () => {
    const [world, other] = [await TestMerchant.open(simulator.port), await TestMerchant.open(simulator.port)]
    const abort = new AbortController()
    const response = await fetch(`${simulator.url}/_sim/events?mchid=${world.info.mchid}`, { signal: abort.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const pieces: string[] = []
    const reading = response.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeTo(new WritableStream({ write: (chunk) => void pieces.push(chunk) }))
      .catch(() => undefined)
    const events = () => [...pieces.join('').matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''))
    const body = world.orderBody()
    await other.order()
    await world.order(body)
    await world.control('POST', `/transactions/${body.out_trade_no}/pay`)
    await world.control('POST', '/clock/advance', { seconds: 1 })
    const { transactions } = (await world.control('GET', '/transactions')).json
    const { notifications } = (await world.control('GET', '/notifications')).json
    const { requests } = (await world.control('GET', '/requests')).json
    await world.control('POST', '/reset')
    await until('the reset', () => events().some(({ type }) => type === 'reset') || undefined)
    const last = (type: string) => events().findLast((event) => event.type === type)
    expect(last('transaction')).toEqual({ type: 'transaction', ...transactions[0] })
    expect(last('request')).toEqual({ type: 'request', ...requests[0] })
    expect(last('notification')).toEqual({ type: 'notification', ...notifications[0] })
    expect(last('clock')).toMatchObject({ offsetSeconds: 1, now: expect.any(String) })
    expect(events().filter(({ type }) => type === 'request')).toHaveLength(1)
    abort.abort()
    await reading
  })
})

test('a browser that opens the address lands on the dashboard', async () => {
  const root = await rawRequest(simulator.port, { method: 'GET', url: '/', headers: { Accept: 'text/html' } })
  expect([root.status, root.headers.location]).toEqual([302, '/_sim/'])
  for (const url of ['/_sim/', '/_sim']) {
    const page = await rawRequest(simulator.port, { method: 'GET', url, headers: { Accept: 'text/html' } })
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  }
})
