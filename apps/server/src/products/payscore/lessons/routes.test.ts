import { isSignedBusinessView } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BADMINTON } from '../../../testing/courses.ts'
import { eventually, type Running, startRunning } from '../../../testing/running.ts'

let running: Running
let key: string
let token: string
let planId: string
beforeAll(async () => {
  running = await startRunning()
  key = await running.merchantKey({ person: 'Lin' })
  token = await running.logIn()
  const { body } = await merchant('POST', '/plans', BADMINTON)
  planId = String(body.id)
  await eventually('on sale', async () => (await merchant('GET', `/plans/${planId}`)).body.state === 'on_sale')
}, 120_000)
afterAll(() => running?.close())

const merchant = (method: string, path: string, body?: unknown, by = key) =>
  running.send(method, `/api/merchant${path}`, {
    token: by,
    ...(method === 'POST' && { body: body ?? {}, headers: { 'Idempotency-Key': crypto.randomUUID() } }),
  })
const shopper = (path: string, by = token) => running.send('POST', `/api${path}`, { token: by, body: {} })

interface Shown {
  readonly id: string
  readonly status: string
  readonly outOrderNo: string
}
async function signed(): Promise<readonly Shown[]> {
  const { body } = await shopper(`/plans/${planId}/sign-plans`)
  const { id } = body.signPlan as { id: string }
  const { body: bought } = await merchant('GET', `/sign-plans/${id}`)
  await running.simulated.call('POST', `/payscore/sign-plans/${bought.merchantSignPlanNo}/sign`, {})
  await eventually('signed', async () => (await shopper(`/sign-plans/${id}/check`)).body.status === 'signed')
  const { body: all } = await merchant('GET', '/lessons?limit=100')
  return (all.lessons as (Shown & { signPlanId: string; number: number })[])
    .filter(({ signPlanId }) => signPlanId === id)
    .sort((a, b) => a.number - b.number)
}

let lessons: readonly Shown[]
test('from the counter to the bill: begun, completed, collected and notified', async () => {
  lessons = await signed()
  const [first = expect.unreachable(), second = expect.unreachable()] = lessons
  await expect(merchant('POST', `/lessons/${first.id}/start`, { location: '一号馆' })).resolves.toMatchObject({
    status: 200,
    body: { status: 'in_service', planName: '羽毛球课3节' },
  })
  await expect(merchant('POST', `/lessons/${second.id}/start`)).resolves.toMatchObject({
    status: 409,
    body: { error: { code: 'LESSON_OUT_OF_ORDER' } },
  })
  await expect(merchant('POST', `/lessons/${first.id}/complete`, { amountFen: 18_001 })).resolves.toMatchObject({
    status: 409,
    body: { error: { code: 'LESSON_PRICE_EXCEEDED', field: 'amountFen' } },
  })
  await expect(merchant('POST', `/lessons/${first.id}/complete`)).resolves.toMatchObject({
    body: { status: 'deducting', amountFen: 18_000, transactionId: null },
  })
  await expect(merchant('GET', '/lessons?status=deducting')).resolves.toMatchObject({
    body: { lessons: [{ id: first.id }], next: null },
  })
  await running.simulated.advance(5)
  await eventually('paid', async () => (await merchant('GET', `/lessons/${first.id}`)).body.status === 'paid')
  const { body } = await merchant('GET', `/lessons/${first.id}`)
  expect(body).toMatchObject({ paidBy: 'deduction', refundedFen: 0, orderId: null, problem: null })
  for (const number of [body.outOrderNo, body.transactionId]) {
    await expect(merchant('GET', `/lessons/${number}`)).resolves.toMatchObject({ body: { id: first.id } })
  }
  expect(body.serviceOrderId).toEqual(expect.stringMatching(/^\d{28,}$/))
})

test("the shopper is led to WeChat's own page of a lesson that was taken", async () => {
  const [first = expect.unreachable(), , third = expect.unreachable()] = lessons
  const { status, body } = await shopper(`/lessons/${first.id}/view`)
  expect(status).toBe(200)
  const { extraData } = body as { extraData: Record<string, string> }
  expect(body).toMatchObject({
    businessType: 'wxpayScoreDetail',
    extraData: { out_order_no: first.outOrderNo, service_id: running.simulated.serviceId },
    navigation: { path: 'pages/record/detail' },
  })
  expect(isSignedBusinessView(extraData, running.simulated.merchant.apiV2Key)).toBe(true)
  await expect(shopper(`/lessons/${third.id}/view`)).resolves.toMatchObject({
    status: 409,
    body: { error: { code: 'LESSON_NOT_TAKEN' } },
  })
})

