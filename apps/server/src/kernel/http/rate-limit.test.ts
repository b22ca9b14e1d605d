import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, startRunning } from '../../testing/running.ts'
import { defaultRateLimits } from './rate-limit.ts'

describe('limits', () => {
  let running: Running
  beforeAll(async () => {
    const rateLimits = { ...defaultRateLimits, perUserPerMinute: 5, perKeyPerMinute: 3, perAddressPerMinute: 8 }
    running = await startRunning({ rateLimits })
  })
  afterAll(() => running?.close())

  const statuses = async (count: number, headers: Record<string, string>) => {
    const answers = []
    for (let i = 0; i < count; i++) answers.push(await running.send('GET', '/api/goods', { headers }))
    return answers
  }

  test('an address behind the proxy has its own, and is told when to come again', async () => {
    const answers = await statuses(9, { 'X-Forwarded-For': '10.0.0.1, 203.0.113.9' })
    expect(answers.map((one) => one.status)).toEqual([...Array(8).fill(200), 429])
    expect(answers[8]?.body).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } })
    expect(Number(answers[8]?.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await statuses(1, { 'X-Forwarded-For': '203.0.113.10' }))[0]?.status).toBe(200)
  })

  test('addresses of one /64 share theirs', async () => {
    for (let i = 0; i < 8; i++) await statuses(1, { 'X-Forwarded-For': `2001:db8:1:2::${i}` })
    expect((await statuses(1, { 'X-Forwarded-For': '2001:db8:1:2:ffff::1' }))[0]?.status).toBe(429)
    expect((await statuses(1, { 'X-Forwarded-For': '2001:db8:1:3::1' }))[0]?.status).toBe(200)
  })

  test('a shopper has their own, whatever address they come from', async () => {
    const token = await running.logIn()
    const list = (token: string) => running.send('GET', '/api/orders', { token })
    for (let i = 0; i < 5; i++) expect((await list(token)).status).toBe(200)
    expect((await list(token)).status).toBe(429)
    expect((await list(await running.logIn())).status).toBe(200)
  })

  test('a merchant key has its own', async () => {
    const [one, other] = [await running.merchantKey(), await running.merchantKey()]
    const list = async (token: string) => (await running.send('GET', '/api/merchant/orders', { token })).status
    expect([await list(one), await list(one), await list(one), await list(one)]).toEqual([200, 200, 200, 429])
    expect(await list(other)).toBe(200)
  })
})
