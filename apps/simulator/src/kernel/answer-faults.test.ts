import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { isSignedBy } from '../testing/receiver.ts'
import { until } from '../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port, { mode: 'certificate' })
})
afterAll(() => simulator.close())

const certificate = () => merchant.info.platformCertificates[0]?.certificatePem ?? ''
const fired = async () => (await merchant.control('GET', '/faults')).json.faults[0].fired
const stateOf = async (outTradeNo: string) => {
  const answer = await merchant.control('GET', `/transactions/${outTradeNo}`)
  return answer.status === 404 ? null : answer.json.tradeState
}
const lastRequest = async () => (await merchant.control('GET', '/requests?limit=1')).json.requests[0]

/** A number that is ordered and open. */
const ordered = async () => {
  const body = merchant.orderBody()
  expect((await merchant.order(body)).status).toBe(200)
  return body.out_trade_no
}

describe.each([
  { kind: 'error-before-effect', status: 500, code: 'SYSTEM_ERROR', hasEffect: false },
  {
    kind: 'error-before-effect',
    given: { status: 403, code: 'RULE_LIMIT' },
    status: 403,
    code: 'RULE_LIMIT',
    hasEffect: false,
  },
  { kind: 'error-after-effect', status: 500, code: 'SYSTEM_ERROR', hasEffect: true },
  {
    kind: 'error-after-effect',
    given: { status: 502, code: 'SERVICE_UNAVAILABLE' },
    status: 502,
    code: 'SERVICE_UNAVAILABLE',
    hasEffect: true,
  },
  { kind: 'rate-limit', status: 429, code: 'FREQUENCY_LIMITED', hasEffect: false },
])('$kind $given', ({ kind, given = {}, status, code, hasEffect }) => {
  test(`answers ${status} ${code}, unsigned, ${hasEffect ? 'with' : 'without'} effect, once`, async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind, ...given })
    const answer = await merchant.close(outTradeNo)
    expect(answer).toMatchObject({ status, json: { code } })
    expect(answer.headers).not.toHaveProperty('wechatpay-signature')
    expect(await stateOf(outTradeNo)).toBe(hasEffect ? 'CLOSED' : 'NOTPAY')
    expect(await lastRequest()).toMatchObject({ status, code, fault: kind, verified: true })
    expect(await fired()).toBe(1)
    expect((await merchant.close(outTradeNo)).status).toBe(204)
  })
})

test('rate-limit takes the other code from its switch', async () => {
  await merchant.control('PUT', '/switches', { rateLimitCode: 'RATELIMIT_EXCEEDED' })
  await merchant.setFaults({ kind: 'rate-limit' })
  expect((await merchant.query('NOSUCH')).json.code).toBe('RATELIMIT_EXCEEDED')
})

describe.each([
  { kind: 'reset-before-effect', hasEffect: false },
  { kind: 'reset-after-effect', hasEffect: true },
  { kind: 'timeout-before-effect', seconds: 0.05, hasEffect: false },
  { kind: 'timeout-after-effect', seconds: 0.05, hasEffect: true },
])('$kind', ({ kind, seconds, hasEffect }) => {
  test(`cuts the connection ${hasEffect ? 'with' : 'without'} effect`, async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults(seconds === undefined ? { kind } : { kind, seconds })
    const startedAt = performance.now()
    await expect(merchant.close(outTradeNo)).rejects.toThrow(/socket hang up|ECONNRESET/)
    if (seconds !== undefined) expect(performance.now() - startedAt).toBeGreaterThanOrEqual(seconds * 1000 - 5)
    expect(await stateOf(outTradeNo)).toBe(hasEffect ? 'CLOSED' : 'NOTPAY')
    expect(await lastRequest()).toMatchObject({
      status: null,
      code: null,
      requestId: null,
      responseBody: null,
      fault: kind,
    })
  })
})

describe('ok-without-effect', () => {
  test('closes nothing and says 204, rightly signed', async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { path: '/v3/pay/transactions/out-trade-no/*' } })
    const answer = await merchant.close(outTradeNo)
    expect(answer.status).toBe(204)
    expect(isSignedBy(certificate(), answer.headers, answer.bytes)).toBe(true)
    expect(await stateOf(outTradeNo)).toBe('NOTPAY')
  })

  test('orders nothing and hands out a prepay_id that nobody knows', async () => {
    const body = merchant.orderBody()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: body.out_trade_no } })
    const answer = await merchant.order(body)
    expect(answer.status).toBe(200)
    expect(await stateOf(body.out_trade_no)).toBeNull()
    const pay = { ...merchant.payParameters(answer.json.prepay_id), openid: 'oTestShopper', action: 'open' }
    expect((await merchant.control('POST', '/client/request-payment', pay)).json.reason).toBe('PREPAY_UNKNOWN')
  })

  test('leaves an earlier order as it was', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    await merchant.setFaults({ kind: 'ok-without-effect' })
    await merchant.order(body)
    const { prepayIds } = (await merchant.control('GET', `/transactions/${body.out_trade_no}`)).json
    expect(prepayIds).toHaveLength(1)
  })
})

