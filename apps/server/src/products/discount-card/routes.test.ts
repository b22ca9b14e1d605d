import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from '../../testing/running.ts'
import { sampleCard } from '../../testing/sample-card.ts'

let running: Running
let lin: string
beforeAll(async () => {
  running = await startRunning()
  lin = await running.merchantKey({ person: 'Lin' })
})
afterAll(() => running?.close())

const shop = (method: string, path: string, body?: unknown, by = lin) =>
  running.send(method, `/api/merchant${path}`, {
    ...{ token: by, headers: { 'Idempotency-Key': crypto.randomUUID() } },
    ...(body !== undefined && { body }),
  })
const shopper = (token: string, method: string, path: string, body?: unknown) =>
  running.send(method, `/api${path}`, {
    ...{ token, headers: { 'Idempotency-Key': crypto.randomUUID() } },
    ...(body !== undefined && { body }),
  })
async function offer(): Promise<string> {
  const cardTemplateId = crypto.randomUUID()
  await running.simulated.call('POST', '/discount-card/templates', { cardTemplateId, ...sampleCard.template })
  const { status, body } = await shop('POST', '/card-templates', { cardTemplateId, ...sampleCard.offered })
  expect(status).toBe(201)
  return String(body.id)
}
/** Of whom the shop knows the openid. */
async function someone() {
  const openid = `oSomeone${crypto.randomUUID().slice(0, 20)}`
  return { openid, token: await running.logIn(openid) }
}
async function ask(token: string, offerId: string) {
  const { body } = await shopper(token, 'POST', `/card-offers/${offerId}/cards`, {})
  const { id } = body.card as { id: string }
  return { id, code: String((await shop('GET', `/cards/${id}`)).body.outCardCode), page: body.page }
}
const statusOf = async (token: string, id: string) => (await shopper(token, 'GET', `/cards/${id}`)).body.status
const atWechat = (code: string, act: string, body: object = {}) =>
  running.simulated.call('POST', `/discount-card/cards/${code}/${act}`, body)
async function buy(token: string): Promise<number> {
  const made = await shopper(token, 'POST', '/orders', { items: [{ goodsId: 'swim-pass', quantity: 1 }] })
  const path = `/orders/${made.body.id}`
  await shopper(token, 'POST', `${path}/payment`, {})
  await running.simulated.pay(String((await shopper(token, 'GET', path)).body.outTradeNo))
  await eventually('paid', async () => (await shopper(token, 'GET', path)).body.status === 'paid')
  return Number(made.body.discountFen)
}

test('take, buy once, give it up, pay it back: by notices alone, from the offer to the merchant’s list', async () => {
  const [offerId, who] = [await offer(), await someone()]
  const offers = await running.send('GET', '/api/card-offers')
  expect(offers.body).toMatchObject({ offers: [{ id: offerId, onOffer: true, goals: [{ times: 3 }] }] })
  expect((await running.send('GET', `/api/card-offers/${offerId}`)).body).toEqual((offers.body.offers as object[])[0])

  const { id, code, page } = await ask(who.token, offerId)
  expect(page).toEqual({ appId: 'wxcc2e4fbc5887661e', path: expect.stringContaining('prepare_card_token=') })
  await atWechat(code, 'take', { openid: who.openid })
  await eventually('taken', async () => (await statusOf(who.token, id)) === 'ongoing')
  const refused = await shopper(who.token, 'POST', `/card-offers/${offerId}/cards`, {})
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'CARD_ALREADY_TAKEN' } } })

  const fen = await buy(who.token)
  expect(fen).toBe(1160)
  const recorded = async () => {
    const { records } = (await shop('GET', `/cards/${id}`)).body as { records: { status: string }[] }
    return records.length === 2 && records.every(({ status }) => status === 'recorded')
  }
  await eventually('recorded', recorded)
  await atWechat(code, 'quit')
  await eventually('owing', async () => (await statusOf(who.token, id)) !== 'ongoing')
  await running.simulated.advance(10)
  await eventually('paid', async () => (await statusOf(who.token, id)) === 'paid')

  const { body: card } = await shop('GET', `/cards/${code}`)
  expect(card).toMatchObject({
    ...{ id, status: 'paid', reason: 'quit', savedFen: fen, dueFen: fen, totalFen: fen, openid: who.openid },
    ...{ fromOther: false, problem: null, transactionId: expect.any(String), cardId: expect.any(String) },
  })
  for (const number of [card.transactionId, card.cardId]) {
    expect((await shop('GET', `/cards/${number}`)).body).toEqual(card)
  }
  expect((await shop('GET', '/cards?status=paid&limit=1')).body).toMatchObject({ cards: [{ id }] })
  expect((await shop('GET', `/cards?templateId=${offerId}`)).body).toMatchObject({ cards: [{ id }], next: null })
  const mine = await shopper(who.token, 'GET', '/cards')
  expect(mine.body).toMatchObject({ cards: [{ id, status: 'paid', dueFen: fen }], next: null })
  expect((await shop('GET', `/card-templates/${offerId}`)).body).toMatchObject({ takenCount: 1 })
})

