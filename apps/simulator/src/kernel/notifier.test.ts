import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { openResource, type Receiver, startReceiver } from '../testing/receiver.ts'
import { until } from '../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver = await startReceiver()
  return () => receiver.close()
})
afterAll(() => simulator.close())

const pay = async (changes: Readonly<Record<string, unknown>> = {}) => {
  const body = merchant.orderBody({ notify_url: receiver.url, ...changes })
  expect((await merchant.order(body)).status).toBe(200)
  expect((await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`, {})).status).toBe(200)
  return body.out_trade_no
}
const advance = async (seconds: number) => (await merchant.control('POST', '/clock/advance', { seconds })).json
const notificationOf = async (outTradeNo: string) =>
  (await merchant.control('GET', `/notifications?outTradeNo=${outTradeNo}`)).json.notifications[0]

describe('a payment', () => {
  test('is notified at once and by itself', async () => {
    const outTradeNo = await pay()
    await until('the delivery', () => receiver.received.length === 1 || undefined)
    const notification = await until('the answer', async () => {
      const found = await notificationOf(outTradeNo)
      return found.state === 'delivered' ? found : undefined
    })
    expect(Object.keys(notification)).toEqual([
      'id',
      'eventType',
      'outTradeNo',
      'url',
      'state',
      'nextAttemptAt',
      'attempts',
    ])
    expect(notification).toMatchObject({
      eventType: 'TRANSACTION.SUCCESS',
      outTradeNo,
      url: receiver.url,
      nextAttemptAt: null,
    })
    const [attempt] = notification.attempts
    expect(Object.keys(attempt).sort()).toEqual(['at', 'durationMs', 'error', 'fault', 'serial', 'status'])
    expect(attempt).toMatchObject({ status: 204, error: null, fault: null })
  })

  test('names the event and encrypts the order, with either associated data', async () => {
    const seen = new Set<string>()
    const look = async () => {
      await pay()
      await advance(1)
      const { body } = receiver.received.at(-1) ?? { body: Buffer.from('{}') }
      const envelope = JSON.parse(body.toString())
      expect(envelope).toMatchObject({
        event_type: 'TRANSACTION.SUCCESS',
        resource_type: 'encrypt-resource',
        summary: '支付成功',
        resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' },
      })
      expect(openResource(body, merchant.info.apiV3Key)).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'JSAPI' })
      seen.add(envelope.resource.associated_data)
    }
    for (const [associatedData, expected] of [
      ['empty', ''],
      ['type', 'transaction'],
    ] as const) {
      await merchant.control('PUT', '/switches', { associatedData })
      seen.clear()
      await look()
      expect([...seen]).toEqual([expected])
    }
    await merchant.control('PUT', '/switches', { associatedData: 'random' })
    for (let i = 0; i < 40 && seen.size < 2; i++) await look()
    expect([...seen].sort()).toEqual(['', 'transaction'])
  })
})

describe('a delivery', () => {
  test.each([[200], [204]])('is accepted with %i', async (status) => {
    receiver.answerWith = () => status
    const outTradeNo = await pay()
    await advance(60)
    expect(await notificationOf(outTradeNo)).toMatchObject({ state: 'delivered', attempts: [{ status }] })
  })

  test.each([[201], [202], [302], [400], [401], [404], [500], [503]])('is not accepted with %i', async (status) => {
    receiver.answerWith = () => status
    const outTradeNo = await pay()
    await advance(1)
    expect(await notificationOf(outTradeNo)).toMatchObject({ state: 'pending', attempts: [{ status, error: null }] })
  })

  test('that nobody takes is an error in words', async () => {
    await receiver.close()
    const outTradeNo = await pay()
    await advance(1)
    const { attempts } = await notificationOf(outTradeNo)
    expect(attempts[0]).toMatchObject({ status: null, error: expect.stringContaining('ECONNREFUSED') })
  })

  test('is given up after five real seconds, and the clock waits for it', { timeout: 20_000 }, async () => {
    receiver.answerWith = () => 'hang'
    const outTradeNo = await pay()
    await advance(1)
    const { state, attempts } = await notificationOf(outTradeNo)
    expect(state).toBe('pending')
    expect(attempts).toMatchObject([{ status: null, error: 'no answer within 5 s' }])
    expect(attempts[0].durationMs).toBeGreaterThanOrEqual(4900)
  })

  test('carries a fresh timestamp and nonce each time, and the same id', async () => {
    receiver.answerWith = () => 500
    await pay()
    await advance(30)
    const [first, second, third] = receiver.received
    expect(receiver.received).toHaveLength(3)
    const nonces = [first, second, third].map((one) => one?.headers['wechatpay-nonce'])
    expect(new Set(nonces).size).toBe(3)
    const ids = [first, second, third].map((one) => JSON.parse(String(one?.body)).id)
    expect(new Set(ids).size).toBe(1)
    for (const { headers, atMs } of receiver.received) {
      expect(Math.abs(Number(headers['wechatpay-timestamp']) - atMs / 1000)).toBeLessThan(2)
    }
  })
})

describe('a re-send by hand', () => {
  test('delivers again what was delivered', async () => {
    const outTradeNo = await pay()
    await advance(1)
    const { id } = await notificationOf(outTradeNo)
    const answer = await merchant.control('POST', `/notifications/${id}/resend`)
    expect(answer).toMatchObject({ status: 200, json: { status: 204, fault: null } })
    expect(receiver.received).toHaveLength(2)
    expect((await notificationOf(outTradeNo)).attempts).toHaveLength(2)
  })

  test('ends the ladder when it is accepted', async () => {
    receiver.answerWith = () => 500
    const outTradeNo = await pay()
    await advance(1)
    const { id } = await notificationOf(outTradeNo)
    receiver.answerWith = () => 204
    await merchant.control('POST', `/notifications/${id}/resend`)
    expect(await advance(86_400)).toMatchObject({ deliveries: 0 })
    expect(await notificationOf(outTradeNo)).toMatchObject({ state: 'delivered', nextAttemptAt: null })
  })

  test('takes no step of the ladder when it fails', async () => {
    receiver.answerWith = () => 500
    const outTradeNo = await pay()
    await advance(1)
    const before = await notificationOf(outTradeNo)
    await merchant.control('POST', `/notifications/${before.id}/resend`)
    const after = await notificationOf(outTradeNo)
    expect(after.nextAttemptAt).toBe(before.nextAttemptAt)
    expect(after.attempts).toHaveLength(2)
  })

  test('of an unknown one is a clear error', async () => {
    const answer = await merchant.control('POST', '/notifications/nothing/resend')
    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'NOTIFICATION_NOT_FOUND' } } })
  })
})

test('due deliveries also go out as real time passes', async () => {
  receiver.answerWith = () => (receiver.received.length === 1 ? 500 : 204)
  const outTradeNo = await pay()
  await until('the first delivery', async () => (await notificationOf(outTradeNo)).attempts.length === 1 || undefined)
  await advance(13)
  expect(receiver.received).toHaveLength(1)
  await until(
    'the second, two seconds on',
    async () => (await notificationOf(outTradeNo)).state === 'delivered' || undefined,
  )
  expect(receiver.received).toHaveLength(2)
})

test('reset forgets what was on its way', async () => {
  receiver.answerWith = () => 500
  await pay()
  await advance(1)
  expect((await merchant.control('POST', '/reset')).status).toBe(204)
  await advance(86_400)
  expect(receiver.received).toHaveLength(1)
  expect((await merchant.control('GET', '/notifications')).json).toEqual({ notifications: [] })
})
