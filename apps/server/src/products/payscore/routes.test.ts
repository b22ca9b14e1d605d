import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BADMINTON } from '../../testing/courses.ts'
import { eventually, type Running, startRunning } from '../../testing/running.ts'

let running: Running
let lin: string
let token: string
beforeAll(async () => {
  running = await startRunning()
  lin = await running.merchantKey({ person: 'Lin' })
  token = await running.logIn()
})
afterAll(() => running?.close())

const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const shop = (method: string, path: string, body?: unknown, by = lin) =>
  running.send(method, `/api/merchant${path}`, {
    ...{ token: by, headers: key() },
    ...(body !== undefined && { body }),
  })
const shopper = (method: string, path: string, body?: unknown, by = token) =>
  running.send(method, `/api${path}`, { token: by, ...(body !== undefined && { body }) })
const sell = async () => (await shop('POST', '/plans', BADMINTON)).body
const numberOf = async (id: unknown) => String((await shop('GET', `/sign-plans/${id}`)).body.merchantSignPlanNo)
const status = async (id: unknown) => (await shopper('GET', `/sign-plans/${id}`)).body.status

test('from the shop to the shopper: sold, bought, signed, notified, and cancelled in WeChat', async () => {
  const made = await shop('POST', '/plans', BADMINTON)
  expect(made).toMatchObject({ status: 201, body: { state: 'on_sale', totalFen: 30_000 } })
  const { id } = made.body
  const list = await running.send('GET', '/api/plans')
  expect(list).toMatchObject({ status: 200, body: { plans: [{ id, onSale: true }] } })
  expect((await running.send('GET', `/api/plans/${id}`)).body).toEqual((list.body.plans as unknown[])[0])

  const bought = await shopper('POST', `/plans/${id}/sign-plans`, {})
  expect(bought).toMatchObject({
    status: 200,
    body: {
      signPlan: { planId: id, name: '羽毛球课3节', status: 'unsigned', totalFen: 30_000, paidFen: 0 },
      view: { businessType: 'wxpayScorePlan', extraData: { package: expect.any(String) } },
    },
  })
  const signPlanId = (bought.body.signPlan as { id: string }).id
  const number = await numberOf(signPlanId)
  await running.simulated.call('POST', `/payscore/sign-plans/${number}/sign`, {})
  await eventually('signed', async () => (await status(signPlanId)) === 'signed')
  expect(await shopper('POST', `/plans/${id}/sign-plans`, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'PLAN_ALREADY_SIGNED' } },
  })
  const mine = await shopper('GET', '/sign-plans')
  expect(mine.body).toMatchObject({ signPlans: [{ id: signPlanId, lessons: [{ number: 1 }, {}, {}] }], next: null })
  expect((await shop('GET', `/plans/${id}`)).body).toMatchObject({ signedCount: 1 })
  expect((await shop('GET', `/plans/${id}/sign-plans`)).body).toMatchObject({
    signPlans: [{ id: signPlanId, merchantSignPlanNo: number, status: 'signed' }],
  })

  await running.simulated.call('POST', `/payscore/sign-plans/${number}/cancel`, {})
  await eventually('cancelled', async () => (await status(signPlanId)) === 'cancelled')
  expect((await shop('GET', `/sign-plans/${number}`)).body).toMatchObject({ cancelledBy: 'shopper' })
})

test('ended by the shopper, by the shop, and checked', async () => {
  const { id } = await sell()
  for (const end of [
    (signPlanId: string) => shopper('POST', `/sign-plans/${signPlanId}/cancel`, {}),
    (signPlanId: string) => shop('POST', `/sign-plans/${signPlanId}/stop`, { reason: '停课' }),
  ]) {
    const { body } = await shopper('POST', `/plans/${id}/sign-plans`, {})
    const signPlanId = (body.signPlan as { id: string }).id
    await running.simulated.call('POST', `/payscore/sign-plans/${await numberOf(signPlanId)}/sign`, {})
    expect((await shopper('POST', `/sign-plans/${signPlanId}/check`, {})).body).toMatchObject({ status: 'signed' })
    expect(await end(signPlanId)).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  }
  const stopped = await shop('POST', `/plans/${id}/stop`, {})
  expect(stopped).toMatchObject({ status: 200, body: { state: 'stopped' } })
  expect((await shop('GET', '/plans?state=stopped&limit=1')).body).toMatchObject({ plans: [{ id }] })
  expect(await shopper('POST', `/plans/${id}/sign-plans`, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'PLAN_STOPPED' } },
  })
})

test('解除授权服务通知 is heard, and asked about at once', async () => {
  const { id } = await sell()
  const bought = await shopper('POST', `/plans/${id}/sign-plans`, {})
  const signPlanId = (bought.body.signPlan as { id: string }).id
  const number = await numberOf(signPlanId)
  await running.simulated.call('POST', `/payscore/sign-plans/${number}/sign`, {})
  await eventually('signed', async () => (await status(signPlanId)) === 'signed')
  const { rows } = await running.pool.query('select openid from sign_plan where id = $1', [signPlanId])
  await running.simulated.faults({ kind: 'lose-notification', match: { eventType: 'PAYSCORE.USER_CANCEL_SIGN_PLAN' } })
  const payScoreServiceUrl = `${running.url}/wechatpay/notifications/${running.simulated.merchant.mchid}/payscore`
  await running.simulated.call('PUT', '/switches', { payScoreServiceUrl })
  await running.simulated.call('POST', '/payscore/revoke-service', { openid: rows[0].openid })
  await eventually('cancelled', async () => (await status(signPlanId)) === 'cancelled')
  expect((await shopper('GET', `/sign-plans/${signPlanId}`)).body).toMatchObject({ cancelledBy: 'service' })
  await running.simulated.faults()
})

describe('input that does not fit is told by its field', () => {
  const lesson = { name: '一节', originalFen: 200, priceFen: 100 }
  test.each([
    ['a name of 21 characters', { name: '一'.repeat(21) }, 'name'],
    ['no lessons', { lessons: [] }, 'lessons'],
    ['a lesson that is dearer than the one before', { lessons: [lesson, { ...lesson, priceFen: 101 }] }, 'lessons'],
    ['a price above the original', { lessons: [{ ...lesson, priceFen: 201 }] }, 'lessons.0'],
    ['a lesson name of 21 characters', { lessons: [{ ...lesson, name: '一'.repeat(21) }] }, 'lessons.0.name'],
    ['no days', { durationDays: 0 }, 'durationDays'],
  ])('%s', async (_, change, field) => {
    const answer = await shop('POST', '/plans', { ...BADMINTON, ...change })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT', field } } })
  })
})

test('nobody without a session buys, nobody without the scope sells', async () => {
  const { id } = await sell()
  expect(await running.send('POST', `/api/plans/${id}/sign-plans`, { body: {} })).toMatchObject({ status: 401 })
  const reader = await running.merchantKey({ scopes: ['plans:read'] })
  expect(await shop('POST', '/plans', BADMINTON, reader)).toMatchObject({ status: 403 })
  expect(await shop('GET', '/plans', undefined, reader)).toMatchObject({ status: 200 })
})
