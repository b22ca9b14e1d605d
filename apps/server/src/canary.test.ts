import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from './testing/running.ts'
import { sampleCard } from './testing/sample-card.ts'

let running: Running
let tap: Awaited<ReturnType<typeof openTap>>
const answers: string[] = []
beforeAll(async () => {
  tap = await openTap()
  running = await startRunning((env) => {
    tap.to(env.openApi.baseUrl.href)
    return { openApi: { ...env.openApi, baseUrl: tap.url } }
  })
})
afterAll(async () => {
  await running?.close()
  await tap?.close()
})

/** Keeps every answer with its headers. */
async function send(...call: Parameters<Running['send']>) {
  const answer = await running.send(...call)
  answers.push(answer.text, JSON.stringify([...answer.headers]))
  return answer
}

test('no secret is in any answer or any line of the log, whatever goes wrong', async () => {
  const { simulated, env, pool } = running
  const { openid, code } = await simulated.call<{ openid: string; code: string }>('POST', '/client/login', {})
  const token = String((await send('POST', '/api/session', { body: { code } })).body.token)
  const issued = answers.length
  await send('POST', '/api/session', { body: { code } })
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const body = { items: [{ goodsId: 'racket', quantity: 1 }] }
  const { body: order } = await send('POST', '/api/orders', { token, body, headers })
  const path = `/api/orders/${order.id}`

  await simulated.faults({ match: { path: '/v3/pay/transactions/jsapi' }, kind: 'error-before-effect', count: 20 })
  await send('POST', `${path}/payment`, { token, body: {} })
  await simulated.faults()
  await send('POST', `${path}/payment`, { token, body: {} })
  await simulated.faults({ match: { path: '/v3/pay/*' }, kind: 'tamper-response', count: 1 })
  await send('POST', `${path}/check`, { token, body: {} })
  const { rows } = await pool.query<{ out_trade_no: string }>('select out_trade_no from charge')
  await simulated.faults(
    { match: {}, kind: 'duplicate-notification', copies: 3 },
    { match: {}, kind: 'tamper-notification', part: 'signature' },
  )
  for (const { out_trade_no } of rows) await simulated.pay(out_trade_no)
  await simulated.advance(60)
  await eventually('paid', async () => (await send('GET', path, { token })).body.status === 'paid')
  await send('POST', `${path}/cancel`, { token, body: {} })
  await send('POST', '/api/orders', { token, body: { openid, token }, headers })
  await send('GET', `/api/orders?after=${token}`, { token })
  await takeLesson(token)
  const cardToken = await takeCard(token, openid)
  await pool.query('alter table goods rename to goods_away')
  await send('GET', '/api/goods')
  await pool.query('alter table goods_away rename to goods')
  const merchant = await asMerchant(String(order.id))
  for (const probe of ['/docs', '/openapi.json', '/metrics', '/readyz']) await send('GET', probe)
  await malformed()

  const key = env.merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n')[1] ?? ''
  const secrets = {
    appSecret: env.openApi.appSecret,
    apiV3Key: env.merchant.apiV3Key.toString(),
    apiV2Key: env.payScore?.apiV2Key ?? '',
    privateKey: key,
    openid,
    code,
    sessionKeys: tap.seen,
    ...merchant,
  }
  const log = running.log.text()
  expect(tap.seen).toHaveLength(1)
  expect(log.length).toBeGreaterThan(1000)
  for (const [name, secret] of Object.entries(secrets)) {
    for (const text of [secret].flat()) {
      expect(text.length, name).toBeGreaterThan(5)
      expect(log, `${name} in the log`).not.toContain(text)
      expect(answers.join('\n'), `${name} in an answer`).not.toContain(text)
    }
  }
  for (const ofShopper of [token, cardToken]) expect(log).not.toContain(ofShopper)
  expect(answers.slice(issued).join('\n')).not.toContain(token)
})

