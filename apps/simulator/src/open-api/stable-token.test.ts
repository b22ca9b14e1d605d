import { createOpenApi } from '@shouyin/wechatpay-core/open-api'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { rawRequest } from '../testing/raw-request.ts'

const LIFE = 7200

let simulator: RunningSimulator
let merchant: TestMerchant
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())

const post = (url: string, body: unknown) =>
  rawRequest(simulator.port, { method: 'POST', url, body: typeof body === 'string' ? body : JSON.stringify(body) })

function ask(changes: Readonly<Record<string, unknown>> = {}) {
  const { appid, appSecret: secret } = merchant.info
  return post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret, ...changes })
}
const tokenOf = async (changes?: Readonly<Record<string, unknown>>) => String((await ask(changes)).json.access_token)
const force = () => ask({ force_refresh: true })
const advance = (seconds: number) => merchant.control('POST', '/clock/advance', { seconds })

/** What an operation says about a token: 0 when it is good. */
async function errcodeFor(token: string): Promise<number> {
  const url = `/wxa/sec/order/is_trade_managed?access_token=${encodeURIComponent(token)}`
  return (await post(url, { appid: merchant.info.appid })).json.errcode
}

describe('the token of everybody', () => {
  test('is the same however often it is asked for, and its rest of life shrinks by business time', async () => {
    const first = (await ask()).json
    expect(first).toEqual({ access_token: expect.stringMatching(/^.{60,512}$/), expires_in: LIFE })
    await advance(1000)
    const again = (await ask({ force_refresh: false })).json
    expect(again.access_token).toBe(first.access_token)
    expect(again.expires_in).toBeLessThanOrEqual(LIFE - 1000)
    expect(again.expires_in).toBeGreaterThan(LIFE - 1010)
  })

  test('is understood by the client in core', async () => {
    const { appid, appSecret } = merchant.info
    const openApi = createOpenApi({ appid, appSecret, baseUrl: simulator.url })
    const { accessToken, expiresInSeconds } = await openApi.stableToken()
    expect(expiresInSeconds).toBe(LIFE)
    expect(await openApi.isTradeManaged(accessToken)).toBe(true)
    await expect(openApi.isTradeManaged('nobody')).rejects.toMatchObject({ errcode: 40001, outcome: 'rejected' })
    openApi.close()
  })

  test('is renewed in its last five minutes; the old one lives five minutes more, then has expired', async () => {
    const old = await tokenOf()
    await advance(LIFE - 310)
    expect(await tokenOf()).toBe(old)
    await advance(15)
    const renewed = await tokenOf()
    expect(renewed).not.toBe(old)
    expect(await errcodeFor(old)).toBe(0)
    expect(await errcodeFor(renewed)).toBe(0)
    await advance(290)
    expect(await errcodeFor(old)).toBe(0)
    await advance(20)
    expect(await errcodeFor(old)).toBe(42001)
    expect(await errcodeFor(renewed)).toBe(0)
  })

  test('that nobody renewed has expired after two hours, and a new one comes', async () => {
    const old = await tokenOf()
    await advance(LIFE + 5)
    expect(await errcodeFor(old)).toBe(42001)
    expect(await errcodeFor(await tokenOf())).toBe(0)
    expect(await errcodeFor(old)).toBe(42001)
  })

  test('belongs to one mini-program', async () => {
    const token = await tokenOf()
    merchant = await TestMerchant.open(simulator.port)
    expect(await errcodeFor(token)).toBe(40013)
  })
})

describe('force_refresh', () => {
  test('ends the token before at once, and everybody gets the new one', async () => {
    const old = await tokenOf()
    const forced = (await force()).json
    expect(forced).toEqual({ access_token: expect.any(String), expires_in: LIFE })
    expect(forced.access_token).not.toBe(old)
    expect(await errcodeFor(old)).toBe(40001)
    expect(await tokenOf()).toBe(forced.access_token)
  })

  test('refreshes nothing within 30 seconds of the last time', async () => {
    const first = (await force()).json.access_token
    await advance(25)
    expect((await force()).json.access_token).toBe(first)
    await advance(10)
    expect((await force()).json.access_token).not.toBe(first)
  })

  test('works 20 times a day of Beijing; the 21st is errcode 45009 and leaves the token good', async () => {
    const { now } = (await merchant.control('GET', '/clock')).json
    const sinceMidnight = Math.floor(((Date.parse(now) + 8 * 3_600_000) % 86_400_000) / 1000)
    await advance(86_400 - sinceMidnight + 60)
    for (let i = 0; i < 20; i++) {
      expect((await force()).json).toHaveProperty('access_token')
      await advance(31)
    }
    expect((await force()).json).toMatchObject({ errcode: 45009, errmsg: expect.stringContaining('quota') })
    expect(await errcodeFor(await tokenOf())).toBe(0)
    await advance(86_400)
    expect((await force()).json).toHaveProperty('access_token')
  })
})

test.each<[changes: Record<string, unknown>, errcode: number]>([
  [{ appid: undefined }, 41002],
  [{ appid: 'wxother' }, 40013],
  [{ secret: undefined }, 41004],
  [{ secret: 'wrong' }, 40125],
  [{ grant_type: 'authorization_code' }, 40002],
  [{ force_refresh: 'yes' }, 47001],
])('with %j answers errcode %i and no token', async (changes, errcode) => {
  const answer = await ask(changes)
  expect(answer).toMatchObject({ status: 200, json: { errcode, errmsg: expect.any(String) } })
  expect(answer.json).not.toHaveProperty('access_token')
})

test.each(['', 'hello', '[]', '"x"'])('a body of %j is errcode 47001', async (body) => {
  expect((await post('/cgi-bin/stable_token', body)).json).toMatchObject({ errcode: 47001 })
})

describe('faults', () => {
  const fault = (kind: string, changes: object = {}) =>
    merchant.setFaults({ kind, match: { path: '/cgi-bin/stable_token' }, ...changes })

  test.each([
    ['rate-limit', {}, 200, 45011],
    ['error-before-effect', {}, 500, -1],
    ['error-before-effect', { code: '61004' }, 200, 61004],
    ['error-after-effect', { code: '-1' }, 200, -1],
  ])('%s %j answers %i with errcode %i', async (kind, changes, status, errcode) => {
    await fault(kind, changes)
    expect(await ask()).toMatchObject({ status, json: { errcode } })
    expect((await ask()).json).toHaveProperty('access_token')
  })

  test('error-after-effect has ended the old token all the same', async () => {
    const old = await tokenOf()
    await fault('error-after-effect')
    await force()
    expect(await errcodeFor(old)).toBe(40001)
  })
})

test('no secret and no token is in the journal, however the answer is spelled', async () => {
  await merchant.setFaults({ kind: 'odd-json', match: {}, count: 1 })
  const token = await tokenOf()
  expect(await tokenOf()).toBe(token)
  await errcodeFor(token)
  const { requests } = (await merchant.control('GET', '/requests')).json
  expect(requests).toHaveLength(3)
  const shown = JSON.stringify(requests)
  for (const secret of [merchant.info.appSecret, token, token.slice(1, -1)]) expect(shown).not.toContain(secret)
  expect(requests[0]).toMatchObject({ path: '/cgi-bin/stable_token', requestBody: expect.stringContaining('…') })
})

test('a reset takes the tokens away', async () => {
  const token = await tokenOf()
  await merchant.control('POST', '/reset')
  expect(await errcodeFor(token)).toBe(40001)
})
