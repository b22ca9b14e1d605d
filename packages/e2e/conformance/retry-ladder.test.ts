import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { createWechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

/** 通知频率 as the official page of the payment notification prints it, copied here by hand on purpose. */
const LADDER_SECONDS = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]
const DAY_SECONDS = 86_400

interface Attempt {
  readonly at: string
  readonly status: number
}

let simulator: RunningSimulator
let mchid: string
let status: number
let received = 0
const backend = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1
    response.writeHead(status).end()
  })
})

beforeAll(async () => {
  simulator = await startSimulator()
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  backend.closeAllConnections()
  await new Promise((resolve) => backend.close(resolve))
  await simulator.close()
})

const control = async (method: string, path: string, body?: object) => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  return (await fetch(`${simulator.url}/_sim${path}?mchid=${mchid}`, init)).json()
}
const advance = async (seconds: number): Promise<number> =>
  (await control('POST', '/clock/advance', { seconds })).deliveries
const notification = async () => (await control('GET', '/notifications')).notifications[0]

/** One paid order in a fresh world, its first delivery made and refused. */
beforeEach(async () => {
  status = 500
  received = 0
  const info = await (await fetch(`${simulator.url}/_sim/merchants`, { method: 'POST' })).json()
  mchid = info.mchid
  const wechatpay = createWechatPay({
    mchid,
    merchantSerialNo: info.merchantSerialNo,
    privateKey: info.merchantPrivateKeyPem,
    apiV3Key: info.apiV3Key,
    platformKeys: { publicKey: { id: info.wechatpayPublicKeyId, pem: info.wechatpayPublicKeyPem } },
    baseUrl: simulator.url,
  })
  await wechatpay.call(endpoints.createJsapi, {
    body: {
      appid: info.appid,
      mchid,
      description: '羽毛球',
      out_trade_no: 'LADDER-1',
      notify_url: `http://127.0.0.1:${(backend.address() as AddressInfo).port}/notify`,
      amount: { total: 1 },
      payer: { openid: 'oShopper' },
    },
  })
  await wechatpay.close()
  await control('POST', '/transactions/LADDER-1/pay')
  await advance(1)
  expect(received).toBe(1)
})

describe('a notification that nobody accepts', () => {
  test('is sent again 15 times at the documented times, then given up', async () => {
    expect(await advance(2 * DAY_SECONDS)).toBe(15)
    const { state, nextAttemptAt, attempts } = await notification()
    expect([state, nextAttemptAt]).toEqual(['exhausted', null])
    const times = attempts.map(({ at }: Attempt) => Date.parse(at) / 1000)
    const gaps = times.slice(1).map((time: number, index: number) => time - times[index])
    expect(gaps).toEqual(LADDER_SECONDS)
    expect(times.at(-1) - times[0]).toBe(24 * 3600 + 4 * 60)
    expect(await advance(30 * DAY_SECONDS)).toBe(0)
    expect(received).toBe(16)
  })

  test('comes not a second early, step by step', async () => {
    // One second of the first step has passed already, and a call takes a little real time.
    let waitedSeconds = 1
    for (const stepSeconds of LADDER_SECONDS) {
      expect(await advance(stepSeconds - waitedSeconds - 2)).toBe(0)
      expect(await advance(3)).toBe(1)
      waitedSeconds = 1
    }
    expect((await notification()).state).toBe('exhausted')
  })

  test('shows when it will come next', async () => {
    for (const stepSeconds of LADDER_SECONDS.slice(0, 5)) {
      const { attempts, nextAttemptAt } = await notification()
      expect((Date.parse(nextAttemptAt) - Date.parse(attempts.at(-1).at)) / 1000).toBe(stepSeconds)
      await advance(stepSeconds)
    }
  })
})

describe.each([200, 204])('the ladder ends with a %i', (accepted) => {
  test.each([1, 4, 15])('at re-send %i', async (resend) => {
    const untilThen = LADDER_SECONDS.slice(0, resend - 1).reduce((sum, seconds) => sum + seconds, 0)
    if (untilThen > 1) await advance(untilThen - 1)
    expect(received).toBe(resend)
    status = accepted
    expect(await advance(2 * DAY_SECONDS)).toBe(1)
    const { state, nextAttemptAt, attempts } = await notification()
    expect([state, nextAttemptAt]).toEqual(['delivered', null])
    expect(attempts.map(({ status }: Attempt) => status)).toEqual([...Array(resend).fill(500), accepted])
  })
})

test('the resend button delivers at once and ends the ladder', async () => {
  const { id } = await notification()
  status = 204
  expect(await control('POST', `/notifications/${id}/resend`)).toMatchObject({ status: 204, error: null })
  expect(await advance(2 * DAY_SECONDS)).toBe(0)
  expect(received).toBe(2)
})