test('asked for by one, taken by another: both are told, and the shop sees it', async () => {
  const [offerId, asker, taker] = [await offer(), await someone(), await someone()]
  const { id, code } = await ask(asker.token, offerId)
  await atWechat(code, 'take', { openid: taker.openid })
  await eventually('taken', async () => (await statusOf(asker.token, id)) === 'taken_by_other')
  expect((await shopper(taker.token, 'GET', '/cards')).body).toMatchObject({
    cards: [{ id, status: 'ongoing', fromOther: true }],
  })
  expect((await shopper(asker.token, 'POST', `/cards/${id}/check`, {})).body).toMatchObject({
    ...{ status: 'taken_by_other', page: null, records: [] },
  })
  expect((await shop('GET', `/cards/${id}`)).body).toMatchObject({ fromOther: true, openid: taker.openid })
})

test('what the shop lists: by status and by template, also what nobody took', async () => {
  const [offerId, who] = [await offer(), await someone()]
  const { id } = await ask(who.token, offerId)
  for (const query of ['status=prepared&limit=1', `templateId=${offerId}`]) {
    expect((await shop('GET', `/cards?${query}`)).body).toMatchObject({
      cards: [{ id, status: 'prepared', openid: null }],
    })
  }
  for (const query of ['status=taken_by_other', 'templateId=nothing', `status=failed&templateId=${offerId}`]) {
    expect((await shop('GET', `/cards?${query}`)).body).toEqual({ cards: [], next: null })
  }
  expect((await shop('POST', `/cards/${id}/check`, {})).body).toMatchObject({ id, status: 'prepared' })
  expect(await shop('POST', `/cards/${id}/resend`, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'CARD_ENDED' } },
  })
  expect(await shop('GET', '/cards/nothing')).toMatchObject({ status: 404 })
  expect(await shop('POST', `/card-templates/${offerId}/withdraw`, {})).toMatchObject({ body: { state: 'withdrawn' } })
  expect(await shopper(who.token, 'POST', `/card-offers/${offerId}/cards`, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'CARD_OFFER_WITHDRAWN' } },
  })
})

describe('input that does not fit is told by its field', () => {
  const { offered } = sampleCard
  test.each([
    ['a name of 21 characters', { name: '一'.repeat(21) }, 'name'],
    ['no goals', { goals: [] }, 'goals'],
    ['two rewards of one name', { rewards: [...offered.rewards, ...offered.rewards] }, 'rewards'],
    ['all of the price off', { rewards: [{ ...offered.rewards[0], percentOff: 100 }] }, 'rewards.0.percentOff'],
    ['no goods', { goals: [{ ...offered.goals[0], goodsIds: [] }] }, 'goals.0.goodsIds'],
  ])('%s', async (_, change, field) => {
    const answer = await shop('POST', '/card-templates', { cardTemplateId: 'x', ...offered, ...change })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT', field } } })
  })
})

test('nobody without a session takes a card, nobody without the scope offers one', async () => {
  const offerId = await offer()
  expect(await running.send('POST', `/api/card-offers/${offerId}/cards`, { body: {} })).toMatchObject({ status: 401 })
  const reader = await running.merchantKey({ scopes: ['cards:read'] })
  expect(await shop('POST', '/card-templates', { cardTemplateId: 'x', ...sampleCard.offered }, reader)).toMatchObject({
    status: 403,
  })
  expect(await shop('GET', '/cards', undefined, reader)).toMatchObject({ status: 200 })
})
