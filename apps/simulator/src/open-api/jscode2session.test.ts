import { createOpenApi, OpenApiError } from '@shouyin/wechatpay-core/open-api'
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

const newCode = async (openid = 'oShopper') => (await merchant.control('POST', '/client/login', { openid })).json.code
const exchange = (changes: Readonly<Record<string, string | undefined>>) => {
  const { appid, appSecret: secret } = merchant.info
  const query = { appid, secret, grant_type: 'authorization_code', ...changes }
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return rawRequest(simulator.port, { method: 'GET', url: `/sns/jscode2session?${new URLSearchParams(given)}` })
}

describe('小程序登录', () => {
  test('exchanges a code for openid and session_key, in the words of the client in core too', async () => {
    const answer = await exchange({ js_code: await newCode() })
    expect(answer).toMatchObject({
      status: 200,
      json: { openid: 'oShopper', session_key: expect.stringMatching(/^.{24}$/) },
    })
    const { appid, appSecret } = merchant.info
    const openApi = createOpenApi({ appid, appSecret, baseUrl: simulator.url })
    expect(await openApi.login(await newCode())).toMatchObject({ openid: 'oShopper' })
    await expect(openApi.login('no-such-code')).rejects.toThrow(OpenApiError)
    await openApi.close()
  })

  test('takes a code once', async () => {
    const code = await newCode()
    await exchange({ js_code: code })
    const again = await exchange({ js_code: code })
    expect(again).toMatchObject({
      status: 200,
      json: { errcode: 40163, errmsg: expect.stringContaining('code been used') },
    })
  })

  test('takes a code for five minutes of business time', async () => {
    const [early, late] = [await newCode(), await newCode()]
    await merchant.control('POST', '/clock/advance', { seconds: 295 })
    expect((await exchange({ js_code: early })).json).toHaveProperty('openid')
    await merchant.control('POST', '/clock/advance', { seconds: 10 })
    expect((await exchange({ js_code: late })).json.errcode).toBe(40029)
  })

  test.each([
    [{ appid: undefined }, 41002],
    [{ appid: 'wxother' }, 40013],
    [{ secret: 'wrong' }, 40125],
    [{ secret: undefined }, 40125],
    [{ js_code: 'no-such-code' }, 40029],
    [{ js_code: undefined }, 40029],
    [{ grant_type: 'client_credential' }, 40029],
  ])('with %j answers errcode %i', async (changes, errcode) => {
    const answer = await exchange({ js_code: await newCode(), ...changes })
    expect(answer).toMatchObject({ status: 200, json: { errcode, errmsg: expect.any(String) } })
    expect(answer.json).not.toHaveProperty('openid')
  })

  test('does not take the code of another world', async () => {
    const other = await TestMerchant.open(simulator.port)
    const { code } = (await other.control('POST', '/client/login')).json
    expect((await exchange({ js_code: code })).json.errcode).toBe(40029)
  })
})

describe('faults', () => {
  const match = { path: '/sns/jscode2session' }

  test.each([
    ['rate-limit', 200, 45011],
    ['error-before-effect', 500, -1],
    ['error-after-effect', 500, -1],
  ])('%s answers %i with errcode %i', async (kind, status, errcode) => {
    await merchant.setFaults({ kind, match })
    const code = await newCode()
    expect(await exchange({ js_code: code })).toMatchObject({ status, json: { errcode } })
    const again = (await exchange({ js_code: code })).json
    if (kind === 'error-after-effect') expect(again.errcode).toBe(40163)
    else expect(again.openid).toBe('oShopper')
  })

  test('reset and time-out cut the connection', async () => {
    for (const fault of [{ kind: 'reset-before-effect' }, { kind: 'timeout-after-effect', seconds: 0.02 }]) {
      await merchant.setFaults({ ...fault, match })
      await expect(exchange({ js_code: await newCode() })).rejects.toThrow()
    }
  })

  test('odd-json is spelled oddly', async () => {
    await merchant.setFaults({ kind: 'odd-json', match })
    const answer = await exchange({ js_code: await newCode() })
    expect(answer.json.openid).toBe('oShopper')
    expect(answer.text).not.toBe(JSON.stringify(answer.json))
  })
})

test('the journal shows the call without secret and session_key', async () => {
  const code = await newCode()
  const answer = await exchange({ js_code: code })
  const [item] = (await merchant.control('GET', '/requests?limit=1')).json.requests
  expect(item).toMatchObject({ path: '/sns/jscode2session', status: 200, verified: true, mchid: null })
  const shown = JSON.stringify(item)
  for (const secret of [merchant.info.appSecret, answer.json.session_key, code]) expect(shown).not.toContain(secret)
})
