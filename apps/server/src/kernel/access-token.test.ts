import { createOpenApi, OpenApiError } from '@shouyin/wechatpay-core/open-api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ShippingWorld, startShippingWorld } from '../testing/shipping.ts'
import { withAccessToken } from './access-token.ts'
import type { ServerCtx } from './context.ts'

const STABLE_TOKEN = '/cgi-bin/stable_token'
const LIFE_SECONDS = 7200

let world: ShippingWorld
let one: ServerCtx
let two: ServerCtx
beforeAll(async () => {
  world = await startShippingWorld()
  one = world.process()
  two = world.process()
}, 120_000)
afterAll(() => world?.close())
beforeEach(async () => {
  await one.db.deleteFrom('access_token').execute()
})
afterEach(() => world.simulated.faults())

const tokenFor = (ctx: ServerCtx) => withAccessToken(ctx, async (token) => token)
/** A call that WeChat answers only when the token is good. */
const ask = (ctx: ServerCtx) => withAccessToken(ctx, (token) => ctx.openApi.isTradeManaged(token))
const fault = (kind: string, more: object = {}) =>
  world.simulated.faults({ match: { path: STABLE_TOKEN }, kind, ...more })
const fired = async () =>
  (await world.simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')).faults[0]?.fired
async function asked(run: () => Promise<unknown>): Promise<number> {
  const before = (await world.sent(STABLE_TOKEN)).length
  await run()
  return (await world.sent(STABLE_TOKEN)).length - before
}
/** Somebody else, elsewhere, takes the token away from all. */
async function revoke(): Promise<void> {
  await world.advance(31)
  const { appid, appSecret } = world.simulated.merchant
  const elsewhere = createOpenApi({ appid, appSecret, baseUrl: world.simulated.url })
  await elsewhere.stableToken({ forceRefresh: true })
  elsewhere.close()
}

describe('two processes', () => {
  test('share one token: of twenty that want one, one asks and all get it', async () => {
    const [hold] = await fault('hold-response')
    let tokens: Promise<string[]> = Promise.resolve([])
    const count = await asked(async () => {
      tokens = Promise.all(Array.from({ length: 20 }, (_, i) => tokenFor(i % 2 ? one : two)))
      await expect.poll(fired).toBe(1)
      await world.simulated.call('POST', `/faults/${hold?.id}/release`)
      await tokens
    })
    expect(count).toBe(1)
    expect(new Set(await tokens).size).toBe(1)
    expect(await asked(() => Promise.all([tokenFor(one), tokenFor(two)]))).toBe(0)
  })

  test('go on with the old token while one of them renews it, in its last five minutes', async () => {
    const old = await tokenFor(one)
    await world.advance(LIFE_SECONDS - 200)
    const [hold] = await fault('hold-response')
    const renewing = tokenFor(one)
    await expect.poll(fired).toBe(1)
    expect(await tokenFor(two)).toBe(old)
    await world.simulated.call('POST', `/faults/${hold?.id}/release`)
    const renewed = await renewing
    expect(renewed).not.toBe(old)
    expect(await tokenFor(two)).toBe(renewed)
  })

  test('survive that somebody takes the token away: one fetches another, no call is lost', async () => {
    await Promise.all([ask(one), ask(two)])
    await revoke()
    expect(
      await asked(async () => expect(await Promise.all([ask(one), ask(two), ask(one)])).toEqual([true, true, true])),
    ).toBe(1)
  })
})

test('a token ends by business time, and another one comes', async () => {
  const old = await tokenFor(one)
  await world.advance(LIFE_SECONDS + 1)
  expect(await ask(one)).toBe(true)
  expect(await tokenFor(two)).not.toBe(old)
})

test('a token that is refused though WeChat gives it again is replaced by force', async () => {
  const refused = await tokenFor(one)
  await world.advance(31)
  const seen: string[] = []
  const token = await withAccessToken(one, async (given) => {
    seen.push(given)
    if (given === refused) throw new OpenApiError('', { errcode: 40001, reason: 'TOKEN_INVALID', outcome: 'rejected' })
    return given
  })
  expect(seen).toEqual([refused, token])
  expect(await tokenFor(two)).toBe(token)
})

test.each([
  [{ errcode: 42001, reason: 'TOKEN_EXPIRED', outcome: 'rejected' } as const, 2],
  [{ errcode: 40014, reason: 'TOKEN_MALFORMED', outcome: 'rejected' } as const, 2],
  [{ errcode: 48001, reason: 'API_UNAUTHORIZED', outcome: 'rejected' } as const, 1],
  [{ outcome: 'unknown' } as const, 1],
])('a call that always fails with %o is made %i times', async (details, times) => {
  await world.advance(31)
  let calls = 0
  const call = async () => {
    calls++
    throw new OpenApiError('no', details)
  }
  await expect(withAccessToken(one, call)).rejects.toMatchObject(details)
  expect(calls).toBe(times)
})

describe('when WeChat gives no token', () => {
  test('the old one goes on for all, and it is asked again after 20 seconds, not at every call', async () => {
    const old = await tokenFor(one)
    await world.advance(LIFE_SECONDS - 200)
    await fault('error-before-effect')
    const count = await asked(async () => {
      for (const ctx of [one, two, one]) expect(await tokenFor(ctx)).toBe(old)
    })
    expect(count).toBe(1)
    await world.advance(21)
    expect(await tokenFor(two)).not.toBe(old)
  })

  test('and there is no old one, the caller hears why, and the next one tries again', async () => {
    await fault('error-before-effect', { code: '40125' })
    await expect(tokenFor(one)).rejects.toMatchObject({ errcode: 40125, reason: 'SECRET_INVALID' })
    await fault('reset-before-effect')
    await expect(tokenFor(two)).rejects.toMatchObject({ errcode: undefined, outcome: 'unknown' })
    expect(await ask(one)).toBe(true)
  })
})

test('a process that died while it was asking holds up the others for 20 seconds of business time', async () => {
  const { appid } = one.config
  const refreshing_until = new Date(one.clock.now().getTime() + 20_000)
  await one.db.insertInto('access_token').values({ appid, refreshing_until }).execute()
  const waiting = tokenFor(two)
  await world.advance(21)
  expect(await waiting).toMatch(/.{60,}/)
})

test('no token is in the log', async () => {
  const token = await tokenFor(one)
  await revoke()
  await ask(one)
  const said = JSON.stringify(world.logs)
  expect(said).toContain('the access token is refused')
  expect(said).not.toContain(token)
  expect(said).not.toContain(await tokenFor(one))
  expect(said).not.toContain(world.simulated.merchant.appSecret)
})
