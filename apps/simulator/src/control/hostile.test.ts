import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { CARD_APPID, TestCards } from '../testing/discount-card.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { rawRequest } from '../testing/raw-request.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
  const cards = await TestCards.of(merchant, { cardTemplateId: 'HOSTILE' })
  await cards.prepared({ out_card_code: 'HOSTILE' })
})
afterAll(() => simulator.close())

/** Names that the calls know, so that the values behind them are reached. */
const NAMES = [
  'seconds',
  'faults',
  'mode',
  'joins',
  'openid',
  'appid',
  'action',
  'percentByPublicKey',
  'probeRate',
  'amountFen',
  'couponFen',
  'account',
  'status',
  'refundCallbackUrl',
  'businessType',
  'extraData',
  'result',
  'appId',
  'path',
  'name',
  'objectives',
  'rewards',
  'durationDays',
  'isActive',
  'opensAt',
  'whitelist',
  '__proto__',
]

const CALLS = [
  ['POST', '/merchants'],
  ['POST', '/client/login'],
  ['POST', '/client/request-payment'],
  ['POST', '/client/open-business-view'],
  ['POST', '/client/navigate-to-mini-program'],
  ['POST', '/clock/advance'],
  ['PUT', '/faults'],
  ['PUT', '/switches'],
  ['POST', '/platform-keys/switch'],
  ['POST', '/api-v3-key/rotate'],
  ['POST', '/transactions/NOSUCH/pay'],
  ['POST', '/transactions/NOSUCH/refund'],
  ['POST', '/refunds/NOSUCH/finish'],
  ['POST', '/funds'],
  ['POST', '/notifications/NOSUCH/resend'],
  ['POST', '/faults/NOSUCH/release'],
  ['PUT', '/payscore/services/NOSUCH'],
  ['POST', '/payscore/sign-plans/NOSUCH/sign'],
  ['POST', '/payscore/orders/NOSUCH/deduct'],
  ['POST', '/payscore/revoke-service'],
  ['POST', '/discount-card/templates'],
  ['PUT', '/discount-card/templates/HOSTILE'],
  ['POST', '/discount-card/cards/HOSTILE/take'],
  ['POST', '/discount-card/cards/HOSTILE/quit'],
  ['POST', '/discount-card/cards/HOSTILE/settle'],
  ['POST', '/discount-card/cards/HOSTILE/deduct'],
] as const

describe.each(CALLS)('%s %s', (method, path) => {
  test('answers any JSON with a success or a clear 4xx', async () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(-1, 1e308, '', null, [[]]))
    const body = fc.oneof(fc.dictionary(fc.constantFrom(...NAMES), value), value)
    await fc.assert(
      fc.asyncProperty(body, async (input) => {
        const answer = await merchant.control(method, path, input)
        expect(answer.status).toBeLessThan(500)
        if (answer.status >= 400) {
          expect(answer.json.error).toMatchObject({ code: expect.any(String), requestId: expect.any(String) })
        }
      }),
      { numRuns: 25 },
    )
  })

  test('answers any bytes with a success or a clear 4xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        const url = `/_sim${path}?mchid=${merchant.info.mchid}`
        expect((await rawRequest(simulator.port, { method, url, body: bytes })).status).toBeLessThan(500)
      }),
      { numRuns: 15 },
    )
  })
})

test.each([
  ['[]', 'the body is not a JSON object: send one', undefined],
  ['"x"', 'the body is not a JSON object: send one', undefined],
  ['{"faults":[],"zzz":1}', 'zzz: is not a member here: leave it out', 'zzz'],
  ['{}', 'faults: is required', 'faults'],
  ['{"faults":[{"kind":"x"}]}', /^faults\.0\.kind: must be \("lose-notification" \| /, 'faults.0.kind'],
  ['{"faults":[5]}', 'faults.0: must be Object', 'faults.0'],
  ['{"faults":[{"kind":"rate-limit","count":0}]}', 'faults.0.count: must be at least 1', 'faults.0.count'],
  [
    '{"faults":[{"kind":"rate-limit","probability":2}]}',
    'faults.0.probability: must be at most 1',
    'faults.0.probability',
  ],
])('the input %s is refused with its field and what is expected', async (body, message, field) => {
  const url = `/_sim/faults?mchid=${merchant.info.mchid}`
  const { status, json } = await rawRequest(simulator.port, { method: 'PUT', url, body })
  expect([status, json.error.code, json.error.field]).toEqual([400, 'INVALID_INPUT', field])
  expect(json.error.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
})

test('any path of a card’s page opens some page of it', async () => {
  const start = fc.constantFrom('', '/pages/get-card/get-card?', 'pages/card-detail/card-detail?card_id=', '?', '%')
  const openid = 'oTestShopper'
  await fc.assert(
    fc.asyncProperty(start, fc.string({ unit: 'binary' }), async (begin, rest) => {
      const given = { appid: merchant.info.appid, openid, appId: CARD_APPID, path: begin + rest, action: 'open' }
      const answer = await merchant.control('POST', '/client/navigate-to-mini-program', given)
      expect(answer).toMatchObject({ status: 200, json: { errMsg: null, page: { actions: [] } } })
    }),
    { numRuns: 40 },
  )
})

test.each([['/_sim/client/login'], ['/v3/pay/transactions/jsapi']])(
  'who leaves in the middle of a body for %s is no defect to report',
  async (url) => {
    const logged = vi.spyOn(console, 'error')
    const socket = connect(simulator.port, '127.0.0.1')
    socket.write(`POST ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{`)
    await once(socket, 'data')
    socket.destroy()
    await once(socket, 'close')
    // The server notices before it answers whoever comes later.
    await merchant.control('GET', '/clock')
    await merchant.control('GET', '/clock')
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  },
)

test.each([
  ['/_sim/transactions/%ZZ'],
  ['/_sim/transactions/%00'],
  ['/_sim/notifications/%F0%9F/resend'],
  ['/_sim/requests?limit=1&limit=2'],
  ['/_sim/requests?outTradeNo='],
  ['/_sim/clock?mchid='],
  ['/_sim/../_sim/health'],
  ['/_sim//health'],
  ['/_sim/%2e%2e/health'],
])('the URL %s is no 5xx', async (url) => {
  expect((await rawRequest(simulator.port, { method: 'GET', url })).status).toBeLessThan(500)
})

test('calls that advance the clock at the same time add up', async () => {
  const world = await TestMerchant.open(simulator.port)
  const answers = await Promise.all([10, 20, 30].map((seconds) => world.control('POST', '/clock/advance', { seconds })))
  expect(
    answers
      .map(({ json }) => json.offsetSeconds)
      .sort((a, b) => a - b)
      .at(-1),
  ).toBe(60)
  expect((await world.control('GET', '/clock')).json.offsetSeconds).toBe(60)
})

test('after all this the world still works', async () => {
  await merchant.control('DELETE', '/faults')
  await merchant.control('POST', '/reset')
  expect((await merchant.order()).status).toBe(200)
  expect((await (await TestCards.of(merchant)).prepare()).status).toBe(200)
})
