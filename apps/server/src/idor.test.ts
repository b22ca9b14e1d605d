import { commonProblems } from '@shouyin/contracts/problem'
import type { Route } from '@shouyin/contracts/route'
import * as shopper from '@shouyin/contracts/shopper'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, startRunning } from './testing/running.ts'
import { sampleCard } from './testing/sample-card.ts'

// Every route of the contracts, so that a new one is in the matrix on the day it is declared.
const routes = Object.values(shopper).flatMap((module) =>
  Object.values(module).filter((value): value is Route => 'method' in value && 'path' in value),
)
const [open, closed] = [routes.filter((route) => route.public), routes.filter((route) => !route.public)]
/** What belongs to somebody: an order, a signed plan, a lesson, a card. Plans and offers are for everybody. */
const ofSomebody = closed.filter(({ path }) => path.includes('/:') && !/^\/api\/(plans|card-offers)\//.test(path))

let running: Running
let owner: string
let other: string
let order: { id: string; outTradeNo: string }
let signPlan: { id: string; lessons: { id: string }[] }
let card: { id: string }
beforeAll(async () => {
  running = await startRunning()
  owner = await running.logIn()
  other = await running.logIn()
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const body = { items: [{ goodsId: 'towel', quantity: 1 }] }
  const created = await running.send('POST', '/api/orders', { token: owner, body, headers })
  const id = String(created.body.id)
  await running.send('POST', `/api/orders/${id}/payment`, { token: owner, body: {} })
  const { body: read } = await running.send('GET', `/api/orders/${id}`, { token: owner })
  order = { id, outTradeNo: String(read.outTradeNo) }
  signPlan = await buyPlan()
  card = await askForCard()
})
afterAll(() => running?.close())

async function offer(path: string, body: object) {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const token = await running.merchantKey()
  return (await running.send('POST', `/api/merchant${path}`, { token, body, headers })).body
}

async function askForCard() {
  const { cardTemplateId, template, offered } = sampleCard
  await running.simulated.call('POST', '/discount-card/templates', { cardTemplateId, ...template })
  const { id } = await offer('/card-templates', { cardTemplateId, ...offered })
  const { body } = await running.send('POST', `/api/card-offers/${id}/cards`, { token: owner, body: {} })
  return body.card as typeof card
}

async function buyPlan() {
  const lessons = [{ name: '第一节课', originalFen: 100, priceFen: 100 }]
  const body = await offer('/plans', { name: '体验课', durationDays: 30, lessons })
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const path = `/api/plans/${body.id}/sign-plans`
  const bought = await running.send('POST', path, { token: owner, body: {}, headers })
  return bought.body.signPlan as typeof signPlan
}

const idOf = ({ path }: Route): string => {
  if (path.startsWith('/api/sign-plans/')) return signPlan.id
  if (path.startsWith('/api/cards/')) return card.id
  return path.startsWith('/api/lessons/') ? (signPlan.lessons[0]?.id ?? '') : order.id
}
const call = (route: Route, token: string | undefined, target = { ...order, id: idOf(route) }) =>
  running.send(route.method, route.path.replace(':id', target.id).replace(':outTradeNo', target.outTradeNo), {
    ...(token !== undefined && { token }),
    ...(route.method === 'POST' && { body: bodies[name(route)] ?? {} }),
    ...(route.idempotent && { headers: { 'Idempotency-Key': crypto.randomUUID() } }),
  })
const name = (route: Route) => `${route.method} ${route.path}`
/** What a route wants to hear before it looks. */
const bodies: Readonly<Record<string, object>> = { 'POST /api/orders/:id/refund-requests': { reason: '尺码不合适' } }
const nobody = { id: crypto.randomUUID(), outTradeNo: '0'.repeat(32) }

test('the matrix saw the routes', () => {
  expect(open.map(name).sort()).toEqual([
    'GET /api/card-offers',
    'GET /api/card-offers/:id',
    'GET /api/goods',
    'GET /api/goods/:id',
    'GET /api/plans',
    'GET /api/plans/:id',
    'POST /api/reports',
    'POST /api/session',
  ])
  expect(ofSomebody.length).toBeGreaterThanOrEqual(5)
})

describe.each(closed.map((route) => [name(route), route] as const))('%s', (_, route) => {
  test.each([
    ['nobody', undefined],
    ['somebody with a made-up token', 'A'.repeat(43)],
  ])('is 401 for %s', async (_who, token) => {
    const answer = await call(route, token)
    expect(answer.status).toBe(commonProblems.UNAUTHENTICATED)
    expect(answer.body).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
  })
})

describe.each(ofSomebody.map((route) => [name(route), route] as const))('%s', (_, route) => {
  test("of somebody else's is the same 404 as of none", async () => {
    const [foreign, absent] = [await call(route, other), await call(route, other, nobody)]
    const without = ({ error }: Record<string, unknown>) => ({ ...(error as object), requestId: '' })
    expect(foreign.status).toBe(404)
    expect(without(foreign.body)).toEqual(without(absent.body))
    expect(absent.status).toBe(404)
  })
})

test("nothing that others tried has touched what is the owner's", async () => {
  const { body } = await running.send('GET', `/api/orders/${order.id}`, { token: owner })
  expect(body).toMatchObject({ status: 'pending', outTradeNo: order.outTradeNo })
  const list = await running.send('GET', '/api/orders', { token: other })
  expect(list.body).toEqual({ orders: [], next: null })
  const course = await running.send('GET', `/api/sign-plans/${signPlan.id}`, { token: owner })
  expect(course.body).toMatchObject({ status: 'unsigned' })
  const { body: untaken } = await running.send('GET', `/api/cards/${card.id}`, { token: owner })
  expect(untaken).toMatchObject({ status: 'prepared' })
})

test.each(ofSomebody.map((route) => [name(route), route] as const))('%s works for the owner', async (_, route) => {
  expect((await call(route, owner)).status).toBeLessThan(500)
  expect((await call(route, owner)).status).not.toBe(404)
})
