import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../../kernel/audit.ts'
import { dying, Killed } from '../../../testing/dying.ts'
import { openPlanShop, type PlanShop, SIGN_PLANS } from '../../../testing/plans.ts'
import { startLesson } from '../lessons/start.ts'
import { cancelSignPlan } from './cancel.ts'
import { checkSignPlan } from './check.ts'
import { createSignPlan } from './create.ts'
import { getSignPlan } from './get.ts'
import { getMerchantSignPlan } from './merchant-get.ts'
import { stopSignPlan } from './stop.ts'

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

const onStop = { method: 'POST', path: `${SIGN_PLANS}/*` }
const cancel = ({ shopper, id }: Buyer) => cancelSignPlan(shopper, { id })
const stop = ({ id }: { id: string }, reason = '停课') => stopSignPlan(shop.asking(), { id, reason })
const see = ({ shopper, id }: Buyer) => getSignPlan(shopper, { id })

describe('who has signed', () => {
  test('cancels: WeChat Pay knows why, and both see who did', async () => {
    const buyer = await shop.signer()
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper', confirming: false })
    const atWechat = await shop.atWechat(buyer)
    expect(atWechat).toMatchObject({ state: 'SIGN_PLAN_CANCEL', cancelType: 'MERCHANT' })
    expect(atWechat.cancelReason).toBe('用户在小程序中取消')
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelled' })
    expect(await getMerchantSignPlan(shop.lin, buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
  })

  test('is ended by the shop, with a reason that the audit keeps; the first one stands', async () => {
    const buyer = await shop.signer()
    const { merchant_sign_plan_no } = await shop.row(buyer)
    expect(await stop({ id: merchant_sign_plan_no })).toMatchObject({ status: 'cancelled', cancelledBy: 'shop' })
    expect(await stop(buyer, '再停一次')).toMatchObject({ status: 'cancelled' })
    expect((await shop.atWechat(buyer)).cancelReason).toBe('停课')
    const { entries } = await listAudit(shop.lin, { limit: 10, subject: buyer.id })
    expect(entries).toMatchObject([{ action: 'sign-plan.stop', detail: { reason: '停课' } }])
  })

  test('twenty times at once: one stop, one end', async () => {
    const buyer = await shop.signer()
    const { merchant_sign_plan_no } = await shop.row(buyer)
    const wishes = Array.from({ length: 20 }, (_, i) => (i % 2 ? cancel(buyer) : stop(buyer)))
    for (const { status } of await Promise.all(wishes)) expect(['cancelling', 'cancelled']).toContain(status)
    expect(await see(buyer)).toMatchObject({ status: 'cancelled' })
    expect(await shop.sent(`${SIGN_PLANS}/`, merchant_sign_plan_no)).toHaveLength(1)
  })

  test('and cancelled in WeChat meanwhile: WeChat says who was first', async () => {
    const buyer = await shop.signer()
    await shop.cancelInWechat(buyer)
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
    expect(await shop.row(buyer)).toMatchObject({ cancel_type: 'USER' })
    expect(shop.alarms).toEqual([])
  })
})

describe('until WeChat Pay agrees the plan is cancelling', () => {
  test.each(['error-before-effect', 'error-after-effect', 'reset-before-effect', 'reset-after-effect'])(
    '%s: no lesson begins, it is not bought again, and the sweep ends it',
    async (kind) => {
      const buyer = await shop.signer()
      await shop.simulated.faults({ match: { path: `${SIGN_PLANS}/*` }, kind, count: 99 })
      expect(await cancel(buyer)).toMatchObject({ status: 'cancelling', confirming: true, cancelledBy: null })
      const [lesson] = await shop.lessonsOf(buyer)
      await expect(startLesson(shop.lin, { id: lesson?.id ?? '' })).rejects.toMatchObject({
        code: 'SIGN_PLAN_NOT_SIGNED',
      })
      await expect(createSignPlan(buyer.shopper, shop.plan)).rejects.toMatchObject({ code: 'PLAN_ALREADY_SIGNED' })
      await shop.simulated.faults()
      await shop.advance(60)
      await shop.sweep()
      expect(await see(buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(['before', 'after'] as const)('a process that dies %s its call only delays', async (when) => {
    const buyer = await shop.signer()
    const dead = { ...buyer, shopper: dying(buyer.shopper, 'payscore.stopSignPlan', when) }
    await expect(cancel(dead)).rejects.toThrow(Killed)
    expect(await see(buyer)).toMatchObject({ status: 'cancelling' })
    await shop.advance(60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'cancelled' })
  })

  test('an answer without effect is not believed', async () => {
    const buyer = await shop.signer()
    await shop.simulated.faults({ match: onStop, kind: 'ok-without-effect', count: 1 })
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelling' })
    await shop.advance(60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'cancelled' })
    expect(await shop.atWechat(buyer)).toMatchObject({ state: 'SIGN_PLAN_CANCEL' })
  })

  test('a refusal is one alarm, with its words; it is tried again all the same, with the same bytes', async () => {
    const buyer = await shop.signer()
    const { merchant_sign_plan_no } = await shop.row(buyer)
    await shop.simulated.faults({ match: onStop, kind: 'error-before-effect', status: 403, code: 'NO_AUTH', count: 4 })
    expect((await stop(buyer)).problem).toContain('NO_AUTH')
    await cancel(buyer)
    for (const minutes of [1, 2, 4]) {
      await shop.advance(minutes * 60)
      await shop.sweep()
    }
    expect(shop.alarmsOf('sign_plan_not_stopped')).toHaveLength(1)
    expect(await see(buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shop' })
    const sent = await shop.sent(`${SIGN_PLANS}/`, merchant_sign_plan_no)
    expect(sent[0]).toBe('{"stop_reason":"停课"}')
    expect([sent.length, new Set(sent).size]).toEqual([5, 1])
  })
})

describe('who has not signed', () => {
  test('may be ended too, and buys anew then', async () => {
    const buyer = await shop.buyer()
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelled', signedAt: null })
    const again = await shop.buyer(shop.plan, buyer.shopper)
    expect(again.id).not.toBe(buyer.id)
  })

  test('where WeChat Pay does not stop what nobody signed: no alarm, and buying it takes the wish back', async () => {
    const buyer = await shop.buyer()
    await shop.simulated.faults({
      ...{ match: onStop, kind: 'error-before-effect', status: 400, code: 'INVALID_REQUEST', count: 9 },
    })
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelling' })
    expect(shop.alarms).toEqual([])
    const again = await shop.buyer(shop.plan, buyer.shopper)
    expect(again.id).toBe(buyer.id)
    expect(await see(buyer)).toMatchObject({ status: 'unsigned' })
  })

  test('… or it lapses with its package', async () => {
    const buyer = await shop.buyer()
    await shop.simulated.faults({
      ...{ match: onStop, kind: 'error-before-effect', status: 400, code: 'INVALID_REQUEST', count: 99 },
    })
    await cancel(buyer)
    for (let minutes = 0; minutes <= 130; minutes += 10) {
      await shop.advance(600)
      await shop.sweep()
    }
    expect(await see(buyer)).toMatchObject({ status: 'lapsed' })
    await expect(cancel(buyer)).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
  })

  test('and signs while the stop is on its way: it is ended all the same', async () => {
    const buyer = await shop.buyer()
    await shop.simulated.faults({ match: onStop, kind: 'reset-before-effect', count: 3 })
    expect(await cancel(buyer)).toMatchObject({ status: 'cancelling' })
    await shop.sign(buyer)
    await checkSignPlan(buyer.shopper, buyer)
    expect(await see(buyer)).toMatchObject({ status: 'cancelling', signedAt: expect.any(String) })
    await shop.simulated.faults()
    await shop.advance(60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
  })

  test('and WeChat Pay never heard of it: there is nothing to end', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults({ match: { path: `${SIGN_PLANS}*` }, kind: 'reset-before-effect', count: 99 })
    await expect(shop.buyer(shop.plan, shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await shop.simulated.faults()
    const [row] = await shop.rowsOf(shopper)
    expect(await cancelSignPlan(shopper, { id: row?.id ?? '' })).toMatchObject({ status: 'failed' })
  })
})

test('a plan that came to another end is not cancelled', async () => {
  const plan = await shop.newPlan()
  const buyer = await shop.signer(plan)
  await shop.advance(302 * 86_400)
  await shop.sweep()
  expect(await see(buyer)).toMatchObject({ status: 'expired' })
  await expect(cancel(buyer)).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
  await expect(stop(buyer)).rejects.toMatchObject({ code: 'SIGN_PLAN_NOT_SIGNED' })
})

test.each(['0197aa00-0000-7000-8000-000000000000', 'nobody'])('nobody ends what is not his: %s', async (id) => {
  const buyer = await shop.signer()
  const other = shop.newShopper()
  const notFound = { code: 'SIGN_PLAN_NOT_FOUND' }
  for (const one of [id, buyer.id]) {
    await expect(cancelSignPlan(other, { id: one })).rejects.toMatchObject(notFound)
    await expect(checkSignPlan(other, { id: one })).rejects.toMatchObject(notFound)
    await expect(getSignPlan(other, { id: one })).rejects.toMatchObject(notFound)
  }
  await expect(stop({ id })).rejects.toMatchObject(notFound)
  expect(await see(buyer)).toMatchObject({ status: 'signed' })
})

test('a cancel and the begin of a lesson at once: either there is no order, or it is taken to its end', async () => {
  for (let i = 0; i < 8; i++) {
    const buyer = await shop.signer()
    const [lesson] = await shop.lessonsOf(buyer)
    if (!lesson) return expect.unreachable()
    const [, started] = await Promise.allSettled([cancel(buyer), startLesson(shop.lin, { id: lesson.id })])
    await shop.advance(60)
    await shop.sweep()
    expect(await see(buyer)).toMatchObject({ status: 'cancelled' })
    const { orders } = await shop.simulated.call<{ orders: { outOrderNo: string }[] }>('GET', '/payscore/orders')
    const exists = orders.some(({ outOrderNo }) => outOrderNo === lesson.out_order_no)
    const { status } = (await see(buyer)).lessons[0] ?? {}
    if (started.status === 'fulfilled') expect([exists, status]).toEqual([true, 'in_service'])
    else expect([exists, status]).toEqual([false, 'unused'])
  }
})
