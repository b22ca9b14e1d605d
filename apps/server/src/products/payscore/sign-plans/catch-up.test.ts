import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openPlanShop, type PlanShop, SIGN_PLANS } from '../../../testing/plans.ts'
import { catchUpLessons } from '../lessons/catch-up.ts'
import { completeLesson } from '../lessons/complete.ts'
import { startLesson } from '../lessons/start.ts'
import { catchUpSignPlans } from './catch-up.ts'
import { checkSignPlan } from './check.ts'
import { createSignPlan } from './create.ts'
import { getSignPlan } from './get.ts'
import { listSignPlans } from './list.ts'
import { listSigners } from './list-signers.ts'

/** Nobody hears notices here: questions are the only net. */
let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

type Buyer = Awaited<ReturnType<PlanShop['buyer']>>

const HOUR = 3600
const onQuery = { method: 'GET', path: `${SIGN_PLANS}/*` }
const see = ({ shopper, id }: Buyer) => getSignPlan(shopper, { id })
const check = ({ shopper, id }: Buyer) => checkSignPlan(shopper, { id })

describe('the shopper comes back from the sign page', () => {
  test('and has signed: the question finds it at once', async () => {
    const buyer = await shop.buyer()
    expect(await check(buyer)).toMatchObject({ status: 'unsigned', confirming: false })
    await shop.sign(buyer)
    expect(await check(buyer)).toMatchObject({ status: 'signed', confirming: false })
  })

  test('and WeChat Pay does not answer: confirming, until it does', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    await shop.simulated.faults({ match: onQuery, kind: 'error-before-effect', count: 3 })
    expect(await check(buyer)).toMatchObject({ status: 'unsigned', confirming: true })
    await shop.simulated.faults()
    expect(await check(buyer)).toMatchObject({ status: 'signed', confirming: false })
  })

  test.each(['unsigned-response', 'tamper-response', 'probe-response'])('%s: nothing is believed', async (kind) => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    await shop.simulated.faults({ match: onQuery, kind, count: 3 })
    expect(await check(buyer)).toMatchObject({ status: 'unsigned', confirming: true })
  })

  test('an answer about another one is not believed', async () => {
    const [buyer, other] = [await shop.buyer(), await shop.signer()]
    const { merchant_sign_plan_no } = await shop.row(other)
    const client = shop.ctx.wechat(shop.ctx.config.mchid)
    const call: typeof client.call = (endpoint, request) =>
      client.call(endpoint, Object.assign({}, request, { path: { merchant_sign_plan_no } }))
    const shopper = { ...buyer.shopper, wechat: () => ({ ...client, call }) }
    expect(await check({ ...buyer, shopper })).toMatchObject({ status: 'unsigned', confirming: true })
    expect(shop.alarmsOf('answer_to_another_question')).toHaveLength(1)
  })

  test('in the last moment, after it had lapsed here: it is signed', async () => {
    const buyer = await shop.buyer()
    await shop.ctx.db
      .updateTable('sign_plan')
      .set({ state: 'lapsed', next_query_at: null })
      .where('id', '=', buyer.id)
      .execute()
    await shop.sign(buyer)
    expect(await check(buyer)).toMatchObject({ status: 'signed' })
  })

  test('with his last lesson paid: the plan is completed', async () => {
    await shop.simulated.call('PUT', '/switches', { payScoreDeductionSeconds: 0 })
    const buyer = await shop.signer()
    for (const { id } of await shop.lessonsOf(buyer)) {
      await startLesson(shop.lin, { id })
      await completeLesson(shop.lin, { id })
      await shop.advance(60)
      while ((await catchUpLessons(shop.ctx)) > 0);
    }
    expect(await check(buyer)).toMatchObject({ status: 'completed', totalFen: 30_000, paidFen: 30_000 })
    expect(await createSignPlan(buyer.shopper, shop.plan)).toMatchObject({ signPlan: { status: 'unsigned' } })
  })
})

