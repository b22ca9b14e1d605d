import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { rawRequest } from '../testing/raw-request.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())

const JSAPI = '/v3/pay/transactions/jsapi'

describe('paths and methods', () => {
  test.each([
    ['GET', '/v3/no/such/path', 404],
    ['POST', '/v3/', 404],
    ['GET', '/pay/unifiedorder', 404],
    ['GET', JSAPI, 405],
    ['DELETE', JSAPI, 405],
    ['POST', '/v3/certificates', 405],
    ['PUT', '/v3/pay/transactions/out-trade-no/A12345/close', 405],
  ])('%s %s is %i with an empty body, before any signature', async (method, url, status) => {
    const answer = await rawRequest(simulator.port, { method, url })
    expect([answer.status, answer.text]).toEqual([status, ''])
    expect(answer.headers['content-length']).toBe('0')
  })
})

describe('good answers', () => {
  test('are JSON with a Request-ID of `{id}-{number}`', async () => {
    const { headers } = await merchant.order()
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(headers['request-id']).toMatch(/^[0-9A-F]+-0$/)
    expect(headers['wechatpay-signature-type']).toBe('WECHATPAY2-SHA256-RSA2048')
  })

  test('announce that an idle connection lives 8 seconds', async () => {
    const agent = new Agent({ keepAlive: true })
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const sent = request({ port: simulator.port, path: '/v3/x', agent }, (answer) => {
        answer.resume()
        resolve(answer.headers)
      })
      sent.on('error', reject).end()
    })
    agent.destroy()
    expect(headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=8' })
  })
})

describe('a parameter error names field, value, issue and place', () => {
  const detailOf = async (changes: Readonly<Record<string, unknown>>) => {
    const answer = await merchant.order(changes)
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR' } })
    expect(Object.keys(answer.json)).toEqual(['code', 'message', 'detail'])
    return answer
  }

  test.each([
    [{ amount: { total: 100, currency: 'USD' } }, '/amount/currency', 'USD'],
    [{ amount: { total: '100' } }, '/amount/total', '100'],
    [{ amount: { total: 1.5 } }, '/amount/total', 1.5],
    [{ amount: { total: -1 } }, '/amount/total', -1],
    [{ amount: 100 }, '/amount', 100],
    [{ payer: { openid: '' } }, '/payer/openid', ''],
    [{ payer: { openid: 'o', name: 'x' } }, '/payer/name', 'x'],
    [{ out_trade_no: 'short' }, '/out_trade_no', 'short'],
    [{ out_trade_no: 'white space' }, '/out_trade_no', 'white space'],
    [{ out_trade_no: 'a'.repeat(33) }, '/out_trade_no', 'a'.repeat(33)],
    [{ description: '' }, '/description', ''],
    [{ description: '字'.repeat(128) }, '/description', '字'.repeat(128)],
    [{ time_expire: '2026-01-01 10:00:00' }, '/time_expire', '2026-01-01 10:00:00'],
    [{ notify_url: 'http://pay.example.com/n' }, '/notify_url', 'http://pay.example.com/n'],
    [{ notify_url: 'https://pay.example.com/n?a=1' }, '/notify_url', 'https://pay.example.com/n?a=1'],
    [{ notify_url: 'pay.example.com' }, '/notify_url', 'pay.example.com'],
    [{ scene_info: { device_id: '1' } }, '/scene_info/payer_client_ip', null],
    [{ limit_pay: ['cash'] }, '/limit_pay/0', 'cash'],
    [
      { detail: { goods_detail: [{ merchant_goods_id: '1', quantity: 0, unit_price: 1 }] } },
      '/detail/goods_detail/0/quantity',
      0,
    ],
    [{ Attach: 'x' }, '/Attach', 'x'],
    [{ time_start: '2026-01-01T10:00:00+08:00' }, '/time_start', '2026-01-01T10:00:00+08:00'],
    [{ 'a/b~c': 1 }, '/a~1b~0c', 1],
  ])('%j', async (changes, field, value) => {
    const { json } = await detailOf(changes)
    expect(json.detail).toMatchObject({ field, value, location: 'body', issue: expect.any(String) })
  })

  test('missing', async () => {
    const { json } = await detailOf({ description: undefined })
    expect(json).toMatchObject({
      message: expect.stringContaining('必填'),
      detail: { field: '/description', value: null },
    })
  })

  test('in the words of WeChat for the amount that everybody gets wrong', async () => {
    const { json, headers } = await detailOf({ amount: { total: 0 } })
    expect(json.message).toBe('输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1')
    expect(headers['request-id']).toMatch(/-268435461$/)
  })

  test('unknown members are illegal extra parameters', async () => {
    const { json } = await detailOf({ extra: 1 })
    expect(json.message).toBe('参数中含有非法的额外参数：extra')
  })

  test('limits count characters, not bytes', async () => {
    expect((await merchant.order({ description: '羽'.repeat(127), attach: '𠮷'.repeat(128) })).status).toBe(200)
  })

  test('in the URL and in the query', async () => {
    const path = await merchant.query('a b'.replace(' ', '%20'))
    expect(path).toMatchObject({
      status: 400,
      json: { detail: { field: 'out_trade_no', location: 'url', value: 'a b' } },
    })
    const query = await merchant.call('GET', '/v3/pay/transactions/out-trade-no/ABC123')
    expect(query).toMatchObject({ status: 400, json: { detail: { field: 'mchid', location: 'query', value: null } } })
  })

  test('another mchid than that of the Authorization', async () => {
    const body = await merchant.order({ mchid: '1900000999' })
    expect(body).toMatchObject({
      status: 400,
      json: { code: 'PARAM_ERROR', message: 'http header中的mchid与post payload中的mchid不匹配' },
    })
    const query = await merchant.call('GET', '/v3/pay/transactions/out-trade-no/ABC123?mchid=1900000999')
    expect(query).toMatchObject({
      status: 400,
      json: { code: 'PARAM_ERROR', detail: { field: 'mchid', location: 'query' } },
    })
  })

  test('a body that is not announced as JSON', async () => {
    for (const type of ['text/plain', 'application/json-patch+json', undefined]) {
      const answer = await merchant.order({}, { headers: { 'Content-Type': type } })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    }
    const withCharset = await merchant.order({}, { headers: { 'Content-Type': 'application/json; charset=utf-8' } })
    expect(withCharset.status).toBe(200)
  })
})

