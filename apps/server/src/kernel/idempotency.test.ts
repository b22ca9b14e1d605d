import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newMerchant, testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { manualClock } from './clock.ts'
import type { RequestInfo, ShopperCtx } from './context.ts'
import { forgetKeys, once } from './idempotency.ts'

const clock = manualClock()
let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())

/** Somebody who calls with this key. */
async function caller(): Promise<ShopperCtx & RequestInfo> {
  const actor = { userId: randomUUID(), appid: 'wx0000000000000001', openid: `o${randomUUID()}` }
  const { appid, openid } = actor
  await testDb.db
    .insertInto('wechat_user')
    .values({ id: actor.userId, appid, openid, created_at: clock.now() })
    .execute()
  const request = { requestId: randomUUID(), operation: 'POST /api/orders', idempotencyKey: randomUUID() }
  return { ...testCtx({ db: testDb.db, clock }), actor, ...request }
}

/** Something that must happen once, and how often it did. */
function effect() {
  let times = 0
  const make = async () => ({ number: ++times, b: 2, a: 1 })
  return { make, times: () => times }
}
const reused = expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' })

test('20 equal requests at once have one effect and one answer', async () => {
  const [ctx, { make, times }] = [await caller(), effect()]
  const answers = await Promise.all(Array.from({ length: 20 }, () => once(ctx, { x: 1 }, make)))
  expect(times()).toBe(1)
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"number":1,"b":2,"a":1}']))
})

test('while the first still runs, the second waits for its answer', async () => {
  const ctx = await caller()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: running, resolve: started } = Promise.withResolvers<void>()
  const first = once(ctx, {}, async () => {
    started()
    await gate
    return { from: 'first' }
  })
  await running
  const second = once(ctx, {}, async () => ({ from: 'second' }))
  open()
  expect(await Promise.all([first, second])).toEqual([{ from: 'first' }, { from: 'first' }])
})

test('another body, and the same body for another operation, are refused', async () => {
  const [ctx, { make, times }] = [await caller(), effect()]
  await once(ctx, { x: 1 }, make)
  await expect(once(ctx, { x: 2 }, make)).rejects.toThrow(reused)
  await expect(once({ ...ctx, operation: 'POST /api/other' }, { x: 1 }, make)).rejects.toThrow(reused)
  expect(times()).toBe(1)
})

test('the same key of another shopper is another key', async () => {
  const [first, second, { make, times }] = [await caller(), await caller(), effect()]
  await once(first, {}, make)
  await once({ ...second, idempotencyKey: first.idempotencyKey }, {}, make)
  expect(times()).toBe(2)
})

test('a merchant has keys of their own', async () => {
  const [shopper, { make, times }] = [await caller(), effect()]
  const { idempotencyKey } = shopper
  const [one, other] = [await newMerchant(shopper), await newMerchant(shopper)]
  expect(await once({ ...one, idempotencyKey }, { x: 1 }, make)).toMatchObject({ number: 1 })
  expect(await once({ ...one, idempotencyKey }, { x: 1 }, make)).toMatchObject({ number: 1 })
  await expect(once({ ...one, idempotencyKey }, { x: 2 }, make)).rejects.toThrow(reused)
  await once({ ...other, idempotencyKey }, { x: 2 }, make)
  await once(shopper, { x: 2 }, make)
  expect(times()).toBe(3)
})

test('a person whose merchant key was replaced in between sends the same request, not a second one', async () => {
  const [{ idempotencyKey, ...base }, { make, times }] = [await caller(), effect()]
  const person = 'zhang'
  const [old, replaced] = [await newMerchant(base, { person }), await newMerchant(base, { person })]
  expect(await once({ ...old, idempotencyKey }, { x: 1 }, make)).toMatchObject({ number: 1 })
  expect(await once({ ...replaced, idempotencyKey }, { x: 1 }, make)).toMatchObject({ number: 1 })
  expect(times()).toBe(1)
})

test('a request that failed did nothing, so it may be made right and sent again', async () => {
  const [ctx, { make, times }] = [await caller(), effect()]
  const failing = once(ctx, { x: 1 }, () => Promise.reject(new Error('sold out')))
  await expect(failing).rejects.toThrow('sold out')
  expect(await once(ctx, { x: 2 }, make)).toMatchObject({ number: 1 })
  expect(times()).toBe(1)
})

test('a key is kept for 72 hours, swept or not', async () => {
  const [ctx, { make, times }] = [await caller(), effect()]
  await once(ctx, { x: 1 }, make)
  clock.advance(72 * 3600 - 1)
  await expect(once(ctx, { x: 2 }, make)).rejects.toThrow(reused)
  clock.advance(1)
  await once(ctx, { x: 2 }, make)
  expect(times()).toBe(2)
  clock.advance(72 * 3600)
  expect(await forgetKeys(ctx)).toBeGreaterThan(0)
  expect(await testDb.db.selectFrom('idempotency_key').selectAll().execute()).toEqual([])
})

test('a route that does not declare it cannot use it', async () => {
  const ctx = { ...(await caller()), idempotencyKey: undefined }
  await expect(once(ctx, {}, effect().make)).rejects.toThrow(TypeError)
})