describe('the sweep alone', () => {
  test('learns of the signature within seconds', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'unsigned' })
    await shop.advance(10)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'signed' })
  })

  test('of many processes at once asks once', async () => {
    const buyer = await shop.buyer()
    const { merchant_sign_plan_no } = await shop.row(buyer)
    const questions = async () => {
      const { requests } = await shop.simulated.call<{ requests: { method: string; path: string }[] }>(
        'GET',
        '/requests?limit=5000',
      )
      return requests.filter(({ method, path }) => method === 'GET' && path.endsWith(merchant_sign_plan_no)).length
    }
    await shop.advance(10)
    await Promise.all(Array.from({ length: 6 }, () => catchUpSignPlans(shop.ctx)))
    expect(await questions()).toBe(1)
  })

  test.each(['cancel', 'revoke'] as const)('learns that it has ended in WeChat (%s) within six hours', async (how) => {
    const buyer = await shop.signer()
    if (how === 'cancel') await shop.cancelInWechat(buyer)
    else await shop.revokeService(buyer.shopper)
    await shop.advance(6 * HOUR)
    await shop.sweep()
    const cancelledBy = how === 'cancel' ? 'shopper' : 'service'
    expect(await see(buyer)).toMatchObject({ status: 'cancelled', cancelledBy })
  })

  test('what nobody signs lapses with its package and five minutes, by the word of WeChat Pay only', async () => {
    const buyer = await shop.buyer()
    await shop.advance(124 * 60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'unsigned' })
    await shop.simulated.faults({ match: onQuery, kind: 'error-before-effect', count: 99 })
    await shop.advance(2 * 60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'unsigned', confirming: true })
    await shop.simulated.faults()
    await shop.advance(600)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'lapsed', confirming: false })
    expect(await shop.row(buyer)).toMatchObject({ next_query_at: null })
  })

  test('the end of its days is asked for when it comes, and WeChat Pay says that it is over', async () => {
    const buyer = await shop.signer()
    const { over_at } = await shop.row(buyer)
    const left = (over_at?.getTime() ?? 0) - shop.ctx.clock.now().getTime()
    await shop.advance(Math.floor(left / 1000) - 60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'signed' })
    await shop.advance(61)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'expired' })
  })

  test('WeChat Pay away for a day: nothing is given up, and then all is as it says', async () => {
    const [signed, waiting] = [await shop.buyer(), await shop.signer()]
    await shop.sign(signed)
    await shop.cancelInWechat(waiting)
    await shop.simulated.faults({ match: { path: `${SIGN_PLANS}*` }, kind: 'error-before-effect', count: 9999 })
    for (let hours = 0; hours < 24; hours += 6) {
      await shop.advance(6 * HOUR)
      await shop.sweep()
    }
    expect(await see(signed)).toMatchObject({ status: 'unsigned', confirming: true })
    expect(await see(waiting)).toMatchObject({ status: 'signed', confirming: true })
    await shop.simulated.faults()
    await shop.advance(6 * HOUR)
    await shop.sweep()
    expect(await see(signed)).toMatchObject({ status: 'signed' })
    expect(await see(waiting)).toMatchObject({ status: 'cancelled' })
  })
})

test('two courses by mistake: what had lapsed and is signed after all is ended, the other one stays', async () => {
  const first = await shop.buyer()
  await shop.ctx.db
    .updateTable('sign_plan')
    .set({ state: 'lapsed', next_query_at: null })
    .where('id', '=', first.id)
    .execute()
  const second = await shop.buyer(shop.plan, first.shopper)
  await shop.sign(second)
  await shop.sign(first)
  await check(first)
  await check(second)
  await shop.sweep()
  expect(await see(first)).toMatchObject({ status: 'cancelled', cancelledBy: 'shop' })
  expect(await see(second)).toMatchObject({ status: 'signed' })
  expect(await shop.atWechat(first)).toMatchObject({ state: 'SIGN_PLAN_CANCEL', cancelReason: '重复签约' })
})

test('lists: a shopper sees what he has ever signed, the shop everybody, newest first and page by page', async () => {
  const plan = await shop.newPlan()
  const buyers = [await shop.signer(plan), await shop.buyer(plan), await shop.signer(plan)]
  const [first, unsigned, last] = buyers
  if (!first || !unsigned || !last) return expect.unreachable()
  const { signPlans, next } = await listSigners(shop.lin, { id: plan.merchantPlanNo, limit: 2 })
  expect(signPlans.map(({ id }) => id)).toEqual([last.id, unsigned.id])
  const rest = await listSigners(shop.lin, { id: plan.id, limit: 2, after: next ?? '' })
  expect(rest).toMatchObject({ signPlans: [{ id: first.id, openid: first.shopper.actor.openid }], next: null })
  expect(rest.signPlans[0]?.lessons).toMatchObject(
    (await shop.lessonsOf(first)).map((row) => ({ outOrderNo: row.out_order_no })),
  )
  expect((await listSignPlans(first.shopper, { limit: 10 })).signPlans).toEqual([await see(first)])
  expect((await listSignPlans(unsigned.shopper, { limit: 10 })).signPlans).toEqual([])
})
