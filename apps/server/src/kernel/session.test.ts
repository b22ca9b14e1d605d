import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noOpenApi, testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { manualClock } from './clock.ts'
import type { ServerCtx } from './context.ts'
import { createMetrics } from './metrics.ts'
import { authenticate, createSession, deleteEndedSessions } from './session.ts'

const DAY = 86_400
const clock = manualClock()
const alarms: string[] = []
let testDb: TestDb
let ctx: ServerCtx
let answer: () => Promise<{ openid: string; sessionKey: string }>
beforeAll(async () => {
  testDb = await openTestDb()
  ctx = {
    ...testCtx({ db: testDb.db, clock, alarm: (kind) => alarms.push(kind) }),
    metrics: createMetrics(),
    openApi: { ...noOpenApi, login: () => answer() },
  }
})
afterAll(() => testDb?.close())

async function logIn(openid = `o${crypto.randomUUID()}`) {
  answer = async () => ({ openid, sessionKey: 'canary-session-key' })
  const session = await createSession(ctx, { code: 'any' })
  return { ...session, openid, who: () => authenticate(ctx, `Bearer ${session.token}`) }
}
const unauthenticated = expect.objectContaining({ code: 'UNAUTHENTICATED' })

describe('a session', () => {
  test('belongs to its openid, one user however many sessions', async () => {
    const first = await logIn()
    const second = await logIn(first.openid)
    expect(second.token).not.toBe(first.token)
    expect(await first.who()).toEqual({ ...(await second.who()), openid: first.openid })
    expect((await (await logIn()).who()).userId).not.toBe((await first.who()).userId)
  })

  test('has a token of 256 bits, of which we keep the hash only', async () => {
    const { token } = await logIn()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const rows = JSON.stringify(await testDb.db.selectFrom('session').selectAll().execute())
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(JSON.stringify([...Buffer.from(token, 'base64url')]).slice(1, -1))
  })

  test('ends after 7 days without use, by business time', async () => {
    const { who, expiresAt } = await logIn()
    expect(new Date(expiresAt).getTime() - clock.now().getTime()).toBe(7 * DAY * 1000)
    clock.advance(7 * DAY - 1)
    await who()
    clock.advance(7 * DAY - 1)
    await who()
    clock.advance(7 * DAY)
    await expect(who()).rejects.toThrow(unauthenticated)
  })

  test('ends after 30 days however much it is used', async () => {
    const { who } = await logIn()
    for (let day = 0; day < 29; day++) {
      clock.advance(DAY)
      await who()
    }
    clock.advance(DAY)
    await expect(who()).rejects.toThrow(unauthenticated)
  })

  test('that is over is deleted, the others stay', async () => {
    await deleteEndedSessions(ctx)
    const { who } = await logIn()
    clock.advance(6 * DAY)
    await logIn()
    clock.advance(DAY)
    expect(await deleteEndedSessions(ctx)).toBe(1)
    await expect(who()).rejects.toThrow(unauthenticated)
  })

  test('is opened by nothing but its token', async () => {
    const { token } = await logIn()
    for (const authorization of [
      undefined,
      '',
      token,
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token} `,
      'Bearer ',
      `Bearer ${'A'.repeat(43)}`,
    ]) {
      await expect(authenticate(ctx, authorization), String(authorization)).rejects.toThrow(unauthenticated)
    }
  })
})

describe('a login that WeChat refuses', () => {
  test.each([
    [40029, 'rejected', 'LOGIN_CODE_INVALID', []],
    [40163, 'rejected', 'LOGIN_CODE_INVALID', []],
    [45011, 'rejected', 'WECHAT_UNAVAILABLE', ['login_refused']],
    [40125, 'rejected', 'WECHAT_UNAVAILABLE', ['login_refused']],
    [-1, 'unknown', 'WECHAT_UNAVAILABLE', []],
    [undefined, 'unknown', 'WECHAT_UNAVAILABLE', []],
  ] as const)('errcode %s is %s: %s', async (errcode, outcome, code, expectedAlarms) => {
    alarms.length = 0
    answer = () => Promise.reject(new OpenApiError('refused', { errcode, outcome }))
    await expect(createSession(ctx, { code: 'any' })).rejects.toThrow(expect.objectContaining({ code }))
    expect(alarms).toEqual(expectedAlarms)
  })
})