/** A lesson is begun, and its shopper is led to WeChat's page of it, which the APIv2 key signs. */
async function takeLesson(token: string): Promise<void> {
  const { simulated } = running
  const merchant = await running.merchantKey()
  // The shop may see whose lessons they are, so its answers are not kept.
  const asShop = async (path: string, body: object) => {
    const headers = { 'Idempotency-Key': crypto.randomUUID() }
    return (await running.send('POST', `/api/merchant${path}`, { token: merchant, body, headers })).body
  }
  const lessons = [{ name: '第一节课', originalFen: 100, priceFen: 100 }]
  const { id } = await asShop('/plans', { name: '体验课', durationDays: 30, lessons })
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const { body } = await send('POST', `/api/plans/${id}/sign-plans`, { token, body: {}, headers })
  const { signPlans } = await simulated.call<{ signPlans: { merchantSignPlanNo: string }[] }>(
    'GET',
    '/payscore/sign-plans',
  )
  await simulated.call('POST', `/payscore/sign-plans/${signPlans[0]?.merchantSignPlanNo}/sign`, {})
  const signPlan = body.signPlan as { id: string; lessons: { id: string }[] }
  await send('POST', `/api/sign-plans/${signPlan.id}/check`, { token, body: {} })
  const lesson = signPlan.lessons[0]?.id
  expect(await asShop(`/lessons/${lesson}/start`, {})).toMatchObject({ status: 'in_service' })
  expect(await send('POST', `/api/lessons/${lesson}/view`, { token, body: {} })).toMatchObject({ status: 200 })
}

/** A card is taken and makes an order cheaper. @returns the token of WeChat's page: whoever has it takes the card */
async function takeCard(token: string, openid: string): Promise<string> {
  const { simulated } = running
  const { cardTemplateId, template, offered } = sampleCard
  await simulated.call('POST', '/discount-card/templates', { cardTemplateId, ...template })
  await running.send('POST', '/api/merchant/card-templates', {
    token: await running.merchantKey(),
    body: { cardTemplateId, ...offered },
    headers: { 'Idempotency-Key': crypto.randomUUID() },
  })
  const { body: list } = await send('GET', '/api/card-offers')
  const [offer] = list.offers as { id: string }[]
  const { body } = await send('POST', `/api/card-offers/${offer?.id}/cards`, { token, body: {} })
  const [path, { id }] = [(body.page as { path: string }).path, body.card as { id: string }]
  const { cards } = await simulated.call<{ cards: { outCardCode: string }[] }>('GET', '/discount-card/cards')
  await simulated.call('POST', `/discount-card/cards/${cards[0]?.outCardCode}/take`, { openid })
  await send('POST', `/api/cards/${id}/check`, { token, body: {} })
  const items = [{ goodsId: 'racket', quantity: 1 }]
  await send('POST', '/api/orders/quote', { token, body: { items } })
  await send('POST', '/api/orders', { token, body: { items }, headers: { 'Idempotency-Key': crypto.randomUUID() } })
  expect(await send('GET', `/api/cards/${id}`, { token })).toMatchObject({ body: { status: 'ongoing' } })
  return decodeURIComponent(new URL(path, 'https://nowhere.example').searchParams.get('prepare_card_token') ?? '')
}

/** What the shop types in, right and wrong: the card and the name of a shopper, and the key itself. */
async function asMerchant(orderId: string) {
  const [key, cardNumber, cardName] = [await running.merchantKey(), '6225888877776666', '王小明小明同学']
  const card = { type: 'USER_BANK_CARD', bankType: 'ICBC_DEBIT', bankAccount: cardNumber, realName: cardName }
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const { body: refund } = await send('POST', `/api/merchant/orders/${orderId}/refunds`, {
    ...{ token: key, headers, body: { amountFen: 1, reason: '试用' } },
  })
  const path = `/api/merchant/refunds/${refund.id}/abnormal-refund`
  for (const body of [card, { ...card, bankType: 1 }, { ...card, more: cardNumber }, { ...card, type: cardName }]) {
    await send('POST', path, { token: key, body })
  }
  await send('GET', `/api/merchant/audit?after=${key}`, { token: key })
  await send('GET', '/api/merchant/audit', { token: `${key}0` })
  return { key, cardNumber, cardName }
}

/** Passes logins on to the simulator and remembers the session keys that came back: its journal does not show them. */
async function openTap() {
  const seen: string[] = []
  let target = ''
  const server = createServer(async (incoming, outgoing) => {
    const text = await (await fetch(new URL(incoming.url ?? '', target))).text()
    seen.push(...[...text.matchAll(/"session_key":\s*"([^"]+)"/g)].map((match) => match[1] ?? ''))
    outgoing.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    seen,
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    to(url: string) {
      target = url
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Bytes that are no HTTP. */
function malformed(): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request(running.url, { method: 'POST', path: '/api/session', headers: { 'Content-Length': '5' } })
    outgoing.on('error', () => resolve())
    outgoing.on('response', () => resolve())
    outgoing.write('{"c"')
    outgoing.destroy()
  })
}
