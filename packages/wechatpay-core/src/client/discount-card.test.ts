import { expect, expectTypeOf, it } from 'vitest'
import { endpoints, type schema } from '../products/discount-card/index.ts'
import { openJsonClient } from '../testing/client-world.ts'
import { discountCard, makeParties } from '../testing/index.ts'

const { prepareRequest, prepareAnswer, queriedCode, pageRecords, cardAnswer } = discountCard
const parties = makeParties()

const path = { out_card_code: queriedCode }

it('a card is prepared for nobody: the body is that of the guide', async () => {
  await using w = await openJsonClient(parties, () => prepareAnswer)
  const { prepare_card_token } = await w.wechatPay.call(endpoints.prepareCard, { body: prepareRequest })
  expect(prepare_card_token).toBe(prepareAnswer.prepare_card_token)
  expect(w.seen[0]).toMatchObject({ method: 'POST', url: '/v3/discount-card/cards' })
  expect(JSON.parse(w.seen[0]?.body ?? '')).toEqual(prepareRequest)
})

it('a card is queried by its number at the merchant, and read with its records', async () => {
  await using w = await openJsonClient(parties, () => ({ ...cardAnswer, sharer_openid: '', total_amount: '100' }))
  const card = await w.wechatPay.call(endpoints.queryCard, { path })
  expect(card).toEqual({ ...cardAnswer, sharer_openid: undefined })
  expectTypeOf(card).toEqualTypeOf<schema.Card>()
  expect(w.seen[0]).toMatchObject({ method: 'GET', url: `/v3/discount-card/cards/${queriedCode}`, body: '' })
})

it('records are answered 204 without a body, and that is a success of nothing to read', async () => {
  await using w = await openJsonClient(parties, () => ({ status: 204 }))
  const answer = await w.wechatPay.call(endpoints.addUserRecords, { path, body: pageRecords })
  expect(answer).toBeUndefined()
  expectTypeOf(answer).toEqualTypeOf<undefined>()
  expect(w.seen[0]).toMatchObject({
    method: 'POST',
    url: `/v3/discount-card/cards/${queriedCode}/add-user-records`,
  })
  expect(JSON.parse(w.seen[0]?.body ?? '')).toEqual(pageRecords)
})

it('the number of the path is encoded as it is signed', async () => {
  await using w = await openJsonClient(parties, () => ({ status: 204 }))
  await w.wechatPay.call(endpoints.addUserRecords, { path: { out_card_code: 'a|b*c-d_1' }, body: pageRecords })
  expect(w.seen[0]?.url).toBe('/v3/discount-card/cards/a%7Cb*c-d_1/add-user-records')
})

it('a 204 that nobody signed proves nothing, and the records are not sent again by themselves', async () => {
  await using w = await openJsonClient(parties, () => ({ status: 204, headers: null }))
  await expect(w.wechatPay.call(endpoints.addUserRecords, { path, body: pageRecords })).rejects.toMatchObject({
    code: 'ERR_SIGNATURE_INVALID',
    outcome: 'unknown',
  })
  expect(w.seen).toHaveLength(1)
})

it.each([
  [400, 'PARAM_ERROR', 'rejected'],
  [400, 'INVALID_REQUEST', 'rejected'],
  [403, 'NO_AUTH', 'rejected'],
  [404, 'RESOURCE_NOT_EXISTS', 'rejected'],
  [429, 'FREQUENCY_LIMITED', 'rejected'],
  [400, 'CARD_OF_TOMORROW', 'unknown'],
  [500, 'SYSTEM_ERROR', 'unknown'],
])('records that are answered %i %s are %s, and are not sent again', async (status, code, outcome) => {
  await using w = await openJsonClient(parties, () => ({
    status,
    body: JSON.stringify({ code, message: '当前状态无需操作' }),
  }))
  await expect(w.wechatPay.call(endpoints.addUserRecords, { path, body: pageRecords })).rejects.toMatchObject({
    code: 'ERR_API',
    status,
    apiCode: code,
    outcome,
  })
  expect(w.seen).toHaveLength(1)
})
