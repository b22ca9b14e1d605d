import { Problem } from '@shouyin/contracts/problem'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from '../../testing/running.ts'

let running: Running
let lin: string
let wang: string
let token: string
beforeAll(async () => {
  running = await startRunning({ refundApprovalAboveFen: 5000 })
  lin = await running.merchantKey({ person: 'Lin' })
  wang = await running.merchantKey({ person: 'Wang' })
  token = await running.logIn()
  await running.simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await running.simulated.call('PUT', '/switches', { refundMinGapSeconds: 0 })
})
afterAll(() => running?.close())

const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const post = (path: string, body: unknown = {}, by = lin) =>
  running.send('POST', `/api/merchant${path}`, { token: by, body, headers: key() })
const get = (path: string, by = lin) => running.send('GET', `/api/merchant${path}`, { token: by })

async function paid(): Promise<string> {
  const body = { items: [{ goodsId: 'swim-pass', quantity: 1 }] }
  const order = await running.send('POST', '/api/orders', { token, body, headers: key() })
  const id = String(order.body.id)
  await running.send('POST', `/api/orders/${id}/payment`, { token, body: {} })
  const { body: tapped } = await running.send('GET', `/api/orders/${id}`, { token })
  await running.simulated.pay(String(tapped.outTradeNo))
  await eventually('paid', async () => {
    return (await running.send('GET', `/api/orders/${id}`, { token })).body.status === 'paid'
  })
  return id
}

test('from the shop to the shopper: refunded, notified, and the order says how much', async () => {
  const id = await paid()
  const answer = await post(`/orders/${id}/refunds`, { amountFen: 800, reason: '顾客改期' })
  expect(answer).toMatchObject({ status: 201, body: { state: 'processing', amountFen: 800 } })
  await running.simulated.advance(10)
  await eventually('refunded', async () => {
    return (await running.send('GET', `/api/orders/${id}`, { token })).body.refundedFen === 800
  })
  const { body: order } = await running.send('GET', `/api/orders/${id}`, { token })
  expect(order).toMatchObject({ status: 'paid', refundedFen: 800 })
  for (const name of ['id', 'outRefundNo', 'refundId']) {
    const found = await get(`/refunds/${answer.body[name]}`)
    expect(found).toMatchObject({ status: 200, body: { id: answer.body.id, state: 'succeeded' } })
  }
})

test('a proposal goes by another person; a list shows it in its state, page by page', async () => {
  const id = await paid()
  const { body: refund } = await post(`/orders/${id}/refunds`, { reason: '全部退款' })
  expect(refund).toMatchObject({ state: 'proposed', amountFen: 5800 })
  expect(await post(`/refunds/${refund.id}/approve`)).toMatchObject({
    status: 403,
    body: { error: { code: 'SAME_PERSON' } },
  })
  const { body: list } = await get('/refunds?state=proposed&limit=1')
  expect(list).toMatchObject({ refunds: [{ id: refund.id }], next: null })
  expect(await post(`/refunds/${refund.id}/approve`, {}, wang)).toMatchObject({
    status: 200,
    body: { state: 'processing', approvedBy: 'Wang' },
  })
  const all = await get('/refunds?limit=1')
  const rest = await get(`/refunds?limit=100&after=${all.body.next}`)
  expect((rest.body.refunds as unknown[]).length).toBeGreaterThan(0)
})

test('a key without the scope does nothing', async () => {
  const id = await paid()
  const reader = await running.merchantKey({ scopes: ['refunds:read'] })
  expect(await post(`/orders/${id}/refunds`, { reason: '不行' }, reader)).toMatchObject({ status: 403 })
  const writer = await running.merchantKey({ scopes: ['refunds:write'] })
  const { body: refund } = await post(`/orders/${id}/refunds`, { reason: '全部退款' }, writer)
  for (const verb of ['approve', 'decline', 'abnormal-refund']) {
    const body = verb === 'abnormal-refund' ? { type: 'MERCHANT_BANK_CARD' } : {}
    expect(await post(`/refunds/${refund.id}/${verb}`, body, writer)).toMatchObject({ status: 403 })
  }
  expect(await get(`/refunds/${refund.id}`, token)).toMatchObject({ status: 401 })
})