describe('false-closed', () => {
  test('says CLOSED, rightly signed, of an order that can still be paid, and nothing of any other', async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind: 'false-closed', count: 2 })
    const answer = await merchant.query(outTradeNo)
    expect(answer.json).toMatchObject({ trade_state: 'CLOSED', trade_state_desc: '订单已关闭' })
    expect(isSignedBy(certificate(), answer.headers, answer.bytes)).toBe(true)
    expect(await stateOf(outTradeNo)).toBe('NOTPAY')
    await merchant.control('POST', `/transactions/${outTradeNo}/pay`, {})
    expect((await merchant.query(outTradeNo)).json.trade_state).toBe('SUCCESS')
  })
})

describe('hold-response', () => {
  test('keeps the answer until it is released; the effect is there before', async () => {
    const outTradeNo = await ordered()
    const [held] = await merchant.setFaults({ kind: 'hold-response' })
    let isAnswered = false
    const closing = merchant.close(outTradeNo).finally(() => {
      isAnswered = true
    })
    await until('the effect', async () => (await stateOf(outTradeNo)) === 'CLOSED' || undefined)
    expect(isAnswered).toBe(false)
    const release = await until('the release', async () => {
      const answer = await merchant.control('POST', `/faults/${held?.id}/release`)
      return answer.json.released === 1 ? answer : undefined
    })
    expect(release.status).toBe(200)
    expect((await closing).status).toBe(204)
  })

  test('is released by new faults too', async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind: 'hold-response' })
    const closing = merchant.close(outTradeNo)
    await until('the effect', async () => (await stateOf(outTradeNo)) === 'CLOSED' || undefined)
    expect((await merchant.control('DELETE', '/faults')).status).toBe(204)
    expect((await closing).status).toBe(204)
  })

  test('of an unknown fault is a clear error', async () => {
    const answer = await merchant.control('POST', '/faults/fault-0/release')
    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'FAULT_NOT_FOUND', field: 'id' } } })
  })
})

describe('the signature of an answer', () => {
  test.each([
    { kind: 'tamper-response', of: 'query' },
    { kind: 'tamper-response', of: 'close' },
    { kind: 'probe-response', of: 'query' },
    { kind: 'probe-response', of: 'close' },
  ])('does not fit after $kind of a $of', async ({ kind, of }) => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind })
    const answer = of === 'query' ? await merchant.query(outTradeNo) : await merchant.close(outTradeNo)
    expect(answer.status).toBe(of === 'query' ? 200 : 204)
    expect(isSignedBy(certificate(), answer.headers, answer.bytes)).toBe(false)
    const isProbe = String(answer.headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/')
    expect(isProbe).toBe(kind === 'probe-response')
  })

  test('is not there after unsigned-response', async () => {
    await merchant.setFaults({ kind: 'unsigned-response' })
    const answer = await merchant.query(await ordered())
    const other = await merchant.query(await ordered())
    const signatures = [answer, other].map(({ headers }) => 'wechatpay-signature' in headers)
    expect(signatures).toContain(true)
    expect(await fired()).toBe(1)
  })

  test('stands under a serial that nobody knows after wrong-serial, and fits', async () => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind: 'wrong-serial' })
    const answer = await merchant.query(outTradeNo)
    expect(answer.headers['wechatpay-serial']).toMatch(/^[0-9A-F]{40}$/)
    expect(answer.headers['wechatpay-serial']).not.toBe(merchant.info.platformCertificates[0]?.serialNo)
    expect(isSignedBy(certificate(), answer.headers, answer.bytes)).toBe(true)
  })

  test.each([200, -200])('fits an answer of another time: %i s', async (seconds) => {
    const outTradeNo = await ordered()
    await merchant.setFaults({ kind: 'skew-clock', seconds })
    const answer = await merchant.query(outTradeNo)
    const off = (ms: number) => Math.abs(ms - Date.now() - seconds * 1000)
    expect(off(Date.parse(String(answer.headers.date)))).toBeLessThan(5000)
    expect(off(Number(answer.headers['wechatpay-timestamp']) * 1000)).toBeLessThan(5000)
    expect(isSignedBy(certificate(), answer.headers, answer.bytes)).toBe(true)
  })

  test('fits an oddly spelled body', async () => {
    const outTradeNo = await ordered()
    const usual = await merchant.query(outTradeNo)
    await merchant.setFaults({ kind: 'odd-json' })
    const odd = await merchant.query(outTradeNo)
    expect(odd.text).not.toBe(usual.text)
    expect(odd.json).toEqual(usual.json)
    expect(isSignedBy(certificate(), odd.headers, odd.bytes)).toBe(true)
  })
})

describe('probes by rate', () => {
  test('hit an answer, but not its repetition', async () => {
    const outTradeNo = await ordered()
    await merchant.control('PUT', '/switches', { probeRate: 1 })
    const isGood = async () => {
      const { headers, bytes } = await merchant.query(outTradeNo)
      return isSignedBy(certificate(), headers, bytes)
    }
    expect([await isGood(), await isGood(), await isGood(), await isGood()]).toEqual([false, true, false, true])
    await merchant.control('PUT', '/switches', { probeRate: 0 })
    await isGood()
    expect(await isGood()).toBe(true)
  })
})

test('a fault hits only verified requests', async () => {
  await merchant.setFaults({ kind: 'rate-limit' })
  const forged = await merchant.call('GET', `/v3/certificates`, undefined, { signature: 'AAAA' })
  expect(forged.status).toBe(401)
  expect(await fired()).toBe(0)
})