test("a stranger's lesson is none", async () => {
  const stranger = await running.logIn()
  for (const path of [`/lessons/${lessons[0]?.id}/view`, `/lessons/${lessons[0]?.id}/order`, '/lessons/1/view']) {
    await expect(shopper(path, stranger)).resolves.toMatchObject({
      status: 404,
      body: { error: { code: 'LESSON_NOT_FOUND' } },
    })
  }
})

test('who may only read begins nothing, and bad input is named', async () => {
  const reader = await running.merchantKey({ scopes: ['plans:read'] })
  const path = `/lessons/${lessons[1]?.id}`
  await expect(merchant('POST', `${path}/start`, {}, reader)).resolves.toMatchObject({ status: 403 })
  await expect(merchant('POST', `${path}/check`, {}, reader)).resolves.toMatchObject({ body: { status: 'unused' } })
  await expect(merchant('POST', `${path}/cancel`)).resolves.toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_INPUT', field: 'reason' } },
  })
  await expect(merchant('POST', `${path}/complete`, { amountFen: -1 })).resolves.toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_INPUT', field: 'amountFen' } },
  })
  await expect(merchant('GET', '/lessons/nothing')).resolves.toMatchObject({ status: 404 })
})

test('paid with an order: the shopper pays at once, and WeChat Pay stops deducting by itself', async () => {
  const [, second = expect.unreachable()] = lessons
  await running.simulated.call('PUT', '/switches', { payScoreDeduction: 'fails' })
  await merchant('POST', `/lessons/${second.id}/start`)
  await merchant('POST', `/lessons/${second.id}/complete`)
  await running.simulated.advance(5)
  const { body: order } = await shopper(`/lessons/${second.id}/order`)
  expect(order).toMatchObject({ status: 'pending', amountFen: 12_000 })
  await shopper(`/orders/${order.id}/payment`)
  const { body: tapped } = await running.send('GET', `/api/orders/${order.id}`, { token })
  await running.simulated.pay(String(tapped.outTradeNo))
  await eventually('told', async () => {
    const { paidType } = await running.simulated.call<{ paidType: string }>(
      'GET',
      `/payscore/orders/${second.outOrderNo}`,
    )
    return paidType === 'MCH'
  })
  await expect(merchant('GET', `/lessons/${second.id}`)).resolves.toMatchObject({
    body: { status: 'paid', paidBy: 'order', orderId: order.id },
  })
})

test('a lesson that was not begun is listed while its plan is signed: not of who only looked, nor of who has cancelled', async () => {
  const visitor = await running.logIn()
  const { body } = await shopper(`/plans/${planId}/sign-plans`, visitor)
  const { id } = body.signPlan as { id: string }
  const { body: asked } = await merchant('GET', `/sign-plans/${id}`)
  const listed = async () => {
    const { body: page } = await merchant('GET', '/lessons?status=unused&limit=100')
    return (page.lessons as { signPlanId: string }[]).filter(({ signPlanId }) => signPlanId === id).length
  }
  expect(asked).toMatchObject({ status: 'unsigned' })
  expect(await listed()).toBe(0)
  await running.simulated.call('POST', `/payscore/sign-plans/${asked.merchantSignPlanNo}/sign`, {})
  await eventually('signed', async () => (await shopper(`/sign-plans/${id}/check`, visitor)).body.status === 'signed')
  expect(await listed()).toBe(3)
  await shopper(`/sign-plans/${id}/cancel`, visitor)
  await eventually('cancelled', async () => (await merchant('GET', `/sign-plans/${id}`)).body.status === 'cancelled')
  expect(await listed()).toBe(0)
  await expect(merchant('GET', `/sign-plans/${id}`)).resolves.toMatchObject({
    body: { lessons: [{ status: 'unused' }, {}, {}] },
  })
})