describe('input that is not what the route asks for is refused, names the field and reserves nothing', () => {
  let id: string
  beforeAll(async () => {
    id = await paid()
  })
  const reason = '顾客改期'
  test.each<[what: string, body: unknown, field: string]>([
    ['no reason', { amountFen: 1 }, 'reason'],
    ['an empty reason', { reason: '   ' }, 'reason'],
    ['a reason of 81 characters', { reason: '长'.repeat(81) }, 'reason'],
    ['a NUL in the reason', { reason: 'a\0b' }, 'reason'],
    ['0 fen', { reason, amountFen: 0 }, 'amountFen'],
    ['less than nothing', { reason, amountFen: -1 }, 'amountFen'],
    ['half a fen', { reason, amountFen: 0.5 }, 'amountFen'],
    ['fen as text', { reason, amountFen: '100' }, 'amountFen'],
    ['more than any sum', { reason, amountFen: 1e15 }, 'amountFen'],
    ['a state', { reason, state: 'succeeded' }, 'state'],
    ['a cause', { reason, cause: 'foreign' }, 'cause'],
    ['another person', { reason, requestedBy: 'Wang' }, 'requestedBy'],
    ['a number of their own', { reason, outRefundNo: 'R1' }, 'outRefundNo'],
    ['an outTradeNo without end', { reason, outTradeNo: '1'.repeat(33) }, 'outTradeNo'],
  ])('%s', async (_, body, field) => {
    const answer = await post(`/orders/${id}/refunds`, body)
    expect(v.is(Problem, answer.body), answer.text).toBe(true)
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT', field } } })
    const { rows } = await running.pool.query(`select refund_reserved_fen from charge where subject_id = $1`, [id])
    expect(rows).toEqual([{ refund_reserved_fen: '0' }])
  })

  test.each<[what: string, body: unknown, field: string]>([
    ['no type', {}, 'type'],
    ['another type', { type: 'CASH' }, 'type'],
    ['no account', { type: 'USER_BANK_CARD', bankType: 'CMB_DEBIT', realName: '甲' }, 'bankAccount'],
    ['a card for the merchant', { type: 'MERCHANT_BANK_CARD', bankAccount: '6225880137706868' }, 'bankAccount'],
  ])('an abnormal refund with %s', async (_, body, field) => {
    const answer = await post('/refunds/R-none/abnormal-refund', body)
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT', field } } })
    expect(answer.text).not.toContain('6225880137706868')
  })

  test.each(['no-such-refund', '%27%20or%201=1', crypto.randomUUID()])('no refund is called %s', async (name) => {
    expect(await get(`/refunds/${name}`)).toMatchObject({ status: 404, body: { error: { code: 'REFUND_NOT_FOUND' } } })
  })

  test('pages that no list of ours had', async () => {
    expect(await get('/refunds?after=x')).toMatchObject({ status: 400, body: { error: { field: 'after' } } })
    expect(await get('/refunds?state=gone')).toMatchObject({ status: 400, body: { error: { field: 'state' } } })
    expect(await get('/refunds?limit=0')).toMatchObject({ status: 400, body: { error: { field: 'limit' } } })
  })
})

test('card and name of an abnormal refund are in no answer and no line of the log', async () => {
  const [card, name] = ['6225880137706868', '欧阳测试甲']
  const { body: refund } = await post(`/orders/${await paid()}/refunds`, { amountFen: 300, reason: '顾客改期' })
  await running.simulated.call('POST', `/refunds/${refund.outRefundNo}/finish`, { status: 'ABNORMAL' })
  await eventually('abnormal', async () => (await get(`/refunds/${refund.id}`)).body.state === 'abnormal')
  const body = { type: 'USER_BANK_CARD', bankType: 'CMB_DEBIT', bankAccount: card, realName: name }
  await running.simulated.faults({ match: { path: '/v3/refund/*' }, kind: 'reset-before-effect', count: 9 })
  const answers = [await post(`/refunds/${refund.id}/abnormal-refund`, body)]
  await running.simulated.faults()
  answers.push(await post(`/refunds/${refund.id}/abnormal-refund`, { ...body, bankType: 'NO_BANK' }))
  answers.push(await post(`/refunds/${refund.id}/abnormal-refund`, body), await get('/audit'))
  expect(answers.map((answer) => answer.status)).toEqual([503, 409, 200, 200])
  for (const text of [...answers.map((answer) => answer.text), running.log.text()]) {
    expect(text).not.toContain(card)
    expect(text).not.toContain(name)
  }
})
