import { expect, expectTypeOf, it } from 'vitest'
import { verifySha256Rsa } from '../crypto/rsa.ts'
import { endpoints, type schema, states } from '../products/payscore/index.ts'
import { parseAuthorization, requestMessage } from '../protocol/authorization.ts'
import { openJsonClient } from '../testing/client-world.ts'
import { makeParties, payScore } from '../testing/index.ts'

const { seedUrls, seedRequests, orderRequests, orderAnswers, planAnswer, createSignPlanAnswer, signNotice } = payScore
const parties = makeParties()

it('stopping a plan is a POST of nothing: the empty text is signed, and the type is named all the same', async () => {
  await using w = await openJsonClient(parties, () => ({ ...planAnswer, plan_state: 'STOP' }))
  const path = { merchant_plan_no: seedUrls.merchant_plan_no }
  expect(await w.wechatPay.call(endpoints.stopPlan, { path })).toMatchObject({ plan_state: 'STOP' })
  const [seen] = w.seen
  expect(seen).toMatchObject({
    method: 'POST',
    url: '/v3/payscore/plan/payscore-plans/merchant-plan-no/1217752501201407033233388881/stop',
    body: '',
  })
  expect(seen?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '0' })
  expect(seen?.headers['transfer-encoding']).toBeUndefined()
  const { timestamp = '', nonce = '', signature = '' } = parseAuthorization(seen?.headers.authorization ?? '') ?? {}
  const message = requestMessage({ method: 'POST', url: seen?.url ?? '', timestamp, nonce, body: '' })
  expect(verifySha256Rsa(parties.merchantPublicKey, message, signature)).toBe(true)
})

it('a query carries no body and no type of one', async () => {
  await using w = await openJsonClient(parties, () => planAnswer)
  await w.wechatPay.call(endpoints.queryPlan, { path: { merchant_plan_no: 'p1' } })
  expect(w.seen[0]?.headers['content-type']).toBeUndefined()
  expect(w.seen[0]?.headers['content-length']).toBeUndefined()
})

it('answers come with empty texts read as absent, one spelling of the sum and money as numbers', async () => {
  const { total_origin_price: _, ...renamed } = signNotice
  await using w = await openJsonClient(parties, ({ url }) => {
    if (url.endsWith('/user-sign-plans')) return { ...createSignPlanAnswer, sign_plan: signNotice }
    return url.includes('sign-plan') ? { ...renamed, total_original_price: '1000' } : orderAnswers.complete.answer
  })
  const created = await w.wechatPay.call(endpoints.createSignPlan, { body: seedRequests.createSignPlan })
  expect(created.sign_plan.cancel_sign_time).toBeUndefined()
  expect(created.package).toBe('Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald')
  const path = { merchant_sign_plan_no: seedUrls.merchant_sign_plan_no }
  const queried = await w.wechatPay.call(endpoints.querySignPlan, { path })
  expect(queried).toMatchObject({ total_origin_price: 1000, total_original_price: 1000 })
  expectTypeOf(queried).toEqualTypeOf<schema.SignPlan>()
  const query = seedUrls.queryServiceOrder
  const order = await w.wechatPay.call(endpoints.queryServiceOrder, { query })
  expect(order.state_description).toBeUndefined()
  expect(states.phaseOf(order)).toBe('unknown')
  expect(w.seen.at(-1)?.url).toBe(
    '/v3/payscore/serviceorder?appid=wxd678efh567hg6787&service_id=500001&out_order_no=8416518464133',
  )
})

it('a query with both numbers or with none is refused before anything is sent, and says so', async () => {
  await using w = await openJsonClient(parties, () => orderAnswers.query.answer)
  const { out_order_no, ...whose } = seedUrls.queryServiceOrder
  for (const query of [whose, { ...whose, out_order_no, query_id: 'q' }]) {
    await expect(w.wechatPay.call(endpoints.queryServiceOrder, { query })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('exactly one of out_order_no and query_id'),
    })
  }
  expect(w.seen).toHaveLength(0)
})

it('the number of the path is encoded as it is signed', async () => {
  await using w = await openJsonClient(parties, () => payScore.cancelAnswer)
  const path = { out_order_no: 'a|b*c-d_1' }
  await w.wechatPay.call(endpoints.cancelServiceOrder, { path, body: orderRequests.cancel })
  expect(w.seen[0]?.url).toBe('/v3/payscore/serviceorder/a%7Cb*c-d_1/cancel')
  expect(JSON.parse(w.seen[0]?.body ?? '')).toEqual(orderRequests.cancel)
})

it.each([
  [400, 'INVALID_REQUEST', 'rejected'],
  [400, 'ORDER_DONE', 'rejected'],
  [400, 'ORDER_CANCELED', 'rejected'],
  [404, 'ORDER_NOT_EXIST', 'rejected'],
  [403, 'NO_AUTH', 'rejected'],
  [404, 'ORDER_DONE', 'unknown'],
  [400, 'ORDER_OF_TOMORROW', 'unknown'],
  [500, 'SYSTEM_ERROR', 'unknown'],
])('a completion that is answered %i %s is %s, and is not sent again', async (status, code, outcome) => {
  await using w = await openJsonClient(parties, () => ({
    status,
    body: JSON.stringify({ code, message: '单据正在扣款中' }),
  }))
  const path = { out_order_no: seedUrls.out_order_no }
  const body = seedRequests.completeServiceOrder
  await expect(w.wechatPay.call(endpoints.completeServiceOrder, { path, body })).rejects.toMatchObject({
    code: 'ERR_API',
    status,
    apiCode: code,
    outcome,
  })
  expect(w.seen).toHaveLength(1)
})