describe('bodies without end', () => {
  test('of more than a megabyte are refused, announced or not', async () => {
    for (const bytes of [1024 * 1024 + 1, 8 * 1024 * 1024]) {
      const answer = await merchant.call('POST', JSAPI, Buffer.alloc(bytes, 0x20))
      expect(answer.status).toBe(413)
    }
    const chunked = await new Promise<string>((resolve, reject) => {
      const socket = connect(simulator.port, '127.0.0.1')
      let text = ''
      socket.on('data', (data) => {
        text += data
        socket.destroy()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
      socket.write(`POST ${JSAPI} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n`)
      const block = 'a'.repeat(0x10000)
      for (let i = 0; i <= 16 * 16; i++) socket.write(`10000\r\n${block}\r\n`)
    })
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('sent in pieces are one body', async () => {
    const answer = await merchant.order({}, { headers: { 'Transfer-Encoding': 'chunked' } })
    expect(answer.status).toBe(200)
  })
})

describe('malformed input of any kind', () => {
  test('in a signed body is a 4xx, never a 5xx', async () => {
    const member = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant(null), fc.string({ unit: 'binary' }))
    const changes = fc.dictionary(
      fc.constantFrom(...Object.keys(merchant.orderBody()), 'detail', 'scene_info', '__proto__', 'constructor'),
      member,
      { minKeys: 1 },
    )
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        const answer = await merchant.order(change)
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 60 },
    )
  })

  test('in signed bytes is a 4xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const answer = await merchant.call('POST', JSAPI, bytes)
        expect(answer.status).toBe(400)
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    ['/v3/pay/transactions/out-trade-no/%ZZ?mchid=1'],
    ['/v3/pay/transactions/out-trade-no/%FF%FE?mchid=1'],
    ['/v3/pay/transactions/out-trade-no/..%2f..?mchid=1'],
    ['/v3/pay/transactions/out-trade-no/%00?mchid=1'],
    ['/v3/pay/transactions/id/%20?mchid=%'],
    ['/v3/certificates?algorithm_type=MD5'],
    ['/v3/certificates?%%%=&&==='],
    ['/v3//certificates'],
    ['//v3/certificates'],
    ['/v3/certificates/'],
    ['/v3/../v3/certificates'],
  ])('in the URL %s never crashes', async (url) => {
    const signed = await merchant.call('GET', url)
    expect(signed.status).toBeLessThan(500)
  })

  test.each([
    ['GET /v3/certificates HTTP/1.1\r\n\r\n'],
    ['GET \\v3 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['GET /v3/certificates HTTP/1.1\r\nHost: a b\r\n\r\n'],
    ['GET http://[bad/ HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['POST /v3/pay/transactions/jsapi HTTP/1.1\r\nHost: x\r\nContent-Length: 5x\r\n\r\n'],
    ['BREW /v3/certificates HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['garbage\r\n\r\n'],
  ])('on the wire %j is a 4xx', async (bytes) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(simulator.port, '127.0.0.1', () => socket.end(bytes))
      let text = ''
      socket.on('data', (data) => {
        text += data
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('leaves the simulator in good health', async () => {
    expect((await merchant.order()).status).toBe(200)
  })
})

describe('the journal', () => {
  test('shows requests oldest first, whole and by number', async () => {
    const world = await TestMerchant.open(simulator.port)
    const body = world.orderBody()
    await world.order(body)
    await world.query('NOSUCH1')
    await world.query(body.out_trade_no)
    const { requests } = (await world.control('GET', `/requests?outTradeNo=${body.out_trade_no}`)).json
    expect(requests.map(({ method }: { method: string }) => method)).toEqual(['POST', 'GET'])
    expect(requests[0]).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/\+08:00$/),
      method: 'POST',
      path: JSAPI,
      mchid: world.info.mchid,
      verified: true,
      reason: null,
      status: 200,
      code: null,
      requestId: expect.stringMatching(/-0$/),
      requestBody: JSON.stringify(body),
      responseBody: expect.stringContaining('prepay_id'),
      fault: null,
      diagnosis: null,
    })
    expect(requests[1].requestBody).toBeNull()
    const all = (await world.control('GET', '/requests')).json.requests
    expect(all.map(({ status }: { status: number }) => status)).toEqual([200, 404, 200])
    expect(all[1].code).toBe('ORDER_NOT_EXIST')
    expect((await world.control('GET', '/requests?limit=1')).json.requests).toEqual(all.slice(-1))
  })

  test('shows that a path is unknown, to whom the request names', async () => {
    await merchant.call('GET', '/v3/nothing/here')
    const { requests } = (await merchant.control('GET', '/requests?limit=1')).json
    expect(requests[0]).toMatchObject({
      path: '/v3/nothing/here',
      mchid: merchant.info.mchid,
      status: 404,
      verified: false,
      reason: 'PATH_UNKNOWN',
      responseBody: null,
    })
  })
})
