import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { isSignedBy, openResource, type Received, type Receiver, startReceiver } from '../testing/receiver.ts'
import { until } from '../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port, { mode: 'certificate' })
  receiver = await startReceiver()
  return () => receiver.close()
})
afterAll(() => simulator.close())

const advance = async (seconds: number) => (await merchant.control('POST', '/clock/advance', { seconds })).json
const notificationOf = async (outTradeNo: string) =>
  (await merchant.control('GET', `/notifications?outTradeNo=${outTradeNo}`)).json.notifications[0]

/** Orders, pays, and waits for what is due at once. */
const paid = async () => {
  const body = merchant.orderBody({ notify_url: receiver.url })
  await merchant.order(body)
  expect((await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`, {})).status).toBe(200)
  await advance(1)
  return body.out_trade_no
}

const certificate = () => merchant.info.platformCertificates[0]?.certificatePem ?? ''
const fits = ({ headers, body }: Received) => isSignedBy(certificate(), headers, body)
const opens = ({ body }: Received) => {
  try {
    return openResource(body, merchant.info.apiV3Key).trade_state === 'SUCCESS'
  } catch {
    return false
  }
}
const ageSeconds = ({ headers, atMs }: Received) => Math.round(atMs / 1000 - Number(headers['wechatpay-timestamp']))
const only = (): Received => {
  const [first] = receiver.received
  if (!first) throw new Error('nothing was delivered')
  return first
}

test('without a fault a delivery is fresh, signed and opens', async () => {
  const outTradeNo = await paid()
  expect(receiver.received).toHaveLength(1)
  expect(fits(only())).toBe(true)
  expect(ageSeconds(only())).toBeLessThanOrEqual(1)
  expect(only().headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0' })
  expect(openResource(only().body, merchant.info.apiV3Key)).toMatchObject({
    out_trade_no: outTradeNo,
    trade_state: 'SUCCESS',
    amount: { total: 100, payer_total: 100 },
    payer: { openid: 'oTestShopper' },
  })
})

describe('lose-notification', () => {
  test('sends nothing, ever, until somebody re-sends by hand', async () => {
    await merchant.setFaults({ kind: 'lose-notification' })
    const outTradeNo = await paid()
    await advance(90_000)
    expect(receiver.received).toHaveLength(0)
    const lost = await notificationOf(outTradeNo)
    expect(lost).toMatchObject({ state: 'lost', nextAttemptAt: null })
    expect(lost.attempts).toMatchObject([{ status: null, error: 'lost', serial: null, fault: 'lose-notification' }])
    const resent = await merchant.control('POST', `/notifications/${lost.id}/resend`)
    expect(resent).toMatchObject({ status: 200, json: { status: 204, fault: null } })
    expect((await notificationOf(outTradeNo)).state).toBe('delivered')
  })
})

describe('duplicate-notification', () => {
  test('sends as many copies as asked, each with a signature of its own and one id', async () => {
    await merchant.setFaults({ kind: 'duplicate-notification', copies: 5 })
    const outTradeNo = await paid()
    expect(receiver.received).toHaveLength(5)
    expect(receiver.received.every(fits)).toBe(true)
    expect(new Set(receiver.received.map(({ headers }) => headers['wechatpay-nonce'])).size).toBe(5)
    expect(new Set(receiver.received.map(({ body }) => JSON.parse(body.toString()).id)).size).toBe(1)
    expect((await notificationOf(outTradeNo)).attempts).toHaveLength(5)
  })

  test('may give every copy an id of its own, all about one payment', async () => {
    await merchant.setFaults({ kind: 'duplicate-notification', copies: 3, ids: 'other' })
    const outTradeNo = await paid()
    expect(receiver.received.every(fits)).toBe(true)
    expect(new Set(receiver.received.map(({ body }) => JSON.parse(body.toString()).id)).size).toBe(3)
    expect((await notificationOf(outTradeNo)).attempts).toHaveLength(3)
  })

  test('counts as one failure when every copy fails', async () => {
    receiver.answerWith = () => 500
    await merchant.setFaults({ kind: 'duplicate-notification' })
    await paid()
    await advance(14)
    expect(receiver.received).toHaveLength(3)
    await advance(15)
    expect(receiver.received).toHaveLength(4)
  })
})

describe('delay-notification', () => {
  test('comes so many seconds of business time later', async () => {
    await merchant.setFaults({ kind: 'delay-notification', seconds: 600 })
    const outTradeNo = await paid()
    await advance(598)
    expect(receiver.received).toHaveLength(0)
    expect((await notificationOf(outTradeNo)).state).toBe('pending')
    expect(await advance(2)).toMatchObject({ deliveries: 1 })
    expect((await notificationOf(outTradeNo)).attempts).toMatchObject([{ status: 204, fault: 'delay-notification' }])
    expect(fits(only())).toBe(true)
  })
})

describe('reorder-notifications', () => {
  const numbers = () => receiver.received.map(({ body }) => openResource(body, merchant.info.apiV3Key).out_trade_no)

  test('lets the last of its window go first', async () => {
    await merchant.setFaults({ kind: 'reorder-notifications', window: 3 })
    const [first, second] = [await paid(), await paid()]
    expect(receiver.received).toHaveLength(0)
    const third = await paid()
    expect(numbers()).toEqual([third, second, first])
    const fourth = await paid()
    expect(numbers()).toEqual([third, second, first, fourth])
    expect((await notificationOf(first)).attempts).toMatchObject([{ fault: 'reorder-notifications', status: 204 }])
  })

  test('holds nothing back for more than a minute', async () => {
    await merchant.setFaults({ kind: 'reorder-notifications' })
    const outTradeNo = await paid()
    expect(numbers()).toEqual([])
    await advance(60)
    expect(numbers()).toEqual([outTradeNo])
  })
})

describe('tampering', () => {
  test.each([['signature'], ['ciphertext'], ['timestamp']])('with the %s breaks the signature', async (part) => {
    receiver.answerWith = (received) => (fits(received) ? 204 : 401)
    await merchant.setFaults({ kind: 'tamper-notification', part })
    const outTradeNo = await paid()
    expect(fits(only())).toBe(false)
    expect(opens(only())).toBe(part !== 'ciphertext')
    await advance(15)
    const { state, attempts } = await notificationOf(outTradeNo)
    expect(state).toBe('delivered')
    expect(attempts).toMatchObject([
      { status: 401, fault: 'tamper-notification' },
      { status: 204, fault: null },
    ])
  })

  test('probe-notification sends what does not even decode as a signature', async () => {
    await merchant.setFaults({ kind: 'probe-notification' })
    await paid()
    expect(only().headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
    expect(fits(only())).toBe(false)
  })

  test('stale-notification is old and rightly signed', async () => {
    await merchant.setFaults({ kind: 'stale-notification', ageSeconds: 400 })
    await paid()
    expect(fits(only())).toBe(true)
    expect(ageSeconds(only())).toBeGreaterThanOrEqual(399)
    expect(ageSeconds(only())).toBeLessThanOrEqual(402)
  })

  test('wrong-serial names a key that nobody knows', async () => {
    await merchant.setFaults({ kind: 'wrong-serial', on: 'notification' })
    const outTradeNo = await paid()
    const { serial } = (await notificationOf(outTradeNo)).attempts[0]
    expect(only().headers['wechatpay-serial']).toBe(serial)
    expect(serial).not.toBe(merchant.info.platformCertificates[0]?.serialNo)
    expect(fits(only())).toBe(true)
  })

  test('odd-json is spelled oddly, signed and opens', async () => {
    await merchant.setFaults({ kind: 'odd-json', match: { eventType: 'TRANSACTION.SUCCESS' } })
    await paid()
    const text = only().body.toString()
    expect(text).not.toBe(JSON.stringify(JSON.parse(text)))
    expect([fits(only()), opens(only())]).toEqual([true, true])
  })
})

describe('mismatch-notification', () => {
  test.each([
    [{ amountFen: 1 }, { amount: { total: 1, payer_total: 1, currency: 'CNY', payer_currency: 'CNY' } }],
    [{ appid: 'wxother' }, { appid: 'wxother' }],
    [{ mchid: '1' }, { mchid: '1' }],
    [{ openid: 'oThief' }, { payer: { openid: 'oThief' } }],
  ])('tells the lie %j, rightly signed and encrypted', async (set, lie) => {
    await merchant.setFaults({ kind: 'mismatch-notification', set })
    const outTradeNo = await paid()
    expect(fits(only())).toBe(true)
    const truth = { out_trade_no: outTradeNo, appid: merchant.info.appid, mchid: merchant.info.mchid }
    expect(openResource(only().body, merchant.info.apiV3Key)).toMatchObject({ ...truth, ...lie })
    expect((await merchant.query(outTradeNo)).json).toMatchObject({ ...truth, amount: { total: 100 } })
  })
})

test('probeRate 1 probes every first delivery and no re-send', async () => {
  await merchant.control('PUT', '/switches', { probeRate: 1 })
  receiver.answerWith = (received) => (fits(received) ? 204 : 401)
  const body = merchant.orderBody({ notify_url: receiver.url })
  await merchant.order(body)
  await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`, {})
  await until('the probe', () => receiver.received.length === 1 || undefined)
  await advance(15)
  const { attempts } = await notificationOf(body.out_trade_no)
  expect(attempts).toMatchObject([
    { status: 401, fault: 'probe-notification' },
    { status: 204, fault: null },
  ])
})
